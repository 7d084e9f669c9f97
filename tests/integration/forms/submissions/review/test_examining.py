"""Flags of what arrives: made in the background, shown to reviewers, not to the unit."""

import datetime
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from forms.collection.models import ExpectedReport, Requirement
from forms.submissions.review.examining import examine
from forms.submissions.review.models import Examination
from forms.submissions.review.services import accept
from portal.accounts.models import User
from portal.units.enums import Role
from tests.factories.collection import ExpectedReportFactory, PeriodFactory, RequirementFactory
from tests.factories.submissions import Sides, send, sides
from tests.factories.units import UnitFactory, person
from tests.integration.queue import run_queued

pytestmark = pytest.mark.django_db
LONG = "区政府召开部署会，组织民政、公安、综合执法和各村（社区）开展街面巡查，对重点区域实行夜间巡查，引导求助。"


def sent(expected: ExpectedReport, people: int, summary: str = LONG, *, accepted: bool = False) -> Sides:
    found = sides(expected)
    report = send(found, {"summary": summary, "people": people})
    if accepted:
        accept(user=found.coordinator, submission=report, version=1)
    return found


@pytest.fixture
def requirement() -> Requirement:
    """A requirement of several periods."""
    return RequirementFactory.create()


def history(requirement: Requirement, count: int) -> Any:
    """A unit with accepted reports of so many earlier periods."""
    unit = UnitFactory.create()
    for number in range(count):
        due = timezone.now() - datetime.timedelta(days=30 * (count - number))
        period = PeriodFactory.create(requirement=requirement, opens_at=due - datetime.timedelta(days=9), due_at=due)
        sent(ExpectedReportFactory.create(period=period, unit=unit), 10 + number % 2, f"{LONG}{number}", accepted=True)
    return unit


def kinds(found: Sides) -> list[str]:
    run_queued()
    return [one["kind"] for one in Examination.objects.get(version=found.report.versions.first()).flags]


def test_a_number_and_a_text_are_held_against_the_units_history(requirement: Requirement) -> None:
    unit = history(requirement, 6)
    period = PeriodFactory.create(requirement=requirement)
    found = sent(ExpectedReportFactory.create(period=period, unit=unit), 120, f"{LONG}5")
    assert kinds(found) == ["copied_last", "own_history"]


def test_they_are_held_against_the_other_units_of_the_period(requirement: Requirement) -> None:
    period = PeriodFactory.create(requirement=requirement)
    for number in range(5):
        sent(ExpectedReportFactory.create(period=period), 10, f"第{number}个单位")
    sent(ExpectedReportFactory.create(period=period), 11)
    found = sent(ExpectedReportFactory.create(period=period), 500)
    assert kinds(found) == ["copied_peer", "peers"]


def test_a_sending_that_fails_queues_nothing(requirement: Requirement) -> None:
    found = sides(ExpectedReportFactory.create(period=PeriodFactory.create(requirement=requirement)))
    run_queued()
    with transaction.atomic():
        send(found)
        transaction.set_rollback(True)
    assert run_queued() == 0


def test_once_more_gives_the_same(requirement: Requirement) -> None:
    found = sent(ExpectedReportFactory.create(period=PeriodFactory.create(requirement=requirement)), 3)
    version = found.report.versions.get()
    first, second = examine(version_id=version.pk), examine(version_id=version.pk)
    assert first
    assert second
    assert (first.pk, first.flags) == (second.pk, second.flags)


def test_the_reviewer_reads_why_and_the_unit_does_not(requirement: Requirement) -> None:
    period = PeriodFactory.create(requirement=requirement)
    peer = sent(ExpectedReportFactory.create(period=period), 3)
    found = sent(ExpectedReportFactory.create(period=period), 3)
    run_queued()
    address = reverse("submissions:detail", args=[found.expected.pk])

    def page(user: User) -> str:
        client = Client()
        client.force_login(user)
        return client.get(address).content.decode()

    for user in (found.coordinator, person(Role.LEADER)):
        assert str(peer.expected.unit.name) in page(user)
    assert str(peer.expected.unit.name) not in page(found.reporter)


def test_the_same_queries_however_many_report(requirement: Requirement) -> None:
    period = PeriodFactory.create(requirement=requirement)
    found = sent(ExpectedReportFactory.create(period=period), 3)
    version = found.report.versions.get()
    examine(version_id=version.pk)
    counts = []
    for _ in range(2):
        for _number in range(3):
            sent(ExpectedReportFactory.create(period=period), 3)
        with CaptureQueriesContext(connection) as asked:
            examine(version_id=version.pk)
        counts.append(len(asked))
    assert counts[0] == counts[1]
