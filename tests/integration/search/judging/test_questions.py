"""Judged questions in the Wagtail admin: entered, changed, named by what they should find."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.audit.models import AuditEvent
from portal.units.enums import Role
from search.documents import object_id
from search.judging.models import Judgement, JudgementList
from search.learning.models import AskedQuestion, Click
from tests.factories.home import PolicyPageFactory
from tests.factories.units import person
from tests.integration.search.asking import settle

pytestmark = pytest.mark.django_db

NEW, INDEX, THINGS = "/admin/search/judgements/new/", "/admin/search/judgements/", "/admin/search/judging/things/"


@pytest.fixture
def judgements() -> JudgementList:
    """A list."""
    return JudgementList.objects.create(name="常问的")


def _soup(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def _sent(judgements: JudgementList, **values: Any) -> dict[str, Any]:
    return {"belongs_to": judgements.pk, "question": "救助热线", "why": "", "is_active": "on", **values}


def test_a_question_is_entered_with_an_address_and_a_number_and_shown_with_titles(
    desk: Client, judgements: JudgementList
) -> None:
    first = PolicyPageFactory(title="救助管理办法", slug="jzglbf")
    PolicyPageFactory(title="救助热线通知", slug="rexian", doc_number="民发〔2020〕14号")
    more = f"https://portal.example{first.url}\n民发[2020]14号"
    assert desk.post(NEW, _sent(judgements, **{"relevant-more": more})).status_code == 302
    judgement = Judgement.objects.get()
    assert judgement.relevant == {"policy:jzglbf": 3, "policy:rexian": 3}
    assert AuditEvent.objects.filter(action="create", target_type="judging.judgement").exists()
    text = _soup(desk.get(INDEX)).get_text()
    assert "救助管理办法" in text
    assert "救助热线通知" in text


def test_grades_are_changed_and_things_taken_out(desk: Client, judgements: JudgementList) -> None:
    for slug in ("a1", "b2"):
        PolicyPageFactory(slug=slug)
    row = Judgement.objects.create(
        belongs_to=judgements, question="救助热线", relevant={"policy:a1": 3, "policy:b2": 3}
    )
    address = f"{INDEX}edit/{row.pk}/"
    seen = _soup(desk.get(address)).select_one("input[name=seen]")["value"]  # type: ignore[index]
    lines = {"relevant-name": ["policy:a1", "policy:b2"], "relevant-grade": ["1", ""]}
    assert desk.post(address, _sent(judgements, seen=seen, **lines)).status_code == 302
    row.refresh_from_db()
    assert (row.relevant, row.version) == ({"policy:a1": 1}, 2)


def test_what_is_not_here_any_more_is_named_and_kept(desk: Client, judgements: JudgementList) -> None:
    row = Judgement.objects.create(belongs_to=judgements, question="救助热线", relevant={"policy:fort": 3})
    assert "已不存在：policy:fort" in _soup(desk.get(INDEX)).get_text()
    page = _soup(desk.get(f"{INDEX}edit/{row.pk}/"))
    assert "已不存在：policy:fort" in page.get_text()
    assert page.select_one("input[name=relevant-name]")["value"] == "policy:fort"  # type: ignore[index]


def test_what_nothing_is_called_is_said_beside_the_field_and_nothing_typed_is_lost(
    desk: Client, judgements: JudgementList
) -> None:
    PolicyPageFactory(slug="a1", title="救助管理办法")
    sent = _sent(judgements, **{"relevant-name": "policy:a1", "relevant-grade": "2", "relevant-more": "没有这样的文件"})
    page = _soup(desk.post(NEW, sent))
    assert "找不到“没有这样的文件”" in page.get_text()
    assert page.select_one("textarea[name=relevant-more]").get_text().strip() == "没有这样的文件"  # type: ignore[union-attr]
    assert page.select_one("select[name=relevant-grade] option[selected]")["value"] == "2"  # type: ignore[index]
    assert page.select_one("input[name=question]")["value"] == "救助热线"  # type: ignore[index]
    assert not Judgement.objects.exists()


@pytest.mark.parametrize(("question", "said"), [("救助热线", "清单中已有"), ("救", "至少填写两个字")])
def test_a_question_twice_and_one_without_words_are_refused(
    desk: Client, judgements: JudgementList, question: str, said: str
) -> None:
    PolicyPageFactory(slug="a1")
    sent = _sent(judgements, question=question, **{"relevant-more": "policy:a1"})
    desk.post(NEW, _sent(judgements, **{"relevant-more": "policy:a1"}))
    assert said in _soup(desk.post(NEW, sent)).get_text()
    assert Judgement.objects.count() == 1


def test_things_are_looked_up_by_words_with_the_rights_of_who_looks(desk: Client) -> None:
    PolicyPageFactory(slug="a1", title="救助热线管理")
    PolicyPageFactory(slug="b2", title="森林防火")
    settle()
    found = _soup(desk.get(THINGS, {"q": "救助热线"}))
    assert [item["data-thing"] for item in found.select("[data-thing]")] == ["policy:a1"]
    assert "救助热线管理" in found.get_text()
    assert "没有查到" in _soup(desk.get(THINGS, {"q": "“天文望远镜”"})).get_text()
    assert Client().get(THINGS, {"q": "救助热线"}).status_code == 302


def test_a_question_of_the_log_comes_with_what_was_opened_after_it(desk: Client, judgements: JudgementList) -> None:
    page = PolicyPageFactory(slug="a1", title="救助热线管理")
    asked = AskedQuestion.objects.create(text="救助热线", key="救助热线", total=3, engine="embedded", clicks=1)
    Click.objects.create(question=asked, object_id=object_id("policy", page.pk), position=1)
    report = _soup(desk.get("/admin/reports/searches/asked/"))
    link = next(one for one in report.select("a") if one.get_text(strip=True) == "加入清单")
    form = _soup(desk.get(str(link["href"])))
    assert form.select_one("input[name=question]")["value"] == "救助热线"  # type: ignore[index]
    assert form.select_one("input[name=relevant-name]")["value"] == "policy:a1"  # type: ignore[index]
    assert form.select_one(f"option[value='{judgements.pk}'][selected]")
    assert "点开最多" in form.get_text()


def test_editors_read_the_report_and_are_not_offered_the_lists(judgements: JudgementList) -> None:
    client = Client()
    client.force_login(person(Role.EDITOR))
    AskedQuestion.objects.create(text="救助热线", key="救助热线", total=3, engine="embedded")
    assert "加入清单" not in client.get("/admin/reports/searches/asked/").content.decode()


def test_the_list_of_questions_costs_the_same_however_many_there_are(desk: Client, judgements: JudgementList) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            desk.get(INDEX)
        return len(asked)

    def add(number: int) -> None:
        PolicyPageFactory(slug=f"s{number}")
        Judgement.objects.create(
            belongs_to=judgements,
            question=f"问题{number}",
            key=f"问题{number}",
            relevant={f"policy:s{number}": 3},
            changed_by=person(Role.ADMINISTRATOR),
        )

    add(0)
    queries()
    before = queries()
    for number in range(1, 6):
        add(number)
    assert queries() == before
