"""Many hands on one report at the same moment.

PostgreSQL is raced by threads, each with a connection of its own. SQLite in memory has one connection for all, so there
the same calls come one after the other: what matters is that the result is the same.
"""

import threading
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections
from django.utils import timezone

from forms.collection.enums import ReportState
from forms.collection.expecting import ensure_expected_reports
from forms.collection.models import ExpectedReport
from forms.submissions.errors import ReportRefusedError
from forms.submissions.models import Submission, SubmissionEvent, SubmissionVersion
from forms.submissions.receipts import issuing
from forms.submissions.receipts.numbers import new_number
from forms.submissions.reviewing import accept, return_report
from forms.submissions.services import save_draft, submit
from portal.audit.enums import AuditAction
from portal.audit.models import AuditEvent
from portal.units.enums import Role
from tests.factories.collection import ANSWERS, PeriodFactory, RequirementFactory
from tests.factories.submissions import Sides, report_in, sides
from tests.factories.units import UnitFactory, person

pytestmark = pytest.mark.django_db(transaction=True)
HANDS = 20


def at_once(*calls: Callable[[], object]) -> list[object]:
    """Results of the calls, refusals among them; all begin together where the database allows it."""
    start = threading.Barrier(len(calls) if connection.vendor == "postgresql" else 1)

    def run(call: Callable[[], object]) -> object:
        start.wait(timeout=30)
        try:
            return call()
        except ReportRefusedError as refusal:
            return refusal
        finally:
            if connection.vendor == "postgresql":
                connections.close_all()

    if connection.vendor == "postgresql":
        with ThreadPoolExecutor(len(calls)) as hands:
            return list(hands.map(run, calls))
    return [run(call) for call in calls]


def test_twenty_identical_posts_make_one_version() -> None:
    found, key = sides(), uuid.uuid4()

    def post() -> int:
        sent = submit(user=found.reporter, expected=found.expected, answers=ANSWERS, revision=0, key=key)
        return sent.version.pk

    results = at_once(*[post] * HANDS)
    assert len(set(results)) == 1
    assert SubmissionVersion.objects.count() == 1
    assert AuditEvent.objects.filter(action=AuditAction.SUBMIT).count() == 1


def test_of_twenty_pages_with_keys_of_their_own_one_is_sent_and_the_others_are_told() -> None:
    found = sides()

    def post(answers: dict[str, object]) -> Callable[[], object]:
        return lambda: submit(
            user=found.reporter, expected=found.expected, answers=answers, revision=0, key=uuid.uuid4()
        )

    results = at_once(*[post({"people": number}) for number in range(HANDS)])
    refused = [result for result in results if isinstance(result, ReportRefusedError)]
    assert len(refused) == HANDS - 1
    assert SubmissionVersion.objects.get().answers == found.report.answers


def test_of_two_savers_one_wins_and_the_other_is_told() -> None:
    found = sides()
    colleague = person(Role.REPORTER, found.expected.unit)
    results = at_once(
        lambda: save_draft(user=found.reporter, expected=found.expected, answers={"people": 1}, revision=0),
        lambda: save_draft(user=colleague, expected=found.expected, answers={"people": 2}, revision=0),
    )
    assert sum(isinstance(result, ReportRefusedError) for result in results) == 1
    assert found.report.revision == 1


def test_accepting_and_returning_at_once_leaves_one_decision() -> None:
    found = report_in(ReportState.SUBMITTED)
    colleague = person(Role.COORDINATOR, found.expected.period.requirement.owner)
    report = found.report
    results = at_once(
        lambda: accept(user=found.coordinator, submission=report, version=1),
        lambda: return_report(user=colleague, submission=report, version=1, reason="请补充。"),
    )
    assert sum(isinstance(result, Submission) for result in results) == 1
    assert SubmissionEvent.objects.exclude(reason="").count() == (found.report.state == ReportState.RETURNED)


def test_two_workers_expect_nothing_twice() -> None:
    requirement = RequirementFactory.create(units=[UnitFactory.create() for _ in range(5)])
    PeriodFactory.create(requirement=requirement)
    results = at_once(*[lambda: ensure_expected_reports(requirement=requirement)] * 4)
    assert sorted(results) == [0, 0, 0, 5]  # type: ignore[type-var]
    assert ExpectedReport.objects.count() == 5


def test_reports_sent_at_once_never_share_a_receipt_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody draws the same number first, and again the next few times."""
    hands = 8
    drawn = threading.local()

    def draw(sent_at: object) -> str:
        drawn.times = getattr(drawn, "times", -1) + 1
        taken = drawn.times < 2 and connection.vendor == "postgresql"
        return "2026112800000000" if taken else new_number(timezone.now())

    monkeypatch.setattr(issuing, "new_number", draw)
    reports = [sides() for _ in range(hands)]

    def post(found: Sides) -> Callable[[], object]:
        return lambda: submit(
            user=found.reporter, expected=found.expected, answers=ANSWERS, revision=0, key=uuid.uuid4()
        )

    at_once(*[post(found) for found in reports])
    numbers = list(SubmissionVersion.objects.values_list("receipt_number", flat=True))
    assert len(numbers) == len(set(numbers)) == hands
