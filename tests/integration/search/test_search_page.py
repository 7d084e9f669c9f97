"""The search page."""

import datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from forms.collection.enums import ReportState
from portal.units.enums import Role
from search.engines.base import EngineUnavailableError
from search.engines.embedded import EmbeddedEngine
from tests.factories.collection import ExpectedReportFactory, PeriodFactory, RequirementFactory
from tests.factories.home import PolicyPageFactory, TrainingPageFactory, paragraph
from tests.factories.submissions import report_in
from tests.factories.units import person
from tests.integration.search.asking import settle

pytestmark = pytest.mark.django_db


def _page(client: Client, **parameters: Any) -> BeautifulSoup:
    response = client.get(f"/search/?{urlencode(parameters, doseq=True)}")
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def _titles(page: BeautifulSoup) -> list[str]:
    return [title.get_text(strip=True) for title in page.select(".search-result h2")]


def _count(page: BeautifulSoup) -> str:
    return page.select_one(".list-head strong").get_text(strip=True)  # type: ignore[union-attr]


def test_without_a_question_it_says_what_can_be_found(client: Client) -> None:
    page = _page(client)
    assert "政策法规" in page.get_text()
    assert _titles(page) == []


def test_results_are_marked_counted_and_lead_somewhere(client: Client) -> None:
    policy = PolicyPageFactory(
        title="流浪乞讨人员救助管理办法", doc_number="民发〔2020〕14号", body=paragraph("公开救助管理标准。")
    )
    settle()
    page = _page(client, q="救助管理")
    assert _count(page) == "共 1 条结果"
    assert page.select_one(".search-result h2 a")["href"] == policy.url  # type: ignore[index]
    assert [mark.get_text() for mark in page.select("mark")] == ["救助管理", "救助管理"]
    assert "民发〔2020〕14号" in page.select_one(".search-facts").get_text()  # type: ignore[union-attr]


def test_a_repealed_policy_says_so(client: Client) -> None:
    PolicyPageFactory(title="收容遣送办法", validity="repealed")
    PolicyPageFactory(title="到期的办法", validity="in-force", expires_on=datetime.date(2020, 1, 1))
    settle()
    states = [state.get_text() for state in _page(client, q="办法").select(".search-result .state")]
    assert sorted(states) == sorted(["废止", "失效"])


def test_choosing_values_narrows_and_stays_in_the_address(client: Client) -> None:
    PolicyPageFactory(title="救助办法甲", issuers=["民政部"], signed_on=datetime.date(2019, 1, 1))
    PolicyPageFactory(title="救助办法乙", issuers=["公安部"], signed_on=datetime.date(2020, 1, 1))
    TrainingPageFactory(title="救助培训")
    settle()
    assert _count(_page(client, q="救助")) == "共 3 条结果"
    page = _page(client, q="救助", kind="policy", year=["2019", "2020"], issuer="民政部")
    assert _titles(page) == ["救助办法甲"]
    checked = {(box["name"], box["value"]) for box in page.select("input[type=checkbox][checked]")}
    assert checked == {("year", "2019"), ("year", "2020"), ("issuer", "民政部")}
    counts = {
        option.select_one("input")["value"]: option.select_one(".search-count").get_text()  # type: ignore[index,union-attr]
        for option in page.select(".search-option")
    }
    assert counts["公安部"] == "1"


def test_a_report_shows_unit_and_period_and_strangers_see_no_trace_of_it(client: Client) -> None:
    period = PeriodFactory(requirement=RequirementFactory(title="安全隐患排查结果"), name="第一期")
    done = report_in(ReportState.ACCEPTED, ExpectedReportFactory(period=period))
    settle()
    client.force_login(done.reporter)
    facts = _page(client, q="隐患排查").select_one(".search-facts").get_text()  # type: ignore[union-attr]
    assert str(done.expected.unit) in facts
    assert "第一期" in facts
    stranger = Client()
    for user in (None, person(Role.REPORTER)):
        if user:
            stranger.force_login(user)
        page = _page(stranger, q="隐患排查")
        assert _count(page) == "共 0 条结果"
        assert str(done.expected.unit) not in page.select_one("main").get_text()  # type: ignore[union-attr]
        assert not page.select(".search-facet")


