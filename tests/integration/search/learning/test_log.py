"""What the portal keeps of a question, and of what was opened after it."""

import datetime
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.checks import run_checks
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.fixtures import Settings

from portal.units.enums import Role
from search.learning.models import AskedQuestion, Click
from search.learning.services import Opened, click_token, drop_old, successful
from tests.factories.home import PolicyPageFactory
from tests.factories.units import person
from tests.integration.search.asking import settle

pytestmark = pytest.mark.django_db


def _ask(client: Client, referer: str = "", **parameters: Any) -> BeautifulSoup:
    headers = {"referer": f"http://testserver{referer}"} if referer else {}
    response = client.get(f"/search/?{urlencode(parameters, doseq=True)}", headers=headers)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def _tokens(page: BeautifulSoup) -> list[str]:
    return [str(link["data-click"]) for link in page.select("a[data-click]")]


@pytest.fixture
def policies() -> list[str]:
    """Two policies that can be found."""
    pages = [PolicyPageFactory(title=f"救助管理办法{number}") for number in "甲乙"]
    settle()
    return [page.url for page in pages]


def test_a_question_is_kept_with_its_results_and_without_who_asked(client: Client, policies: list[str]) -> None:
    user = person(Role.STAFF)
    client.force_login(user)
    _ask(client, q="救助管理")
    row = AskedQuestion.objects.get()
    assert (row.text, row.key, row.total, row.engine) == ("救助管理", "救助管理", 2, "embedded")
    assert (row.is_signed_in, row.is_filtered, row.is_fallback) == (True, False, False)
    assert len(row.asker) == 32
    assert not any(field.is_relation for field in AskedQuestion._meta.get_fields() if field.concrete)
    _ask(Client(), q="救助管理", kind="policy")
    public = AskedQuestion.objects.latest("pk")
    assert (public.is_signed_in, public.is_filtered) == (False, True)
    assert public.asker != row.asker


def test_an_asker_is_one_during_a_day_and_another_the_next(client: Client) -> None:
    settle()
    user = person(Role.STAFF)
    for hour in (2, 3, 17):  # 17 o'clock UTC is the next day in China
        with time_machine.travel(datetime.datetime(2026, 3, 2, hour, tzinfo=datetime.UTC)):
            client.force_login(user)
            _ask(client, q="救助")
    first, second, next_day = AskedQuestion.objects.order_by("pk").values_list("asker", flat=True)
    assert first == second != next_day


def test_personal_data_are_masked_before_they_are_written(client: Client) -> None:
    settle()
    _ask(client, q="张某 13800138000")
    row = AskedQuestion.objects.get()
    assert "13800138000" not in f"{row.text}{row.key}"


def test_paging_sorting_and_looking_without_words_are_no_questions(client: Client, policies: list[str]) -> None:
    _ask(client, q="救助", page=2)
    _ask(client, kind="policy")
    _ask(client)
    _ask(client, referer="/search/?q=%E6%95%91%E5%8A%A9", q="救助", sort="date")
    assert not AskedQuestion.objects.exists()
    _ask(client, referer="/search/?q=x&sort=date", q="救助", sort="date")
    assert AskedQuestion.objects.count() == 1


def test_programs_and_pages_fetched_ahead_are_not_counted(client: Client, policies: list[str]) -> None:
    client.head("/search/?q=救助")
    client.get("/search/?q=救助", headers={"user-agent": "Baiduspider/2.0"})
    client.get("/search/?q=救助", headers={"sec-purpose": "prefetch"})
    assert not AskedQuestion.objects.exists()


def test_a_question_costs_one_write_and_nothing_else(client: Client, policies: list[str]) -> None:
    _ask(client, q="救助")
    with CaptureQueriesContext(connection) as found:
        _ask(client, q="救助")
    with CaptureQueriesContext(connection) as without:
        client.get("/search/?q=救助", headers={"user-agent": "curl/8"})
    written = [query["sql"] for query in found if "learning_" in query["sql"]]
    assert len(written) == 1
    assert written[0].startswith("INSERT")
    aside = [query for query in found if "SAVEPOINT" not in query["sql"]]
    assert len(aside) == len(without) + 1


