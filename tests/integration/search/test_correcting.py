"""Questions that find nothing as they were typed: answered or offered as meant, to those who may find it."""

import json
import sys
from typing import Any
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from forms.collection.enums import ReportState
from portal.accounts.models import User
from portal.units.access import access_for
from portal.units.enums import Role
from search import answering
from search.answering import Answer, answer
from search.engines.base import Query
from search.finding import Finding, find
from search.learning.models import AskedQuestion
from search.learning.querysets import QuestionQuerySet
from search.learning.services import successful
from search.parameters import Asked
from search.suggesting.correcting import Correction, correction
from search.suggesting.services import remember_questions, suggest
from tests.factories.collection import ExpectedReportFactory, PeriodFactory, RequirementFactory
from tests.factories.home import PolicyPageFactory, TrainingPageFactory
from tests.factories.submissions import report_in
from tests.factories.units import UnitFactory, person
from tests.integration.search.asking import settle

pytestmark = pytest.mark.django_db

Asker = User | AnonymousUser
PUBLIC = AnonymousUser()


def answered(text: str, user: Asker = PUBLIC, **values: Any) -> Answer:
    return answer(Asked(text=text, **values), access_for(user).tokens())


def probable(text: str, user: Asker = PUBLIC) -> str | None:
    found = correction(text, access_for(user).tokens())
    return found.text if found else None


def titles(given: Answer) -> list[str]:
    return ["".join(piece.text for piece in hit.title) for hit in given.finding.results.hits]


def _page(client: Client, **parameters: Any) -> BeautifulSoup:
    response = client.get(f"/search/?{urlencode(parameters)}")
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


@pytest.fixture
def _library() -> None:
    PolicyPageFactory(title="流浪乞讨人员救助管理办法")
    PolicyPageFactory(title="信访工作条例", doc_number="民发〔2020〕14号")
    settle()


@pytest.fixture
def searches(monkeypatch: pytest.MonkeyPatch) -> list[Query]:
    """Every question that the engines are asked."""
    asked: list[Query] = []

    def counted(query: Query) -> Finding:
        asked.append(query)
        return find(query)

    monkeypatch.setattr(answering, "find", counted)
    return asked


@pytest.mark.usefixtures("_library")
@pytest.mark.parametrize("typed", ["jiuzhu", "救住", "jiu zhu", "ＪＩＵＺＨＵ"])
def test_what_finds_nothing_is_searched_for_as_it_was_meant(client: Client, typed: str) -> None:
    page = _page(client, q=typed)
    assert [title.get_text(strip=True) for title in page.select(".search-result h2")] == ["流浪乞讨人员救助管理办法"]
    said = page.select_one(".search-corrected")
    assert said is not None
    assert "已改为检索“救助”" in said.get_text()
    link = said.select_one("a")
    assert link is not None
    assert "仍要检索" in link.get_text()
    assert link["href"] == "?" + urlencode({"q": typed, "exact": "1"})
    assert page.select_one("#search-q")["value"] == "救助"  # type: ignore[index]
    insisted = _page(client, q=typed, exact=1)
    assert insisted.select(".search-result") == []
    assert "您是不是要找" in insisted.select(".search-corrected")[0].get_text()
    assert [link["href"] for link in insisted.select(".search-corrected a")] == ["?" + urlencode({"q": "救助"})]


@pytest.mark.usefixtures("_library")
def test_where_some_of_the_words_are_found_the_question_that_was_meant_is_offered(client: Client) -> None:
    page = _page(client, q="救住管理")
    assert [title.get_text(strip=True) for title in page.select(".search-result h2")] == ["流浪乞讨人员救助管理办法"]
    offered = page.select_one(".search-corrected a")
    assert offered is not None
    assert (offered.get_text(), offered["href"]) == ("救助管理", "?" + urlencode({"q": "救助管理"}))
    assert page.select_one("#search-q")["value"] == "救住管理"  # type: ignore[index]


@pytest.mark.usefixtures("_library")
@pytest.mark.parametrize("typed", ["救助管理", "信访", "办法", "民发〔2020〕14号", "全然不同的问题", "“救住”", "x"])
def test_what_finds_something_or_is_like_nothing_is_answered_as_it_was_typed(typed: str, searches: list[Query]) -> None:
    given = answered(typed)
    assert given == Answer(given.asked, given.finding)
    assert given.asked.text == typed
    assert len(searches) == 1


@pytest.mark.usefixtures("_library")
@pytest.mark.parametrize("typed", ["救住", "旧住", "救住管理", "信仿工作", "民法〔2020〕14号"])
def test_one_more_search_is_enough(typed: str, searches: list[Query]) -> None:
    given = answered(typed)
    assert given.instead_of or given.meant
    assert len(searches) == 2


