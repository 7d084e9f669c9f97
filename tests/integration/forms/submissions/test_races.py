"""Several hands on one report at the same moment; `test_fifty` has fifty.

PostgreSQL is raced by threads, each with a connection of its own. SQLite in memory has one connection for all, so there
the same calls come one after the other: what matters is that the result is the same.
"""

import threading
import uuid
from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection
from django.utils import timezone

from forms.builder.schema import FormSchema
from forms.collection.enums import ReportState
from forms.collection.expecting import ensure_expected_reports
from forms.collection.models import ExpectedReport
from forms.submissions.drafts.autosaving import Autosaved, Typed, autosave
from forms.submissions.drafts.parts import bases_of
from forms.submissions.errors import ReportRefusedError
from forms.submissions.filling import fill_in
from forms.submissions.models import Submission, SubmissionEvent, SubmissionVersion
from forms.submissions.posted import Filled, Posted
from forms.submissions.receipts import issuing
from forms.submissions.receipts.numbers import new_number
from forms.submissions.review.services import accept, return_report
from forms.submissions.services import save_draft, submit
from portal.units.enums import Role
from tests.factories.builder import question
from tests.factories.collection import ANSWERS, PeriodFactory, RequirementFactory
from tests.factories.submissions import Sides, asked_for, report_in, sides
from tests.factories.units import UnitFactory, person
from tests.integration import at_once as together

pytestmark = pytest.mark.django_db(transaction=True)


at_once = partial(together.at_once, refusal=ReportRefusedError)


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


def test_fifty_clicks_of_one_reviewer_accept_once() -> None:
    found = report_in(ReportState.SUBMITTED)
    report = found.report
    results = at_once(*[lambda: accept(user=found.coordinator, submission=report, version=1)] * 50)
    assert all(isinstance(result, Submission) for result in results)
    assert SubmissionEvent.objects.filter(step="accepted").count() == 1


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


def test_saving_by_itself_and_sending_at_once_neither_loses_nor_changes_what_was_sent() -> None:
    schema = FormSchema("表", fields=(question("text", "q", "问题"), question("text", "other", "别的")))
    found = asked_for(schema)
    blank = bases_of(schema, {})
    version = found.expected.period.version
    assert version is not None
    now = timezone.now()

    def post() -> object:
        posted = Posted(
            data={"q": "报送的", "other": ""},
            files=None,
            revision=0,
            key=uuid.uuid4(),
            sending=True,
            bases=blank,
            digest=version.digest,
        )
        return fill_in(user=found.reporter, expected=found.expected, posted=posted, now=now)

    own = Typed(data={"q": "报送的"}, bases={"q": blank["q"]})
    saving = partial(autosave, user=found.reporter, expected=found.expected, typed=own, now=now)
    results = at_once(post, *[saving] * 5)
    assert SubmissionVersion.objects.get().answers == {"q": "报送的"}
    assert found.report.state == ReportState.SUBMITTED
    assert all(isinstance(one, Filled | Autosaved | ReportRefusedError) for one in results)