def test_the_page_answers_although_the_log_cannot_be_written(client: Client, policies: list[str]) -> None:
    with patch("search.learning.services.AskedQuestion.objects.create", side_effect=DatabaseError("full")):
        page = _ask(client, q="救助")
    assert len(page.select(".search-result")) == 2
    assert _tokens(page) == []


def test_what_is_opened_is_kept_once_with_its_place_and_the_link_stays_plain(
    client: Client, policies: list[str]
) -> None:
    page = _ask(client, q="救助管理")
    assert {link["href"] for link in page.select("a[data-click]")} == set(policies)
    second = _tokens(page)[1]
    for _time in range(2):
        assert client.post("/search/clicked/", {"click": second}).status_code == 204
    click = Click.objects.get()
    assert click.position == 2
    row = AskedQuestion.objects.get()
    assert (row.clicks, row.positions) == (1, 2)
    client.post("/search/clicked/", {"click": _tokens(page)[0]})
    row.refresh_from_db()
    assert (row.clicks, row.positions) == (2, 3)


@pytest.mark.parametrize("sent", ["", "1:1:page:1", "1:1:page:1:abc:def", "\x00", "x" * 5000])
def test_what_the_portal_has_not_offered_is_refused(client: Client, sent: str) -> None:
    assert client.post("/search/clicked/", {"click": sent}).status_code == 400
    assert not Click.objects.exists()


def test_a_forged_place_a_question_that_is_gone_and_an_old_page_are_refused(
    client: Client, policies: list[str]
) -> None:
    token = _tokens(_ask(client, q="救助"))[0]
    forged = token.replace(":1:", ":9:", 1)
    gone = click_token(Opened(10**9, 1, "page:1"))
    for sent in (forged, gone):
        assert client.post("/search/clicked/", {"click": sent}).status_code == 400
    with time_machine.travel(timezone.now() + datetime.timedelta(days=2)):
        assert client.post("/search/clicked/", {"click": token}).status_code == 400
    assert not Click.objects.exists()


def test_another_site_cannot_make_a_browser_send_clicks(policies: list[str]) -> None:
    client = Client(enforce_csrf_checks=True)
    token = _tokens(_ask(client, q="救助"))[0]
    assert client.post("/search/clicked/", {"click": token}).status_code == 403
    assert client.get("/search/clicked/").status_code == 405


def _question(key: str, *, asker: str, opened: tuple[str, ...] = (), days_ago: int = 0) -> AskedQuestion:
    at = timezone.now() - datetime.timedelta(days=days_ago)
    row = AskedQuestion.objects.create(
        text=key,
        key=key,
        total=3,
        engine="embedded",
        asker=asker,
        asked_at=at,
        clicks=len(opened),
        positions=len(opened),
    )
    for object_id in opened:
        Click.objects.create(question=row, object_id=object_id, position=1)
    return row


def test_what_is_older_than_may_be_is_dropped_with_its_clicks(settings: Settings) -> None:
    settings.PORTAL_SEARCH_LOG_DAYS = 30
    _question("旧", asker="a", opened=("page:1",), days_ago=31)
    kept = _question("新", asker="a", opened=("page:1",), days_ago=29)
    assert sum(drop_old()) == 1
    assert sum(drop_old()) == 0
    assert AskedQuestion.objects.get() == kept
    assert Click.objects.get().question == kept


def test_a_question_is_successful_once_two_people_of_a_day_opened_something() -> None:
    _question("两人", asker="a", opened=("page:1", "page:2"))
    _question("两人", asker="b", opened=("page:1",))
    _question("两人", asker="c")
    _question("一人两次", asker="a", opened=("page:1",))
    _question("一人两次", asker="a", opened=("page:1",))
    _question("两天", asker="a", opened=("page:1",))
    _question("两天", asker="a-yesterday", opened=("page:1",), days_ago=2)
    _question("无人", asker="a")
    _question("无人", asker="b")
    found = [(row["key"], row["object_id"], row["opened"]) for row in successful()]
    assert found == [("两人", "page:1", 2), ("两人", "page:2", 1)]


def test_no_days_at_all_are_refused_at_the_start(settings: Settings) -> None:
    settings.PORTAL_SEARCH_LOG_DAYS = 0
    assert "learning.E001" in {message.id for message in run_checks()}
