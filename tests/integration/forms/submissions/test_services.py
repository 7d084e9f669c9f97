"""Saving, sending, returning and accepting reports."""

import datetime
import uuid
from typing import Any

import pytest
from django.utils import timezone

from forms.collection.enums import ReportState, RequirementState
from forms.submissions.enums import Step
from forms.submissions.errors import (
    KeyTakenError,
    NotAllowedError,
    ReasonMissingError,
    ReportRefusedError,
    StaleRevisionError,
    WindowClosedError,
    WrongStateError,
)
from forms.submissions.files import reference
from forms.submissions.kept import KeptError
from forms.submissions.models import Submission, SubmissionEvent, SubmissionVersion
from forms.submissions.review.services import accept, return_report
from forms.submissions.services import save_draft, submit
from forms.submissions.signals import report_moved
from portal.audit.enums import AuditAction
from portal.audit.models import AuditEvent
from portal.units.enums import Role
from tests.factories.collection import ANSWERS, ExpectedReportFactory, PeriodFactory
from tests.factories.submissions import Sides, attach, report_in, send, send_with_file, sides
from tests.factories.units import person

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
OTHER = {"summary": "别人写的。"}


def steps_of(found: Sides) -> list[str]:
    """The history, oldest first."""
    return list(found.report.events.order_by("pk").values_list("step", flat=True))


def test_a_draft_is_kept_with_who_wrote_it() -> None:
    found = report_in(ReportState.DRAFT)
    assert (found.report.answers, found.report.state) == (ANSWERS, ReportState.DRAFT)
    assert found.report.updated_by == found.reporter


def test_saving_again_and_again_makes_one_note_in_the_history() -> None:
    found = report_in(ReportState.DRAFT)
    for number in range(3):
        save_draft(
            user=found.reporter, expected=found.expected, answers={"people": number}, revision=found.report.revision
        )
    assert steps_of(found) == [Step.CREATE]
    assert found.report.answers == {"people": 2}


def test_every_sending_is_kept_as_it_was_sent() -> None:
    found = report_in(ReportState.RETURNED)
    send(found, {"summary": "补充后。"})
    second, first = SubmissionVersion.objects.all()
    assert (first.number, first.answers) == (1, ANSWERS)
    assert (second.number, second.answers) == (2, {"summary": "补充后。"})
    assert first.content_hash != second.content_hash
    assert steps_of(found) == [Step.CREATE, Step.SUBMIT, Step.RETURN, Step.SUBMIT]


def test_the_same_key_gives_the_first_result_and_changes_nothing() -> None:
    found, key = sides(), uuid.uuid4()
    arguments: dict[str, Any] = {"user": found.reporter, "expected": found.expected, "revision": 0, "key": key}
    first = submit(answers=ANSWERS, **arguments)
    again = [submit(answers=answers, **arguments) for answers in (ANSWERS, OTHER)]
    assert not first.repeated
    assert all(sent.repeated and sent.version == first.version for sent in again)
    assert found.report.answers == ANSWERS
    assert AuditEvent.objects.filter(action=AuditAction.SUBMIT).count() == 1


def test_a_key_still_gives_the_first_result_after_the_report_was_accepted() -> None:
    found, key = sides(), uuid.uuid4()
    accept(user=found.coordinator, submission=send(found, key=key), version=1)
    send(found, key=key)
    assert found.report.state == ReportState.ACCEPTED


def test_a_key_of_another_report_is_refused() -> None:
    found, key = sides(), uuid.uuid4()
    send(found, key=key)
    other = sides()
    with pytest.raises(KeyTakenError):
        send(other, key=key)
    assert not Submission.objects.filter(pk=other.expected.pk).exists()


def test_who_saves_over_somebody_else_s_work_is_stopped() -> None:
    found = report_in(ReportState.DRAFT)
    colleague = person(Role.UNIT_REVIEWER, found.expected.unit)
    with pytest.raises(StaleRevisionError):
        save_draft(user=colleague, expected=found.expected, answers=OTHER, revision=0)
    with pytest.raises(StaleRevisionError):
        submit(user=colleague, expected=found.expected, answers=OTHER, revision=0, key=uuid.uuid4())
    assert found.report.answers == ANSWERS