@pytest.mark.usefixtures("_library")
def test_filters_order_and_page_stay(client: Client) -> None:
    given = answered("救住", chosen={"kind": ("policy",)}, page=7)
    assert (titles(given), given.asked.page) == (["流浪乞讨人员救助管理办法"], 1)
    assert given.instead_of is not None
    assert given.instead_of.chosen == {"kind": ("policy",)}
    nothing = answered("救住", chosen={"kind": ("training",)})
    assert (nothing.instead_of, nothing.meant, titles(nothing)) == (None, None, [])
    for number in range(25):
        TrainingPageFactory(title=f"街面巡访培训{number}")
    settle()
    first, second = (
        {link["href"] for link in _page(client, q="接面寻访", page=page).select(".search-result h2 a")}
        for page in (1, 2)
    )
    assert (len(first), len(second), first & second) == (20, 5, set())


@pytest.mark.usefixtures("_library")
def test_what_is_less_close_is_offered_where_nothing_is_found() -> None:
    given = answered("旧住")
    assert (titles(given), given.asked.text, given.instead_of) == ([], "旧住", None)
    assert given.meant is not None
    assert given.meant.text == "救助"


def test_what_is_not_found_by_the_asker_is_no_word_to_the_asker() -> None:
    period = PeriodFactory(requirement=RequirementFactory(title="萤火月报"))
    done = report_in(
        ReportState.ACCEPTED, ExpectedReportFactory(unit=UnitFactory(name="萤火区城市管理局"), period=period)
    )
    settle()
    for asker in (done.reporter, done.coordinator):
        assert titles(answered("莹火", asker)) == ["萤火月报 · 萤火区城市管理局"]
        assert probable("yinghuoyuebao", asker) == "萤火月报"
    for stranger in (PUBLIC, person(Role.REPORTER)):
        given = answered("莹火", stranger)
        assert (given.instead_of, given.meant, titles(given)) == (None, None, [])
        assert probable("yinghuoyuebao", stranger) is None


def test_a_withdrawn_thing_lends_no_words_before_the_index_knows() -> None:
    page = PolicyPageFactory(title="流浪乞讨人员救助管理办法")
    settle()
    assert probable("救住管理") == "救助管理"
    page.unpublish()
    assert probable("救住管理") is None


def test_headings_and_text_of_articles_lend_words() -> None:
    blocks = [
        {"type": "heading", "value": {"level": "h2", "text": "第一章 萤火救助"}},
        {"type": "paragraph", "value": "<p>第一条 提供临时庇护场所。</p><p>第二条 提供夜灯。</p>"},
    ]
    PolicyPageFactory(title="甲办法", body=json.dumps(blocks))
    settle()
    assert probable("莹火救住") == "萤火救助"


def test_a_removed_thing_takes_its_words_along() -> None:
    page = PolicyPageFactory(title="萤火办法")
    PolicyPageFactory(title="灯火办法")
    settle()
    assert probable("莹火办法") == "萤火办法"
    page.delete()
    settle()
    assert probable("莹火办法") != "萤火办法"


def test_past_questions_lend_no_words() -> None:
    page = PolicyPageFactory(title="甲办法")
    settle()
    for asker in "ab":
        asked = AskedQuestion.objects.create(
            text="无家可归", key="无家可归", total=1, engine="embedded", asker=asker, clicks=1
        )
        asked.clicked.create(object_id=f"policy:{page.pk}", position=1)
    remember_questions()
    assert [one.text for one in suggest("无家", access_for(PUBLIC).tokens())] == ["无家可归"]
    assert probable("无佳可归") is None


@pytest.mark.usefixtures("_library")
def test_the_log_has_what_was_typed_and_that_it_was_corrected(client: Client) -> None:
    for typed in ("救住", "救助", "救住管理"):
        _page(client, q=typed)
    rows = dict(AskedQuestion.objects.values_list("text", "is_corrected"))
    assert rows == {"救住": True, "救助": False, "救住管理": False}
    assert AskedQuestion.objects.get(text="救住").total == 1
    questions: QuestionQuerySet = AskedQuestion.objects.all()
    assert {row["question"]: row["corrected"] for row in questions.by_question()}["救住"] == 1


def test_what_was_misspelt_is_offered_to_nobody() -> None:
    for asker in "ab":
        asked = AskedQuestion.objects.create(
            text="旧住", key="旧住", total=1, engine="embedded", asker=asker, clicks=1, is_corrected=True
        )
        asked.clicked.create(object_id="policy:1", position=1)
    assert list(successful()) == []


def test_without_an_index_nothing_is_corrected() -> None:
    assert correction("救住管理", access_for(PUBLIC).tokens()) is None


@pytest.mark.usefixtures("_library")
def test_whoever_answers_needs_no_dictionary_of_readings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypinyin", None)
    assert correction("救住管理", access_for(PUBLIC).tokens()) == Correction("救助管理", is_close=True)