def test_pages_follow_one_another_and_a_number_too_high_gives_the_last(client: Client) -> None:
    for number in range(25):
        PolicyPageFactory(title=f"救助管理办法之{number:02}")
    settle()
    first, second, beyond = (_titles(_page(client, q="救助", page=number)) for number in (1, 2, 99))
    assert (len(first), len(second)) == (20, 5)
    assert not set(first) & set(second)
    assert beyond == second


def test_the_newest_can_come_first(client: Client) -> None:
    PolicyPageFactory(title="救助管理", signed_on=datetime.date(2010, 1, 1))
    PolicyPageFactory(title="年度工作要点", body=paragraph("救助管理"), signed_on=datetime.date(2020, 1, 1))
    settle()
    assert _titles(_page(client, q="救助管理")) == ["救助管理", "年度工作要点"]
    assert _titles(_page(client, q="救助管理", sort="date")) == ["年度工作要点", "救助管理"]


def test_nothing_found_gives_advice(client: Client) -> None:
    settle()
    page = _page(client, q="不存在的词语", year="1999")
    assert "没有查到" in page.get_text()
    assert page.select_one(".empty a")["href"] == "?" + urlencode({"q": "不存在的词语"})  # type: ignore[index]


def test_markup_typed_or_indexed_stays_text(client: Client) -> None:
    PolicyPageFactory(title="<img src=x onerror=alert(1)>救助")
    settle()
    page = _page(client, q="<script>alert(1)</script> 救助 img")
    assert not page.select("main img, main script")
    page = _page(client, q="救助")
    assert _titles(page) == ["<img src=x onerror=alert(1)>救助"]


def test_while_no_engine_answers_the_page_says_so_and_nothing_breaks(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(self: EmbeddedEngine, query: object) -> None:
        raise EngineUnavailableError("away")

    monkeypatch.setattr(EmbeddedEngine, "search", away)
    asked = {"q": "救助", "year": ["2019", "2020"], "kind": "policy", "since": "2019-02-01", "sort": "date"}
    page = _page(client, **asked)
    assert "检索暂时无法使用" in page.get_text()
    # Whoever presses Search again asks the same again.
    fields = [(field["name"], field["value"]) for field in page.select("#search-form input")]
    assert sorted(fields) == sorted(parse_qsl(urlencode(asked, doseq=True)))


def test_each_choice_stands_once_in_what_the_form_sends(client: Client) -> None:
    PolicyPageFactory(title="救助管理", signed_on=datetime.date(2019, 5, 1))
    settle()
    asked = {"q": "救助管理", "year": "2019", "kind": "policy", "until": "2020-02-01", "sort": "date", "words": "all"}
    page = _page(client, **asked)
    fields = page.select("#search-form input, input[form=search-form]")
    sent = [
        (field["name"], field["value"])
        for field in fields
        if field["value"] and (field["type"] != "checkbox" or field.has_attr("checked"))
    ]
    assert sorted(sent) == sorted(asked.items())


def test_while_elasticsearch_is_away_the_standby_index_answers_with_a_notice(
    client: Client, settings: Settings
) -> None:
    settings.PORTAL_SEARCH_ENGINE = "elasticsearch"
    settings.PORTAL_ELASTICSEARCH_URL = "http://127.0.0.1:9"
    PolicyPageFactory(title="流浪乞讨人员救助管理办法")
    settle()
    page = _page(client, q="救助管理")
    assert _titles(page) == ["流浪乞讨人员救助管理办法"]
    assert "备用索引" in page.get_text()


def test_only_reading_is_possible(client: Client) -> None:
    assert client.post("/search/", {"q": "救助"}).status_code == 405


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    parameters=st.dictionaries(
        st.sampled_from(["q", "kind", "year", "page", "sort", "unit", "nonsense"]),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
    )
)
def test_any_address_is_answered(client: Client, parameters: dict[str, str]) -> None:
    assert client.get("/search/", parameters).status_code == 200