def test_a_repeated_saving_of_the_same_answers_is_no_conflict() -> None:
    found = report_in(ReportState.DRAFT)
    saved = save_draft(user=found.reporter, expected=found.expected, answers=ANSWERS, revision=0)
    assert saved.revision == 1


@pytest.mark.parametrize("state", [ReportState.SUBMITTED, ReportState.ACCEPTED])
def test_a_report_that_lies_with_the_reviewer_or_is_accepted_cannot_be_written(state: ReportState) -> None:
    found = report_in(state)
    arguments: dict[str, Any] = {"user": found.reporter, "expected": found.expected, "revision": found.report.revision}
    with pytest.raises(WrongStateError):
        save_draft(answers=OTHER, **arguments)
    with pytest.raises(WrongStateError):
        submit(answers=OTHER, key=uuid.uuid4(), **arguments)


def test_returning_needs_a_reason_which_the_unit_reads() -> None:
    found = report_in(ReportState.SUBMITTED)
    with pytest.raises(ReasonMissingError):
        return_report(user=found.coordinator, submission=found.report, version=1, reason="  ")
    return_report(user=found.coordinator, submission=found.report, version=1, reason="请补充数字。")
    assert (found.report.state, found.report.reason) == (ReportState.RETURNED, "请补充数字。")
    send(found)
    assert found.report.reason == ""


def test_a_double_click_on_accept_or_return_is_one_decision() -> None:
    accepted, returned = report_in(ReportState.SUBMITTED), report_in(ReportState.SUBMITTED)
    for _ in range(2):
        accept(user=accepted.coordinator, submission=accepted.report, version=1)
        return_report(user=returned.coordinator, submission=returned.report, version=1, reason="请补充。")
    assert SubmissionEvent.objects.filter(step__in=[Step.ACCEPT, Step.RETURN]).count() == 2


def test_a_reviewer_cannot_decide_on_a_version_not_read() -> None:
    found = report_in(ReportState.RETURNED)
    send(found)
    with pytest.raises(StaleRevisionError):
        accept(user=found.coordinator, submission=found.report, version=1)
    assert accept(user=found.coordinator, submission=found.report, version=2).state == ReportState.ACCEPTED


def test_nothing_is_decided_on_twice() -> None:
    found = report_in(ReportState.ACCEPTED)
    with pytest.raises(WrongStateError):
        return_report(user=found.coordinator, submission=found.report, version=1, reason="又想了想。")


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.REPORTER, Role.UNIT_REVIEWER}])
def test_only_reporters_and_reviewers_of_the_unit_write(role: Role) -> None:
    found = sides()
    with pytest.raises(NotAllowedError):
        save_draft(user=person(role, found.expected.unit), expected=found.expected, answers={}, revision=0)
    assert not Submission.objects.exists()


def test_a_reporter_of_another_unit_writes_nothing() -> None:
    found = sides()
    with pytest.raises(NotAllowedError):
        submit(user=person(Role.REPORTER), expected=found.expected, answers={}, revision=0, key=uuid.uuid4())


@pytest.mark.parametrize("role", [role for role in Role if role != Role.COORDINATOR])
def test_only_coordinators_of_the_collecting_unit_decide(role: Role) -> None:
    found = report_in(ReportState.SUBMITTED)
    owner = found.expected.period.requirement.owner
    for somebody in (person(role, owner), person(Role.COORDINATOR), found.reporter):
        with pytest.raises(NotAllowedError):
            accept(user=somebody, submission=found.report, version=1)


