"""A report filled in with a workbook: out, filled in, back; what is wrong comes back as comments."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from forms.builder.schema import FieldSchema, FormSchema
from forms.exchange.workbook.models import ReturnedWorkbook
from forms.exchange.workbook.schedule import KEPT_FOR, forget_workbooks
from forms.submissions.models import Submission
from forms.submissions.services import save_draft
from portal.accounts.models import User
from portal.units.enums import Role
from tests.factories.builder import question, table_of
from tests.factories.submissions import Sides, asked_for
from tests.factories.units import person
from tests.services.office import saved_as

pytestmark = pytest.mark.django_db
LEVELS = {"choices": [{"code": "c1", "label": "一般"}, {"code": "c2", "label": "重大"}]}
SCHEMA = FormSchema(
    "隐患排查",
    fields=(
        question("text", "who", "检查单位", required=True),
        question("date", "day", "检查日期"),
        question("integer", "people", "检查人数"),
        question("yes_no", "found", "是否发现问题"),
        question("id_number", "id", "负责人身份证号"),
        question("file", "scan", "扫描件"),
        table_of(
            question("text", "what", "问题", required=True),
            FieldSchema("level", "choice", "等级", options=LEVELS),
            question("date", "by", "整改时限"),
            question("number", "cost", "费用"),
            key="list",
            label="问题清单",
            max_rows=5,
        ),
    ),
)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def found() -> Sides:
    return asked_for(SCHEMA)


def browser(user: User) -> Client:
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(user)
    return client


def address(found: Sides, name: str = "page", *more: Any) -> str:
    return reverse(f"workbook:{name}", args=[found.expected.pk, *more])


def downloaded(found: Sides, user: User | None = None) -> Workbook:
    answer = browser(user or found.reporter).get(address(found, "download"))
    assert answer.status_code == 200
    return load_workbook(io.BytesIO(answer.content))


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def send(found: Sides, data: bytes, name: str = "填好.xlsx", user: User | None = None) -> Any:
    file = SimpleUploadedFile(name, data, content_type=XLSX)
    return browser(user or found.reporter).post(address(found), {"file": file})


def put(book: Workbook, sheet: str, **cells: Any) -> None:
    for place, value in cells.items():
        book[sheet][place] = value


def answers(found: Sides) -> dict[str, Any]:
    return dict(Submission.objects.get(pk=found.expected.pk).answers)


def good(book: Workbook) -> Workbook:
    put(book, "填报内容", B2="市救助管理站", B3="2026/12/5", B4=1200, B5="是", B6="11010519491231002X")
    put(book, "问题清单", A3="通道堵塞", B3="重大", C3="2026-12-31", D3=12, A4="留样不全", B4="一般", C4="20261231")
    return book


def test_what_was_filled_in_in_excel_stands_in_the_draft(found: Sides) -> None:
    answer = send(found, saved(good(downloaded(found))))
    assert answer.status_code == 302
    assert answer.headers["location"] == f"/reports/{found.expected.pk}/fill/"
    assert answers(found) == {
        "who": "市救助管理站",
        "day": "2026-12-05",
        "people": 1200,
        "found": True,
        "id": "11010519491231002X",
        "list": [
            {"what": "通道堵塞", "level": "c2", "by": "2026-12-31", "cost": 12},
            {"what": "留样不全", "level": "c1", "by": "2026-12-31"},
        ],
    }
    assert not ReturnedWorkbook.objects.exists()


def test_what_is_stored_stands_in_the_workbook_and_comes_back_unchanged(found: Sides) -> None:
    send(found, saved(good(downloaded(found))))
    before = answers(found)
    again = downloaded(found)
    assert again["填报内容"]["B2"].value == "市救助管理站"
    assert again["问题清单"]["B3"].value == "重大"
    assert send(found, saved(again)).status_code == 302
    assert answers(found) == before


def test_headings_and_keys_are_locked_and_choices_drop_down(found: Sides) -> None:
    book = downloaded(found)
    for name in ("填报内容", "问题清单"):
        assert book[name].protection.sheet
    assert book["填报内容"]["A2"].protection.locked
    assert not book["填报内容"]["B2"].protection.locked
    assert not book["问题清单"]["A7"].protection.locked
    assert book["问题清单"].row_dimensions[1].hidden
    assert book["portal"].sheet_state == "veryHidden"
    assert len(book["问题清单"].data_validations.dataValidation) == 1
    assert "扫描件" not in [cell.value for cell in book["填报内容"]["A"]]


def test_wrong_cells_come_back_as_comments_with_a_list_and_nothing_is_taken(found: Sides) -> None:
    book = good(downloaded(found))
    put(book, "填报内容", B4="一百", B6="110105194912310021")
    put(book, "问题清单", B3="特大", A4=None)
    answer = send(found, saved(book))
    kept = ReturnedWorkbook.objects.get()
    assert answer.headers["location"] == address(found, "returned", kept.pk)
    assert not Submission.objects.filter(pk=found.expected.pk).exists() or "who" not in answers(found)
    page = browser(found.reporter).get(answer.headers["location"]).text
    assert "有 4 处不能采用" in page
    assert "表格行：0 行可用，2 行需改正" in page
    back = load_workbook(io.BytesIO(browser(found.reporter).get(address(found, "commented", kept.pk)).content))
    assert back.sheetnames[0] == "需改正"
    listed = {(row[0].value, row[1].value) for row in back["需改正"].iter_rows(min_row=2)}
    assert listed == {("填报内容", "B4"), ("填报内容", "B6"), ("问题清单", "B3"), ("问题清单", "A4")}
    assert back["填报内容"]["B4"].value == "一百"
    assert back["填报内容"]["B4"].comment is not None
    assert back["问题清单"]["B4"].value == "一般"
    put(back, "填报内容", B4=100, B6=None)
    put(back, "问题清单", B3="重大", A4="留样不全")
    assert send(found, saved(back)).status_code == 302
    assert [row["what"] for row in answers(found)["list"]] == ["通道堵塞", "留样不全"]


def test_good_rows_may_be_taken_and_what_is_wrong_stays_as_it_was(found: Sides) -> None:
    save_draft(user=found.reporter, expected=found.expected, answers={"people": 7}, revision=0)
    book = good(downloaded(found))
    put(book, "填报内容", B4="很多")
    put(book, "问题清单", B4="特大")
    kept_at = send(found, saved(book)).headers["location"]
    assert browser(found.reporter).post(kept_at, {"step": "take"}).status_code == 302
    taken = answers(found)
    assert taken["people"] == 7
    assert [row["what"] for row in taken["list"]] == ["通道堵塞"]
    assert browser(found.reporter).get(kept_at).status_code == 302


def test_more_rows_than_the_table_takes_are_told_by_row(found: Sides) -> None:
    book = good(downloaded(found))
    for number in range(10):
        put(book, "问题清单", **{f"A{3 + number}": f"问题{number}"})
    page = browser(found.reporter).get(send(found, saved(book)).headers["location"]).text
    assert "5 行可用，5 行需改正" in page
    assert "最多 5 行" in page


def test_what_a_colleague_changed_meanwhile_is_not_written_over(found: Sides) -> None:
    book = good(downloaded(found))
    save_draft(user=found.reporter, expected=found.expected, answers={"who": "他人已填"}, revision=0)
    answer = browser(found.reporter)
    file = SimpleUploadedFile("a.xlsx", saved(book))
    page = answer.post(address(found), {"file": file}, follow=True).text
    assert "检查单位" in page
    assert answers(found)["who"] == "他人已填"
    assert answers(found)["people"] == 1200


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"no workbook at all", "不能作为工作簿读取"), (b"PK\x03\x04broken", "不能作为工作簿读取")],
)
def test_what_is_no_workbook_is_named_beside_the_field(found: Sides, data: bytes, said: str) -> None:
    answer = send(found, data)
    assert answer.status_code == 422
    assert said in answer.text


def test_another_workbook_another_report_and_an_old_form_are_named(found: Sides) -> None:
    strange = Workbook()
    assert "不是门户为这份报送生成的" in send(found, saved(strange)).text
    other = asked_for(SCHEMA)
    theirs = saved(downloaded(other))
    assert "不属于您" in send(found, theirs).text
    own = downloaded(found)
    own["portal"]["A1"] = str(own["portal"]["A1"].value)[:-2] + "xx"
    assert "不是门户为这份报送生成的" in send(found, saved(own)).text
    assert not ReturnedWorkbook.objects.exists()


def test_a_sheet_that_is_missing_or_has_lost_its_keys_changes_nothing(found: Sides) -> None:
    send(found, saved(good(downloaded(found))))
    before = answers(found)
    for spoil in (lambda book: book.remove(book["问题清单"]), lambda book: book["问题清单"].delete_rows(1)):
        book = downloaded(found)
        spoil(book)
        kept_at = send(found, saved(book)).headers["location"]
        browser(found.reporter).post(kept_at, {"step": "take"})
        assert answers(found)["list"] == before["list"]


def test_sheets_are_known_by_their_keys_in_whatever_language_and_under_whatever_name(found: Sides) -> None:
    english = Client()
    english.force_login(found.reporter)
    english.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    book = load_workbook(io.BytesIO(english.get(address(found, "download")).content))
    put(book, "Answers", B2="市救助管理站")
    put(book, "问题清单", A3="通道堵塞")
    book["问题清单"].title = "我的清单"
    send(found, saved(book))
    assert answers(found) == {"who": "市救助管理站", "list": [{"what": "通道堵塞"}]}


def test_only_those_who_fill_the_report_in_have_its_workbook(found: Sides) -> None:
    book = good(downloaded(found))
    put(book, "填报内容", B4="很多")
    kept_at = send(found, saved(book)).headers["location"]
    for stranger in (found.coordinator, person(Role.LEADER), person(Role.REPORTER)):
        for way in (address(found), address(found, "download"), kept_at):
            assert browser(stranger).get(way).status_code in {403, 404}
    colleague = person(Role.REPORTER, found.expected.unit)
    assert browser(colleague).get(kept_at).status_code == 302
    assert ReturnedWorkbook.objects.count() == 1


def test_what_is_not_taken_is_forgotten_after_a_day(found: Sides) -> None:
    book = good(downloaded(found))
    put(book, "填报内容", B4="很多")
    send(found, saved(book))
    assert forget_workbooks() == 0
    ReturnedWorkbook.objects.update(uploaded_at=timezone.now() - KEPT_FOR * 2)
    assert forget_workbooks() == 1


@pytest.mark.once
@pytest.mark.services
@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_a_workbook_saved_by_libreoffice_is_read(found: Sides, tmp_path: Path, kind: str) -> None:
    source = tmp_path / "in" / "report.xlsx"
    source.parent.mkdir()
    source.write_bytes(saved(good(downloaded(found))))
    file = saved_as(source, kind, tmp_path)
    assert send(found, file.read_bytes(), file.name).status_code == 302
    assert answers(found)["list"][0] == {"what": "通道堵塞", "level": "c2", "by": "2026-12-31", "cost": 12}
    assert answers(found)["id"] == "11010519491231002X"
