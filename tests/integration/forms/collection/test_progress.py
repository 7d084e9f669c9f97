"""Counts and rates: recounted by hand over every state."""

import datetime

import pytest
from django.utils import timezone

from forms.collection.enums import ReportState
from forms.collection.models import ExpectedReport
from forms.collection.overview import periods_of, requirement_rows, rows_of_period
from forms.collection.progress import source, tallies
from forms.submissions.models import Submission
from portal.units.enums import Role
from tests.factories.collection import ExpectedReportFactory, PeriodFactory
from tests.factories.submissions import report_in
from tests.factories.units import person

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def test_counts_and_rates_are_those_counted_by_hand() -> None:
    period = PeriodFactory.create()
    for state, number in [(None, 4), *zip(ReportState, (1, 1, 2, 3, 2), strict=True)]:
        for _ in range(number):
            expected = ExpectedReportFactory.create(period=period)
            if state is not None:
                report_in(state, expected)
    now = timezone.now()
    tally = tallies(ExpectedReport.objects.all(), now=now)[period.pk]
    assert (tally.expected, tally.not_begun, tally.draft, tally.in_sign_off) == (13, 4, 1, 1)
    assert (tally.submitted, tally.returned, tally.accepted) == (2, 3, 2)
    assert str(tally.completeness) == "4/13 (30.8%)"
    assert str(tally.timeliness) == "4/13 (30.8%)"
    assert tally.overdue == 0
    assert tallies(ExpectedReport.objects.all(), now=period.due_at + DAY)[period.pk].overdue == 9


def test_what_was_first_sent_late_is_complete_but_not_timely() -> None:
    found = report_in(ReportState.ACCEPTED)
    due = found.expected.period.due_at
    Submission.objects.update(first_sent_at=due + DAY)
    tally = tallies(ExpectedReport.objects.all(), now=due)[found.expected.period_id]
    assert (tally.completeness.part, tally.timeliness.part) == (1, 0)
    ExpectedReport.objects.update(due_override=due + 2 * DAY)
    tally = tallies(ExpectedReport.objects.all(), now=due)[found.expected.period_id]
    assert tally.timeliness.part == 1, "measured by the unit's own date"


def test_a_due_date_moved_for_one_unit_keeps_it_from_being_overdue() -> None:
    now = timezone.now()
    period = PeriodFactory.create(due_at=now - DAY)
    ExpectedReportFactory.create(period=period)
    ExpectedReportFactory.create(period=period, due_override=now + DAY)
    assert tallies(ExpectedReport.objects.all(), now=now)[period.pk].overdue == 1


def test_facts_tell_who_sent_when_without_the_answers() -> None:
    found = report_in(ReportState.SUBMITTED)
    fact = source().facts(ExpectedReport.objects.all())[found.expected.pk]
    assert (fact.state, fact.sent_by, fact.late) == (ReportState.SUBMITTED, found.reporter.name, False)


def test_a_unit_sees_its_own_row_and_counts_only() -> None:
    found = report_in(ReportState.SUBMITTED)
    period = found.expected.period
    for _ in range(3):
        report_in(ReportState.ACCEPTED, ExpectedReportFactory.create(period=period))
    now = timezone.now()
    (row,) = rows_of_period(period, user=found.reporter, now=now)
    assert row.expected == found.expected
    (shown,) = periods_of(period.requirement, user=found.reporter, now=now)
    assert shown.tally.expected == 1
    assert len(rows_of_period(period, user=found.coordinator, now=now)) == 4


def test_a_link_leads_only_to_what_the_person_may_read() -> None:
    period = PeriodFactory.create()
    readable = {}
    for state in ReportState:
        report = report_in(state, ExpectedReportFactory.create(period=period))
        readable[report.expected.unit_id] = state not in {ReportState.DRAFT, ReportState.SIGN_OFF}
    coordinator = person(Role.COORDINATOR, period.requirement.owner)
    rows = rows_of_period(period, user=coordinator, now=timezone.now())
    assert {row.expected.unit_id: row.may_read for row in rows} == readable


def test_periods_that_have_not_opened_do_not_count_against_a_requirement() -> None:
    period = PeriodFactory.create()
    report_in(ReportState.ACCEPTED, ExpectedReportFactory.create(period=period))
    later = PeriodFactory.create(
        requirement=period.requirement, opens_at=period.due_at + DAY, due_at=period.due_at + 2 * DAY
    )
    ExpectedReportFactory.create(period=later)
    coordinator = person(Role.COORDINATOR, period.requirement.owner)
    (row,) = requirement_rows([period.requirement], user=coordinator, now=timezone.now())
    assert str(row.completeness) == "1/1 (100.0%)"
    assert row.next_period is not None
    assert row.next_period.period == period