def test_a_late_report_is_taken_and_marked_and_one_after_closing_is_refused() -> None:
    found = sides()
    due, closes = found.expected.period.due_at, found.expected.period.due_at + 5 * DAY
    found.expected.period.closes_at = closes
    found.expected.period.save()
    arguments: dict[str, Any] = {"user": found.reporter, "expected": found.expected, "answers": ANSWERS, "revision": 0}
    with pytest.raises(WindowClosedError):
        submit(key=uuid.uuid4(), now=closes + DAY, **arguments)
    assert submit(key=uuid.uuid4(), now=due + DAY, **arguments).version.late
    assert found.report.is_late


def test_what_came_back_after_closing_may_still_be_sent_again_and_is_not_late() -> None:
    found = report_in(ReportState.RETURNED)
    period = found.expected.period
    period.opens_at, period.due_at, period.closes_at = (timezone.now() - days * DAY for days in (9, 2, 1))
    period.save()
    Submission.objects.filter(pk=found.expected.pk).update(first_sent_at=period.due_at - DAY)
    send(found)
    assert not found.report.is_late
    assert not found.report.versions.get(number=2).late


def test_a_unit_with_a_date_of_its_own_is_measured_by_it() -> None:
    now = timezone.now()
    period = PeriodFactory.create(opens_at=now - 9 * DAY, due_at=now - 2 * DAY, closes_at=now - DAY)
    found = sides(ExpectedReportFactory.create(period=period, due_override=now + DAY))
    assert not send(found).is_late


def test_nothing_is_written_before_the_period_opens_or_after_the_requirement_ended() -> None:
    early = sides(ExpectedReportFactory.create(period=PeriodFactory.create(opens_at=timezone.now() + DAY)))
    with pytest.raises(WindowClosedError):
        save_draft(user=early.reporter, expected=early.expected, answers={}, revision=0)
    ended = report_in(ReportState.DRAFT)
    requirement = ended.expected.period.requirement
    requirement.state = RequirementState.CLOSED
    requirement.save()
    with pytest.raises(WindowClosedError):
        send(ended)


def test_answers_may_only_name_files_of_their_own_report() -> None:
    foreign = reference(attach(sides()))
    found = sides()
    with pytest.raises(ReportRefusedError):
        send(found, {"evidence": [foreign]})
    assert not Submission.objects.filter(pk=found.expected.pk).exists()


def test_a_sent_file_belongs_to_its_version_and_cannot_be_deleted() -> None:
    found = sides()
    kept = send_with_file(found)
    assert list(kept.versions.values_list("number", flat=True)) == [1]
    with pytest.raises(KeptError):
        kept.delete()


def test_what_is_kept_cannot_be_changed_or_deleted() -> None:
    found = report_in(ReportState.ACCEPTED)
    version, event = found.report.versions.get(), found.report.events.all()[0]
    for row in (version, event):
        with pytest.raises(KeptError):
            row.save()
        with pytest.raises(KeptError):
            row.delete()
    for rows in (SubmissionVersion.objects.all(), SubmissionEvent.objects.all()):
        with pytest.raises(KeptError):
            rows.update(submission=found.report)
        with pytest.raises(KeptError):
            rows.delete()


def test_every_decision_is_in_the_audit_log_without_the_answers() -> None:
    found = report_in(ReportState.RETURNED)
    accept(user=found.coordinator, submission=send(found), version=2)
    told = AuditEvent.objects.filter(target_type="submissions.submission").order_by("pk")
    assert [event.action for event in told] == [
        AuditAction.SUBMIT,
        AuditAction.RETURN,
        AuditAction.SUBMIT,
        AuditAction.ACCEPT,
    ]
    assert "街面巡查" not in str([event.details for event in told])


def test_listeners_are_told_inside_the_transaction_and_can_stop_it() -> None:
    found = report_in(ReportState.SUBMITTED)

    def refuse(**_arguments: object) -> None:
        raise RuntimeError("the outbox is full")

    report_moved.connect(refuse)
    try:
        with pytest.raises(RuntimeError):
            accept(user=found.coordinator, submission=found.report, version=1)
    finally:
        report_moved.disconnect(refuse)
    assert found.report.state == ReportState.SUBMITTED
