"""Tables of judged questions in and out, the demonstration's list, and measuring a list by its name."""

import json
from io import BytesIO, StringIO
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from openpyxl import load_workbook

from home.policies.models import PolicyPage
from portal.audit.models import AuditEvent
from portal.audit.spreadsheets import workbook
from portal.units.enums import Role
from search.evaluation.judged import read_judged
from search.judging.demo import load_judgements
from search.judging.models import Judgement, JudgementList
from tests.factories.home import PolicyPageFactory
from tests.factories.units import person
from tests.integration.search.asking import settle

pytestmark = pytest.mark.django_db

HEADINGS = ["检索词", "应查到的内容", "等级", "说明"]


@pytest.fixture
def judgements() -> JudgementList:
    """A list, with two policies that may be found."""
    PolicyPageFactory(slug="a1", title="=救助管理办法")
    PolicyPageFactory(slug="b2", title="救助热线通知")
    return JudgementList.objects.create(name="常问的")


def _import(desk: Client, into: JudgementList, *rows: list[Any], **values: Any) -> Any:
    file = SimpleUploadedFile("questions.xlsx", workbook(HEADINGS, rows, "常问的"))
    return desk.post(f"/admin/search/judging/{into.pk}/table/", {"file": file, **values})


def _soup(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def test_a_table_is_taken_in_and_comes_out_as_it_was(desk: Client, judgements: JudgementList) -> None:
    rows = [["救助热线", "policy:a1", 3, ""], ["救助热线", "policy:b2", 1, ""], ["怎么求助", "policy:b2", 2, "口语"]]
    assert _import(desk, judgements, *rows).status_code == 302
    assert {row.question: row.relevant for row in Judgement.objects.all()} == {
        "救助热线": {"policy:a1": 3, "policy:b2": 1},
        "怎么求助": {"policy:b2": 2},
    }
    assert AuditEvent.objects.filter(action="import", target_type="judging.judgementlist").exists()
    response = desk.get(f"/admin/search/judging/{judgements.pk}/export/xlsx/")
    sheet = load_workbook(BytesIO(response.content)).active
    cells = [[cell or "" for cell in line] for line in sheet.iter_rows(values_only=True)]  # type: ignore[union-attr]
    assert cells[0][:4] == HEADINGS
    assert sorted(line[:4] for line in cells[1:]) == sorted(rows)
    assert "'=救助管理办法" in {line[4] for line in cells}
    assert AuditEvent.objects.filter(action="export", target_type="judging.judgementlist").exists()
    again = _import(desk, judgements, *[line[:4] for line in cells[1:]])
    assert again.status_code == 302
    assert {row.version for row in Judgement.objects.all()} == {1}


def test_a_csv_comes_out_and_goes_in(desk: Client, judgements: JudgementList) -> None:
    Judgement.objects.create(belongs_to=judgements, question="救助热线", key="救助热线", relevant={"policy:a1": 2})
    response = desk.get(f"/admin/search/judging/{judgements.pk}/export/csv/")
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    Judgement.objects.all().delete()
    file = SimpleUploadedFile("questions.csv", content)
    assert desk.post(f"/admin/search/judging/{judgements.pk}/table/", {"file": file}).status_code == 302
    assert Judgement.objects.get().relevant == {"policy:a1": 2}


def test_a_table_with_one_fault_writes_nothing_and_tells_row_and_column(
    desk: Client, judgements: JudgementList
) -> None:
    response = _import(desk, judgements, ["救助热线", "policy:a1", 3, ""], ["怎么求助", "policy:fort", 9, ""])
    assert response.status_code == 422
    rows = [
        [cell.get_text(strip=True) for cell in row.select("td")]
        for row in _soup(response).select("table.listing tbody tr")
    ]
    assert [row[:2] for row in rows] == [["3", "应查到的内容"], ["3", "等级"]]
    assert "policy:fort" in rows[0][2]
    assert not Judgement.objects.exists()


def test_the_same_thing_by_two_names_is_a_fault(desk: Client, judgements: JudgementList) -> None:
    address = PolicyPage.objects.get(slug="a1").url
    response = _import(desk, judgements, ["救助热线", "policy:a1", 3, ""], ["救助热线", address, 1, ""])
    assert response.status_code == 422
    assert f"“{address}”重复" in _soup(response).get_text()
    assert not Judgement.objects.exists()


def test_what_is_no_table_is_said_beside_the_field(desk: Client, judgements: JudgementList) -> None:
    file = SimpleUploadedFile("questions.xlsx", b"\x00\x01")
    response = desk.post(f"/admin/search/judging/{judgements.pk}/table/", {"file": file})
    assert response.status_code == 422
    assert "Excel" in _soup(response).get_text()


def test_questions_that_the_table_lacks_stay_unless_they_are_to_go(desk: Client, judgements: JudgementList) -> None:
    Judgement.objects.create(belongs_to=judgements, question="旧的", key="旧的", relevant={"policy:a1": 3})
    _import(desk, judgements, ["救助热线", "policy:a1", 3, ""])
    assert Judgement.objects.count() == 2
    _import(desk, judgements, ["救助热线", "policy:a1", 3, ""], is_whole="on")
    assert [row.question for row in Judgement.objects.all()] == ["救助热线"]


def test_the_list_of_lists_counts_questions(desk: Client, judgements: JudgementList) -> None:
    Judgement.objects.create(belongs_to=judgements, question="救助热线", key="救助热线", relevant={"policy:a1": 3})
    page = _soup(desk.get("/admin/search/judgement-lists/"))
    link = page.select_one(f"a[href$='judgements/?belongs_to={judgements.pk}']")
    assert link is not None
    assert link.get_text(strip=True) == "1"
    assert "救助热线" in _soup(desk.get(str(link["href"]))).get_text()


def test_the_demonstration_has_its_list_once() -> None:
    administrator = person(Role.ADMINISTRATOR)
    for _ in range(2):
        load_judgements({"admin": administrator})
    assert JudgementList.objects.get().judgements.count() == len(read_judged("demo_library"))


def test_a_list_is_measured_by_its_name(judgements: JudgementList) -> None:
    Judgement.objects.create(
        belongs_to=judgements, question="救助热线通知", key="救助热线通知", relevant={"policy:b2": 3}
    )
    Judgement.objects.create(
        belongs_to=judgements, question="管理办法", key="管理办法", relevant={"policy:a1": 3}, is_active=False
    )
    settle()
    out = StringIO()
    call_command("evaluate_search", "--judgements", "常问的", "--json", stdout=out)
    found = json.loads(out.getvalue())
    assert (found["questions"], found["ndcg@10"]) == (1, 1.0)
    with pytest.raises(CommandError, match="常问的"):
        call_command("evaluate_search", "--judgements", "没有这份")
