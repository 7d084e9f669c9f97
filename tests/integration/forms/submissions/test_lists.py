"""The to-do list, the review list and the numbers on the home page."""

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from forms.collection.enums import ReportState, RequirementState
from forms.collection.models import ExpectedReport
from forms.submissions.counts import WaitingKind, waiting_for
from forms.submissions.todo import todo_list
from portal.accounts.models import User
from portal.units.enums import Role
from portal.units.models import Unit
from tests.factories.collection import ExpectedReportFactory, PeriodFactory, RequirementFactory
from tests.factories.submissions import report_in, sides
from tests.factories.units import UnitFactory, person

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def owed(unit: Unit, *, opens: int = -10, due: int = 10, closes: int | None = None) -> ExpectedReport:
    """What the unit owes; days from now."""
    now = timezone.now()
    period = PeriodFactory.create(
        opens_at=now + opens * DAY, due_at=now + due * DAY, closes_at=now + closes * DAY if closes is not None else None
    )
    return ExpectedReportFactory.create(period=period, unit=unit)


@pytest.fixture
def unit() -> Unit:
    """A unit that owes a bit of everything."""
    return UnitFactory.create()


@pytest.fixture
def desk(unit: Unit) -> dict[str, ExpectedReport]:
    """One expected report of each kind."""
    found = {
        "due": owed(unit, due=5),
        "draft": owed(unit, due=3),
        "overdue": owed(unit, due=-2),
        "missed": owed(unit, due=-4, closes=-1),
        "upcoming": owed(unit, opens=2, due=20),
        "returned": owed(unit, due=9),
        "sent": owed(unit),
        "accepted": owed(unit),
    }
    report_in(ReportState.DRAFT, found["draft"])
    report_in(ReportState.RETURNED, found["returned"])
    report_in(ReportState.SUBMITTED, found["sent"])
    report_in(ReportState.ACCEPTED, found["accepted"])
    return found


def signed_in(user: User) -> Client:
    """A browser."""
    client = Client()
    client.force_login(user)
    return client


def test_the_list_has_the_most_urgent_on_top(unit: Unit, desk: dict[str, ExpectedReport]) -> None:
    todo = todo_list(user=person(Role.REPORTER, unit), now=timezone.now())
    assert [row.expected for row in todo.returned] == [desk["returned"]]
    assert [row.expected for row in todo.due] == [desk["overdue"], desk["draft"], desk["due"]]
    assert [row.expected for row in todo.upcoming] == [desk["upcoming"]]
    assert [row.expected for row in todo.missed] == [desk["missed"]]


def test_the_page_tells_time_and_reasons_in_words(unit: Unit, desk: dict[str, ExpectedReport]) -> None:
    client = signed_in(person(Role.REPORTER, unit))
    with translation.override("en"):
        page = client.get(reverse("submissions:todo"), headers={"accept-language": "en"}).content.decode()
    assert "请补充救助人次。" in page
    for expected in desk.values():
        assert expected.period.requirement.title in page


def test_a_person_who_reports_for_no_unit_is_told_so() -> None:
    response = signed_in(person(Role.STAFF)).get(reverse("submissions:todo"))
    assert response.context["reports_for_a_unit"] is False


def test_what_waits_is_counted_like_it_is_listed(unit: Unit, desk: dict[str, ExpectedReport]) -> None:
    waiting = {one.kind: one.number for one in waiting_for(person(Role.REPORTER, unit))}
    assert waiting == {WaitingKind.RETURNED: 1, WaitingKind.OVERDUE: 1, WaitingKind.DUE: 2}


def test_a_coordinator_is_told_what_is_to_be_reviewed(desk: dict[str, ExpectedReport]) -> None:
    coordinator = person(Role.COORDINATOR, desk["sent"].period.requirement.owner)
    (waiting,) = waiting_for(coordinator)
    assert (waiting.kind, waiting.number) == (WaitingKind.REVIEW, 1)
    assert signed_in(coordinator).get(waiting.url).status_code == 200


