"""Reports about what is asked."""

import datetime
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from portal.units.enums import Role
from search.learning.models import AskedQuestion
from tests.factories.units import person

pytestmark = pytest.mark.django_db

ASKED, NOTHING, UNOPENED = (f"/admin/reports/searches/{name}/" for name in ("asked", "nothing", "unopened"))


def _asked(
    text: str,
    *,
    times: int = 1,
    total: int = 3,
    opened: tuple[int, ...] = (),
    days_ago: int = 0,
    is_signed_in: bool = True,
    is_filtered: bool = False,
) -> None:
    """So many askings by different people, the first of whom opened results at these places."""
    at = timezone.now() - datetime.timedelta(days=days_ago)
    for number in range(times):
        places = opened if number == 0 else ()
        AskedQuestion.objects.create(
            text=text,
            key=text.lower(),
            total=total,
            engine="embedded",
            asker=f"{number}-{days_ago}",
            asked_at=at,
            is_signed_in=is_signed_in,
            is_filtered=is_filtered,
            clicks=len(places),
            positions=sum(places),
        )


def _rows(client: Client, address: str, **parameters: str) -> list[list[str]]:
    response = client.get(address, parameters)
    assert response.status_code == 200
    table = BeautifulSoup(response.content, "html.parser").select("table.listing tbody tr")
    return [[cell.get_text(strip=True) for cell in row.select("td")] for row in table]


def _questions(client: Client, address: str, **parameters: str) -> list[str]:
    return [row[0] for row in _rows(client, address, **parameters)]


@pytest.fixture
def editor(client: Client) -> Client:
    """An editor of the library at work."""
    client.force_login(person(Role.EDITOR))
    return client


def test_the_most_asked_come_first_with_their_figures(editor: Client) -> None:
    _asked("冬季救助", times=4, total=10, opened=(2, 5))
    _asked("冬季救助", times=2, total=1, opened=(1,), is_filtered=True)
    _asked("托养", times=2, total=0)
    rows = _rows(editor, ASKED)
    assert [row[:7] for row in rows] == [
        ["冬季救助", "4", "0", "4", "10.0", "33 %", "2.7"],
        ["托养", "2", "0", "2", "0.0", "0 %", "—"],
    ]
    assert rows[0][7].startswith(str(timezone.localdate()))


def test_what_was_not_found_and_what_nobody_opened_are_listed_apart(editor: Client) -> None:
    _asked("全无结果", times=3, total=0)
    _asked("有时有", times=1, total=0)
    _asked("有时有", times=1, total=5)
    _asked("没人点", times=2, total=5)
    _asked("只问一次", times=1, total=5)
    _asked("有人点", times=2, total=5, opened=(1,))
    _asked("筛到没有", times=2, total=0, is_filtered=True)
    assert _questions(editor, NOTHING) == ["全无结果"]
    assert sorted(_questions(editor, UNOPENED)) == ["有时有", "没人点"]


def test_reports_are_filtered_by_date_and_by_who_asked_and_sorted(editor: Client) -> None:
    _asked("旧问题", times=3, days_ago=40)
    _asked("新问题", times=1)
    _asked("公众的", times=2, is_signed_in=False)
    today = timezone.localdate()
    assert _questions(editor, ASKED) == ["旧问题", "公众的", "新问题"]
    assert _questions(editor, ASKED, asked_at_from=str(today - datetime.timedelta(days=7))) == ["公众的", "新问题"]
    assert _questions(editor, ASKED, asked_at_to=str(today - datetime.timedelta(days=7))) == ["旧问题"]
    assert _questions(editor, ASKED, people="public") == ["公众的"]
    assert _questions(editor, ASKED, people="signed-in") == ["旧问题", "新问题"]
    assert _questions(editor, ASKED, ordering="times") == ["新问题", "公众的", "旧问题"]
    assert _questions(editor, ASKED, ordering="asker") == ["旧问题", "公众的", "新问题"]


def test_a_report_can_be_taken_away_in_both_formats(editor: Client) -> None:
    _asked("=1+1", times=2, total=4, opened=(3,))
    book = editor.get(ASKED, {"export": "xlsx"})
    sheet = load_workbook(BytesIO(b"".join(book))).active
    assert sheet is not None
    head, row = list(sheet.iter_rows(values_only=True))
    assert head == (
        "检索词",
        "提问次数",
        "自动纠正次数",
        "不同提问人（按日计）",
        "平均结果数",
        "有点击的比例",
        "平均点击位置",
        "最近提问",
    )
    assert row[:7] == ("'=1+1", 2, 0, 2, 4, 0.5, 3)
    lines = b"".join(editor.get(NOTHING, {"export": "csv"})).decode()
    assert "提问次数" in lines


def test_the_number_of_queries_does_not_grow_with_the_questions(editor: Client) -> None:
    _asked("第一问")
    editor.get(ASKED)
    with CaptureQueriesContext(connection) as few:
        editor.get(ASKED)
    for number in range(30):
        _asked(f"问题{number}", times=2, opened=(1,))
    with CaptureQueriesContext(connection) as many:
        editor.get(ASKED)
    assert len(many) == len(few)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.AUDITOR, Role.STAFF, Role.LEADER])
def test_nobody_but_editors_and_administrators_reads_what_others_asked(client: Client, role: Role) -> None:
    _asked("别人的问题")
    user = person(role)
    client.force_login(user)
    assert not AskedQuestion.objects.visible_to(user).exists()
    for address in (ASKED, NOTHING, UNOPENED):
        assert client.get(address).status_code in (302, 403)
        assert "别人的问题" not in client.get(address, {"export": "csv"}).content.decode(errors="replace")
    home = client.get("/admin/").content.decode(errors="replace")
    assert "/admin/reports/searches/" not in home


def test_editors_and_administrators_find_the_reports_in_the_menu(client: Client) -> None:
    for role in (Role.EDITOR, Role.ADMINISTRATOR):
        client.force_login(person(role))
        assert ASKED in client.get("/admin/").content.decode()
