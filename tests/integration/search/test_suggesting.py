"""Suggestions: matched in every way of typing, best first, never of what the asker may not find."""

import datetime
import sys
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from forms.collection.enums import ReportState
from portal.accounts.models import User
from portal.units.access import access_for
from portal.units.enums import Role
from search.engines.embedded.naming import remember
from search.learning.models import AskedQuestion, Click
from search.models import OutboxEntry
from search.suggesting import names
from search.suggesting.services import Suggestion, embedded, remember_questions, suggest
from tests.factories.collection import ExpectedReportFactory, PeriodFactory, RequirementFactory
from tests.factories.home import PolicyPageFactory
from tests.factories.submissions import report_in
from tests.factories.units import UnitFactory, person
from tests.integration.search.asking import settle

pytestmark = pytest.mark.django_db

PUBLIC = AnonymousUser()


def offered(text: str, user: "User | AnonymousUser" = PUBLIC) -> list[Suggestion]:
    return suggest(text, access_for(user).tokens())


def texts(text: str, user: "User | AnonymousUser" = PUBLIC) -> list[str]:
    return [one.text for one in offered(text, user)]


@pytest.mark.parametrize(
    "typed",
    [
        "流浪",
        "救助管",
        "jiuzhuguanl",
        "liulang",
        "jzgl",
        "救zhu",
        "jiuzhu管理",
        "jiuzgl",
        "JiuZhu",
        "jiu zhu",
        "ＪＺＧＬ",
        "管理办法",
    ],
)
def test_a_title_is_found_however_it_is_typed(typed: str) -> None:
    PolicyPageFactory(title="流浪乞讨人员救助管理办法")
    PolicyPageFactory(title="道路交通安全规定")
    settle()
    assert texts(typed) == ["流浪乞讨人员救助管理办法"]


@pytest.mark.parametrize("typed", ["臺灣養", "台湾养", "taiwanyang", "養老機構"])
@pytest.mark.parametrize("written", ["臺灣養老機構名錄", "台湾养老机构名录"])
def test_traditional_and_simplified_characters_are_offered_for_one_another(typed: str, written: str) -> None:
    PolicyPageFactory(title=written)
    PolicyPageFactory(title="道路交通安全规定")
    settle()
    assert texts(typed) == [written]


@pytest.mark.parametrize("typed", ["", " ", "〔", "%", '"', "救*", "zzzz", "\0", "AND", "NEAR(", "^救", "🙂"])
def test_whatever_is_typed_is_answered(typed: str) -> None:
    PolicyPageFactory(title="道路交通安全规定")
    settle()
    assert texts(typed) == []


@pytest.mark.parametrize(
    "typed",
    ["民发〔2020〕14", "民发(2020)14号", "民发[2020]1", "民发2020", "民发〔2020〕第14号", "民发2020年14号", "mf2020"],
)
def test_a_number_leads_to_its_document_in_any_brackets(typed: str) -> None:
    page = PolicyPageFactory(title="救助办法", doc_number="民发〔2020〕14号")
    settle()
    assert offered(typed) == [Suggestion("民发〔2020〕14号", "policy", page.url, "救助办法")]


def test_readings_are_those_of_the_expression() -> None:
    PolicyPageFactory(title="重庆银行条例")
    settle()
    assert texts("chongqingyinhang") == ["重庆银行条例"]
    assert texts("zhongqing") == []


def test_the_best_come_first_and_each_once() -> None:
    for title in ["甲方救助", "救助条例实施细则", "救助条例", "就主"]:
        PolicyPageFactory(title=title)
    PolicyPageFactory(title="救助规定", signed_on=datetime.date(2020, 1, 1))
    PolicyPageFactory(title="救助细则", signed_on=datetime.date(2024, 1, 1))
    settle()
    assert texts("救助") == ["救助细则", "救助规定", "救助条例", "救助条例实施细则", "甲方救助"]
    assert texts("jiuzhu")[0] == "就主"


def test_no_more_than_eight() -> None:
    for place in range(12):
        PolicyPageFactory(title=f"救助办法{place}")
    settle()
    assert len(offered("救助")) == 8


def test_a_title_of_several_is_a_question() -> None:
    PolicyPageFactory(title="救助办法")
    PolicyPageFactory(title="救助办法")
    settle()
    assert offered("救助") == [Suggestion("救助办法")]


def test_a_renamed_thing_is_offered_under_its_new_name_alone() -> None:
    page = PolicyPageFactory(title="救助旧办法", issuers=["民政部"])
    settle()
    assert "民政部" in texts("民政")
    page.title = "救助新办法"
    page.save_revision().publish()
    settle()
    assert texts("救助") == ["救助新办法"]
    page.delete()
    settle()
    assert texts("救助") == texts("民政") == []