def test_nothing_waits_for_bystanders_and_nothing_of_an_ended_requirement(unit: Unit) -> None:
    expected = owed(unit)
    requirement = expected.period.requirement
    requirement.state = RequirementState.CLOSED
    requirement.save()
    assert waiting_for(person(Role.LEADER)) == []
    assert all(one.number == 0 for one in waiting_for(person(Role.REPORTER, unit)))


@pytest.mark.parametrize("many", [1, 6])
def test_the_numbers_take_two_queries_at_most(many: int, django_assert_max_num_queries: Any) -> None:
    unit = UnitFactory.create()
    for _ in range(many):
        report_in(ReportState.RETURNED, owed(unit))
    user = person(Role.REPORTER, unit)
    with django_assert_max_num_queries(2):
        waiting_for(user)


def page_queries(client: Client, url: str) -> int:
    """How many queries a page takes."""
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_the_lists_take_the_same_queries_however_long_they_are(unit: Unit) -> None:
    requirement = RequirementFactory.create()
    reporter, coordinator = person(Role.REPORTER, unit), person(Role.COORDINATOR, requirement.owner)
    counts = []
    for _ in range(2):
        for state in (None, *ReportState):
            expected = ExpectedReportFactory.create(period=PeriodFactory.create(requirement=requirement), unit=unit)
            if state is not None:
                report_in(state, expected)
        counts.append(
            (
                page_queries(signed_in(reporter), reverse("submissions:todo")),
                page_queries(signed_in(coordinator), reverse("submissions:queue") + "?state=all"),
                page_queries(signed_in(coordinator), reverse("collection:list")),
                page_queries(signed_in(coordinator), reverse("collection:detail", args=[requirement.pk])),
            )
        )
    assert counts[0] == counts[1]


UNSENT = {ReportState.DRAFT, ReportState.SIGN_OFF}


def test_the_review_list_shows_what_waits_and_more_when_asked() -> None:
    requirement = RequirementFactory.create()
    coordinator = person(Role.COORDINATOR, requirement.owner)
    found = {
        state: report_in(state, ExpectedReportFactory.create(period=PeriodFactory.create(requirement=requirement)))
        for state in ReportState
    }
    client, url = signed_in(coordinator), reverse("submissions:queue")

    def listed(**query: Any) -> set[int]:
        return {report.pk for report in client.get(url, query).context["page"]}

    waiting = found[ReportState.SUBMITTED].expected
    assert listed() == {waiting.pk}
    assert listed(state="returned") == {found[ReportState.RETURNED].expected.pk}
    assert listed(state="all") == {one.expected.pk for state, one in found.items() if state not in UNSENT}
    assert listed(state="all", unit=waiting.unit_id) == {waiting.pk}
    assert listed(requirement=requirement.pk) == {waiting.pk}
    assert listed(requirement=RequirementFactory.create().pk) == {waiting.pk}, (
        "a requirement one may not see filters nothing"
    )


def test_a_long_review_list_has_pages() -> None:
    requirement = RequirementFactory.create()
    period = PeriodFactory.create(requirement=requirement)
    for _ in range(21):
        report_in(ReportState.SUBMITTED, ExpectedReportFactory.create(period=period))
    client = signed_in(person(Role.COORDINATOR, requirement.owner))
    first, second = (client.get(reverse("submissions:queue"), {"page": number}).context["page"] for number in (1, 2))
    assert (len(first), len(second)) == (20, 1)


def test_a_coordinator_of_another_unit_finds_an_empty_list() -> None:
    report_in(ReportState.SUBMITTED)
    response = signed_in(person(Role.COORDINATOR)).get(reverse("submissions:queue"), {"state": "all"})
    assert list(response.context["page"]) == []
    assert response.context["waiting"] == 0


def test_opening_the_page_of_what_is_due_leads_to_the_form() -> None:
    found = sides()
    response = signed_in(found.reporter).get(reverse("submissions:detail", args=[found.expected.pk]))
    assert response["Location"] == reverse("submissions:fill", args=[found.expected.pk])
