"""The list of reports received: filters, order, and deciding on many reports at once."""

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from forms.collection.enums import ReportState
from forms.collection.models import ReportingPeriod, Requirement
from forms.submissions.models import Submission, SubmissionEvent
from forms.submissions.review.models import Examination
from forms.submissions.review.services import return_report
from portal.accounts.models import User
from portal.units.enums import Role
from tests.factories.collection import ExpectedReportFactory, PeriodFactory, RequirementFactory
from tests.factories.submissions import Sides, report_in, send
from tests.factories.units import person

pytestmark = pytest.mark.django_db
QUEUE, DECIDE = reverse("submissions:queue"), reverse("submissions:decide_many")


@pytest.fixture
def requirement() -> Requirement:
    """A requirement with reports to review."""
    return RequirementFactory.create()


@pytest.fixture
def waiting(requirement: Requirement) -> list[Sides]:
    """Three reports that wait, each of a period of its own."""
    return [report_in(ReportState.SUBMITTED, ExpectedReportFactory.create(period=_period(requirement))) for _ in "123"]


@pytest.fixture
def coordinator(requirement: Requirement) -> User:
    """Who reviews them."""
    return person(Role.COORDINATOR, requirement.owner)


def _period(requirement: Requirement) -> ReportingPeriod:
    found: ReportingPeriod = PeriodFactory.create(requirement=requirement)
    return found


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def listed(user: User, **query: Any) -> list[int]:
    return [report.pk for report in signed_in(user).get(QUEUE, query).context["page"]]


def aged(found: Sides, days: int) -> None:
    """Let the report have been sent some days ago."""
    Submission.objects.filter(pk=found.expected.pk).update(sent_at=timezone.now() - datetime.timedelta(days=days))


def picks(*found: Sides) -> list[str]:
    return [f"{one.expected.pk}:{one.report.versions.first().number}" for one in found]  # type: ignore[union-attr]


def test_a_period_can_be_chosen_within_a_requirement(
    waiting: list[Sides], coordinator: User, requirement: Requirement
) -> None:
    first = waiting[0].expected
    assert listed(coordinator, requirement=requirement.pk, period=first.period_id) == [first.pk]
    assert "period" not in signed_in(coordinator).get(QUEUE).context["filter"].fields


def test_what_waits_long_and_in_which_order(waiting: list[Sides], coordinator: User) -> None:
    for days, found in zip((1, 9, 4), waiting, strict=True):
        aged(found, days)
    by_age = [waiting[1].expected.pk, waiting[2].expected.pk, waiting[0].expected.pk]
    assert listed(coordinator, sort="oldest") == by_age
    assert listed(coordinator, waiting=3, sort="oldest") == by_age[:2]
    assert set(listed(coordinator, waiting="soon")) == set(by_age)  # what is not understood narrows nothing


def test_only_what_is_flagged_or_late(waiting: list[Sides], coordinator: User) -> None:
    flagged, late, _plain = waiting
    version = flagged.report.versions.get()
    Examination.objects.update_or_create(version=version, defaults={"count": 2, "flags": []})
    late.expected.period.due_at = timezone.now() - datetime.timedelta(days=1)
    late.expected.period.save()
    assert listed(coordinator, flagged="on") == [flagged.expected.pk]
    assert listed(coordinator, late="on") == [late.expected.pk]
    assert listed(coordinator, sort="flags")[0] == flagged.expected.pk


def test_chosen_reports_are_accepted_and_the_others_wait(waiting: list[Sides], coordinator: User) -> None:
    response = signed_in(coordinator).post(DECIDE, {"step": "accept", "pick": picks(*waiting[:2])})
    assert {report.pk for report in response.context["done"]} == {one.expected.pk for one in waiting[:2]}
    assert [one.report.state for one in waiting] == ["accepted", "accepted", "submitted"]


def test_a_second_click_does_nothing_twice(waiting: list[Sides], coordinator: User) -> None:
    client, chosen = signed_in(coordinator), {"step": "return", "reason": "请补充。", "pick": picks(*waiting)}
    first, second = client.post(DECIDE, chosen), client.post(DECIDE, chosen)
    assert len(first.context["done"]) == len(second.context["done"]) == 3
    assert SubmissionEvent.objects.filter(step="returned").count() == 3


def test_each_report_stands_for_itself(waiting: list[Sides], coordinator: User) -> None:
    stale, taken, fine = waiting
    chosen = picks(stale, taken, fine)
    return_report(user=coordinator, submission=stale.report, version=1, reason="改")
    send(stale)
    return_report(user=taken.coordinator, submission=taken.report, version=1, reason="改")
    response = signed_in(coordinator).post(DECIDE, {"step": "accept", "pick": [*chosen, "99999:1", "x"]})
    assert [report.pk for report in response.context["done"]] == [fine.expected.pk]
    assert [one.report and one.report.pk for one in response.context["refused"]] == [
        stale.expected.pk,
        taken.expected.pk,
        None,
    ]
    assert all(one.refused for one in response.context["refused"])


@pytest.mark.parametrize("sent", [{"step": "return", "reason": " "}, {"step": "accept"}])
def test_without_a_reason_or_a_choice_nothing_happens_and_the_choice_stays(
    waiting: list[Sides], coordinator: User, sent: dict[str, str]
) -> None:
    chosen = {"pick": picks(waiting[0])} if sent["step"] == "return" else {}
    response = signed_in(coordinator).post(f"{DECIDE}?sort=oldest", {**sent, **chosen})
    assert response.status_code == 422
    assert response.context["wrong"]
    assert response.context["picks"] == ([waiting[0].expected.pk] if chosen else [])
    assert {one.report.state for one in waiting} == {"submitted"}


def test_nobody_else_decides(waiting: list[Sides]) -> None:
    chosen = {"step": "accept", "pick": picks(*waiting)}
    assert signed_in(person(Role.LEADER)).post(DECIDE, chosen).status_code == 403
    other = signed_in(person(Role.COORDINATOR)).post(DECIDE, chosen)
    assert len(other.context["refused"]) == 3
    assert {one.report.state for one in waiting} == {"submitted"}


def test_leaders_see_no_boxes(waiting: list[Sides]) -> None:
    page = signed_in(person(Role.LEADER)).get(QUEUE).content.decode()
    assert 'name="pick"' not in page


def test_the_list_takes_the_same_queries_however_long(requirement: Requirement, coordinator: User) -> None:
    def queries() -> int:
        client = signed_in(coordinator)
        client.get(QUEUE)
        with CaptureQueriesContext(connection) as asked:
            client.get(QUEUE, {"requirement": str(requirement.pk), "flagged": "", "sort": "flags"})
        return len(asked)

    counts = []
    for _ in range(2):
        for _number in range(3):
            report_in(ReportState.SUBMITTED, ExpectedReportFactory.create(period=_period(requirement)))
        counts.append(queries())
    assert counts[0] == counts[1]