def test_a_withdrawal_holds_before_the_index_knows() -> None:
    page = PolicyPageFactory(title="救助办法")
    settle()
    page.unpublish()
    assert OutboxEntry.objects.exists()
    assert texts("救助") == []


@pytest.fixture
def report() -> tuple[User, User, User]:
    """A report of one unit: its reporter, the coordinator who accepted it, a reporter of another unit."""
    period = PeriodFactory(requirement=RequirementFactory(title="萤火月报"), name="三月")
    expected = ExpectedReportFactory(unit=UnitFactory(name="萤火区城市管理局"), period=period)
    done = report_in(ReportState.ACCEPTED, expected)
    settle()
    return done.reporter, done.coordinator, person(Role.REPORTER)


def test_reports_and_units_are_offered_to_those_they_concern(report: tuple[User, User, User]) -> None:
    own, coordinator, other = report
    for typed in ("萤火", "yinghuo", "yhyb"):
        assert "萤火月报 · 萤火区城市管理局" in texts(typed, own)
        assert "萤火月报 · 萤火区城市管理局" in texts(typed, coordinator)
        assert texts(typed, other) == texts(typed) == []
    assert "萤火区城市管理局" in texts("萤火区", coordinator)


def _asked(text: str, object_id: str, *, askers: int = 2, is_signed_in: bool = False) -> None:
    for asker in range(askers):
        asked = AskedQuestion.objects.create(
            text=text, key=text, total=1, engine="embedded", asker=str(asker), is_signed_in=is_signed_in, clicks=1,
            asked_at=timezone.now(),
        )  # fmt: skip
        Click.objects.create(question=asked, object_id=object_id, position=1)


def test_questions_that_led_somewhere_are_offered() -> None:
    page = PolicyPageFactory(title="流浪乞讨人员救助管理办法")
    settle()
    _asked("无家可归怎么办", f"policy:{page.pk}")
    _asked("无家可归的人", f"policy:{page.pk}", askers=1)
    _asked("无家可归去哪里", "policy:999999")
    remember_questions()
    assert offered("无家") == offered("wjkg") == [Suggestion("无家可归怎么办")]
    AskedQuestion.objects.all().delete()
    remember_questions()
    assert offered("无家") == []


def test_questions_that_are_remembered_are_not_written_again() -> None:
    page, other = PolicyPageFactory(title="救助办法"), PolicyPageFactory(title="托养办法")
    settle()
    _asked("无家可归怎么办", f"policy:{page.pk}")
    remember_questions()
    with embedded().writing() as (connection, tables):
        before = connection.total_changes
        remember(connection, tables, {"无家可归怎么办": (names.Role.ASKED, [f"policy:{page.pk}"])})
        assert connection.total_changes == before
    _asked("无家可归怎么办", f"policy:{other.pk}")
    _asked("托养找谁", f"policy:{other.pk}")
    remember_questions()
    assert texts("无家") == ["无家可归怎么办"]
    assert texts("托养找") == ["托养找谁"]


def test_the_public_is_not_offered_what_insiders_ask(report: tuple[User, User, User]) -> None:
    own, _coordinator, other = report
    page = PolicyPageFactory(title="救助办法")
    settle()
    _asked("内部问法一", f"policy:{page.pk}", is_signed_in=True)
    found = next(one.url for one in offered("萤火月报", own) if one.url).rstrip("/").rsplit("/", 1)[-1]
    _asked("内部问法二", f"report:{found}", is_signed_in=True)
    remember_questions()
    assert set(texts("内部", own)) == {"内部问法一", "内部问法二"}
    assert texts("内部", other) == ["内部问法一"]
    assert texts("内部") == []


def test_the_address_answers_privately_and_logs_nothing(client: Client) -> None:
    page = PolicyPageFactory(title="<b>救助</b>办法")
    settle()
    response = client.get(f"/search/suggest/?q={quote('救助')}")
    assert "private" in response["Cache-Control"]
    assert "no-cache" in response["Cache-Control"]
    assert "Cookie" in response["Vary"]
    (option,) = BeautifulSoup(response.content, "html.parser").select("[role=option]")
    assert (option["data-text"], option["data-url"]) == ("<b>救助</b>办法", page.url)
    assert "政策法规" in option.get_text()
    assert not AskedQuestion.objects.exists()
    assert client.post("/search/suggest/").status_code == 405


def test_an_index_that_is_away_offers_nothing(client: Client) -> None:
    assert client.get("/search/suggest/?q=x").status_code == 200
    assert texts("救助") == []


def test_whoever_answers_needs_no_dictionary_of_readings(monkeypatch: pytest.MonkeyPatch) -> None:
    PolicyPageFactory(title="流浪乞讨人员救助管理办法")
    settle()
    monkeypatch.setitem(sys.modules, "pypinyin", None)
    assert texts("jiuzhu") == ["流浪乞讨人员救助管理办法"]
