"""Pages of the list of reports received: none twice, none missing, and quick ends of a list that is not counted."""

import datetime
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import parse_qsl

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from forms.collection.enums import ReportState
from forms.collection.models import Requirement
from forms.submissions.models import Submission
from portal import lists
from portal.accounts.models import User
from portal.units.enums import Role
from tests.factories.collection import ExpectedReportFactory, PeriodFactory, RequirementFactory
from tests.factories.units import UnitFactory, person

pytestmark = pytest.mark.django_db
QUEUE = reverse("submissions:queue")
NOW = timezone.now()


@pytest.fixture
def requirement() -> Requirement:
    """What is collected."""
    return RequirementFactory.create()


@pytest.fixture
def coordinator(requirement: Requirement) -> User:
    """Who reads the list."""
    return person(Role.COORDINATOR, requirement.owner)


@pytest.fixture
def client(coordinator: User) -> Client:
    """The coordinator's browser."""
    browser = Client()
    browser.force_login(coordinator)
    return browser


@pytest.fixture(autouse=True)
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists of nine rows are long already."""
    monkeypatch.setattr(lists, "SIZE", 4)
    monkeypatch.setattr(lists, "MOST_COUNTED", 8)


def arrive(requirement: Requirement, user: User, *, minutes: list[int]) -> list[int]:
    """Reports that were sent so many minutes ago; their numbers."""
    period, version = PeriodFactory.create(requirement=requirement), requirement.form.current_version
    assert version is not None
    found = []
    for ago in minutes:
        expected = ExpectedReportFactory.create(period=period, unit=UnitFactory.create())
        at = NOW - datetime.timedelta(minutes=ago)
        Submission.objects.create(
            expected=expected,
            form_version=version,
            state=ReportState.SUBMITTED,
            first_sent_at=at,
            sent_at=at,
            updated_by=user,
            updated_at=at,
        )
        found.append(expected.pk)
    return found


def shown(client: Client, query: str = "") -> Any:
    """The page of the list."""
    response = client.get(QUEUE, parse_qsl(query.removeprefix("?")))
    assert response.status_code == 200
    return response.context["page"]


def numbers(page: Any) -> list[int]:
    return [row.pk for row in page]


def walk(client: Client, query: str, way: str) -> Iterator[Any]:
    """Page after page by the links."""
    for _ in range(20):
        page = shown(client, query)
        yield page
        if not getattr(page, f"has_{way}"):
            return
        query = getattr(page, way)
    pytest.fail("The links lead round in a circle.")


@pytest.mark.parametrize("sort", ["newest", "oldest", "unit", "flags"])
@pytest.mark.parametrize("many", [7, 15])
def test_the_links_lead_through_all_once_and_back(
    requirement: Requirement, coordinator: User, client: Client, sort: str, many: int
) -> None:
    arrive(requirement, coordinator, minutes=[7 * number % 5 for number in range(many)])  # some at the same instant
    there = [pk for page in walk(client, f"sort={sort}", "next") for pk in numbers(page)]
    assert len(there) == len(set(there)) == many
    last = shown(client, shown(client, f"sort={sort}").last)
    assert not last.has_next
    assert numbers(last) == there[-len(last) :]
    back = [numbers(page) for page in walk(client, last.last, "previous")]
    # Counted from the end, what is left for the first page is filled up with the next ones.
    assert list(dict.fromkeys(pk for page in reversed(back) for pk in page)) == there
    assert back[-1] == there[:4]


def test_what_arrives_meanwhile_shows_nothing_twice_and_hides_nothing(
    requirement: Requirement, coordinator: User, client: Client
) -> None:
    known = arrive(requirement, coordinator, minutes=list(range(10, 23)))
    seen: list[int] = []
    for turn, page in enumerate(walk(client, "", "next")):
        seen += numbers(page)
        arrive(requirement, coordinator, minutes=[5 - turn, 5 - turn])
    assert seen == known


def test_what_was_decided_meanwhile_leaves_no_gap(requirement: Requirement, coordinator: User, client: Client) -> None:
    known = arrive(requirement, coordinator, minutes=list(range(13)))
    first = shown(client)
    Submission.objects.filter(pk__in=known[:4]).update(state=ReportState.ACCEPTED)  # the row before the next page too
    assert numbers(shown(client, first.next)) == known[4:8]


def test_a_long_list_says_so_and_ends_with_its_last_reports(
    requirement: Requirement, coordinator: User, client: Client
) -> None:
    known = arrive(requirement, coordinator, minutes=list(range(11)))
    text = client.get(QUEUE).content.decode()
    assert "超过 8 份" in text
    assert "第 1 页" in text
    assert "共 3 页" not in text
    last = shown(client, "end=1")
    assert numbers(last) == known[-4:]
    assert "最后一页" in client.get(QUEUE, {"end": "1"}).content.decode()
    before = shown(client, last.previous)
    assert numbers(before) == known[-8:-4]
    assert "倒数第 2 页" in client.get(QUEUE, parse_qsl(last.previous.removeprefix("?"))).content.decode()
    assert numbers(shown(client, before.next)) == known[-4:]


def test_a_short_list_is_counted(requirement: Requirement, coordinator: User, client: Client) -> None:
    known = arrive(requirement, coordinator, minutes=list(range(7)))
    text = client.get(QUEUE).content.decode()
    assert "共 7 份" in text
    assert "第 1 页，共 2 页" in text
    assert "page=2" in unescape(text)
    assert numbers(shown(client, "end=1")) == known[4:]


@pytest.mark.parametrize("many", [7, 15])
def test_addresses_with_a_number_keep_working(
    requirement: Requirement, coordinator: User, client: Client, many: int
) -> None:
    known = arrive(requirement, coordinator, minutes=list(range(many)))
    assert numbers(shown(client, "page=2")) == known[4:8]
    assert numbers(shown(client, "page=x")) == known[:4]
    assert numbers(shown(client, "page=0")) == known[:4]
    beyond = shown(client, "page=999")
    assert not beyond.has_next
    assert numbers(beyond)[-1] == known[-1]


@pytest.mark.parametrize(
    "key", ["x", "W10", "WyJAMjAyNiIsMV0", "WzEsMiwzLDRd", "bnVsbA", "Ww" * 900, "WyJhXHUwMDAwIiwxXQ", "é"]
)
@pytest.mark.parametrize("way", ["after", "before"])
def test_a_key_that_means_nothing_counts_as_none(
    requirement: Requirement, coordinator: User, client: Client, key: str, way: str
) -> None:
    known = arrive(requirement, coordinator, minutes=list(range(5)))
    assert numbers(shown(client, f"page=2&{way}={key}")) == known[4:]


def test_a_key_of_another_order_counts_as_none(requirement: Requirement, coordinator: User, client: Client) -> None:
    arrive(requirement, coordinator, minutes=list(range(9)))
    by_unit = parse_qsl(shown(client, "sort=unit").next)
    response = client.get(QUEUE, {**dict(by_unit), "sort": "newest"})
    assert response.status_code == 200


def test_the_filter_narrows_every_page(requirement: Requirement, coordinator: User, client: Client) -> None:
    arrive(requirement, coordinator, minutes=list(range(6)))
    late = arrive(requirement, coordinator, minutes=list(range(10, 15)))
    period = Submission.objects.get(pk=late[0]).expected.period_id
    query = f"requirement={requirement.pk}&period={period}"
    assert [pk for page in walk(client, query, "next") for pk in numbers(page)] == late
    other = RequirementFactory.create()
    arrive(other, coordinator, minutes=[1])
    offered = shown_units(client)
    assert Submission.objects.get(pk=late[0]).expected.unit_id in offered
    assert not offered & set(other.periods.values_list("expected__unit_id", flat=True))


def shown_units(client: Client) -> set[int]:
    """Units that the filter offers."""
    field = client.get(QUEUE).context["filter"].fields["unit"]
    return {value for value, _label in field.choices if value}


def test_every_page_takes_the_same_queries(requirement: Requirement, coordinator: User, client: Client) -> None:
    def queries(query: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            shown(client, query)
        return len(asked)

    arrive(requirement, coordinator, minutes=list(range(9)))
    shown(client)
    short = [queries(query) for query in ("", shown(client).next, "end=1")]
    arrive(requirement, coordinator, minutes=list(range(20, 40)))
    assert [queries(query) for query in ("", shown(client).next, "end=1")] == short
    assert queries("page=5") == short[0] + 1
