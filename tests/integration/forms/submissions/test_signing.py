"""Signing off inside the unit, and withdrawing."""

import datetime
import uuid

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from forms.collection.enums import ReportState
from forms.submissions.counts import WaitingKind, waiting_for
from forms.submissions.enums import Step
from forms.submissions.errors import (
    NotAllowedError,
    ReasonMissingError,
    StaleRevisionError,
    WindowClosedError,
    WrongStateError,
)
from forms.submissions.models import Submission, SubmissionVersion
from forms.submissions.review.services import accept, return_report
from forms.submissions.services import save_draft, submit
from forms.submissions.signing import hand_in, needs_sign_off, recall, send_back_inside, sign_off, withdraw
from portal.accounts.models import User
from portal.units.enums import Role
from portal.units.standing_in.services import delegable, name_stand_in
from tests.factories.collection import ANSWERS, ExpectedReportFactory, PeriodFactory
from tests.factories.submissions import Sides, report_in, sides
from tests.factories.units import person

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


def signed() -> tuple[Sides, User]:
    """An expected report that must be signed off, and the unit's reviewer."""
    expected = ExpectedReportFactory.create(period__requirement__needs_sign_off=True)
    return sides(expected), person(Role.UNIT_REVIEWER, expected.unit)


def handed_in() -> tuple[Sides, User]:
    """The same, filled in and handed to the reviewer."""
    found, reviewer = signed()
    hand_in(user=found.reporter, expected=found.expected, answers=ANSWERS, revision=0, key=uuid.uuid4())
    return found, reviewer


def browser(user: User) -> Client:
    """A signed-in browser in Chinese."""
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(user)
    return client


def test_what_is_handed_in_has_not_been_sent_and_the_collecting_unit_sees_nothing() -> None:
    found, reviewer = handed_in()
    assert found.report.report_state == ReportState.SIGN_OFF
    assert found.report.first_sent_at is None
    assert not SubmissionVersion.objects.exists()
    assert not Submission.objects.visible_to(found.coordinator).exists()
    numbers = {one.kind: one.number for one in waiting_for(reviewer)}
    assert numbers[WaitingKind.SIGN_OFF] == 1


def test_signing_off_sends_what_was_handed_in_and_names_both() -> None:
    found, reviewer = handed_in()
    version = sign_off(user=reviewer, submission=found.report, revision=found.report.revision)
    assert (version.sent_by, version.prepared_by, version.answers) == (reviewer, found.reporter, ANSWERS)
    assert found.report.report_state == ReportState.SUBMITTED
    again = sign_off(user=reviewer, submission=found.report, revision=0)
    assert again == version
    assert SubmissionVersion.objects.count() == 1


def test_a_reporter_can_neither_send_past_the_reviewer_nor_sign_off() -> None:
    found, _reviewer = signed()
    with pytest.raises(NotAllowedError):
        submit(user=found.reporter, expected=found.expected, answers=ANSWERS, revision=0, key=uuid.uuid4())
    hand_in(user=found.reporter, expected=found.expected, answers=ANSWERS, revision=0, key=uuid.uuid4())
    with pytest.raises(NotAllowedError):
        sign_off(user=found.reporter, submission=found.report, revision=found.report.revision)
    with pytest.raises(NotAllowedError):
        sign_off(user=found.coordinator, submission=found.report, revision=found.report.revision)


def test_the_reviewer_sends_at_once_what_the_reviewer_has_filled_in() -> None:
    found, reviewer = signed()
    sent = submit(user=reviewer, expected=found.expected, answers=ANSWERS, revision=0, key=uuid.uuid4())
    assert sent.version.prepared_by is None


def test_the_same_key_is_handed_in_once() -> None:
    found, _reviewer = signed()
    key = uuid.uuid4()
    for _attempt in range(2):
        hand_in(user=found.reporter, expected=found.expected, answers=ANSWERS, revision=0, key=key)
    assert [event.step for event in found.report.events.all()] == [Step.ASK, Step.CREATE]


def test_while_it_waits_nobody_writes_in_it_until_it_is_taken_or_sent_back() -> None:
    found, reviewer = handed_in()
    with pytest.raises(WrongStateError):
        save_draft(user=found.reporter, expected=found.expected, answers={}, revision=found.report.revision)
    recall(user=found.reporter, submission=found.report, revision=found.report.revision)
    assert found.report.report_state == ReportState.DRAFT
    hand_in(
        user=found.reporter,
        expected=found.expected,
        answers=ANSWERS,
        revision=found.report.revision,
        key=uuid.uuid4(),
    )
    with pytest.raises(ReasonMissingError):
        send_back_inside(user=reviewer, submission=found.report, revision=found.report.revision, reason=" ")
    with pytest.raises(StaleRevisionError):
        send_back_inside(user=reviewer, submission=found.report, revision=1, reason="数字有误")
    send_back_inside(user=reviewer, submission=found.report, revision=found.report.revision, reason="数字有误")
    assert (found.report.report_state, found.report.reason) == (ReportState.DRAFT, "数字有误")


def test_what_the_collecting_unit_returned_stays_returned_when_the_reviewer_sends_it_back() -> None:
    found, reviewer = handed_in()
    sign_off(user=reviewer, submission=found.report, revision=found.report.revision)
    return_report(user=found.coordinator, submission=found.report, version=1, reason="缺附件")
    hand_in(
        user=found.reporter,
        expected=found.expected,
        answers=ANSWERS,
        revision=found.report.revision,
        key=uuid.uuid4(),
    )
    assert Submission.objects.visible_to(found.coordinator).exists()  # as it was sent the first time
    send_back_inside(user=reviewer, submission=found.report, revision=found.report.revision, reason="仍缺附件")
    assert found.report.report_state == ReportState.RETURNED


def test_after_closing_nothing_is_signed_off_that_was_never_sent() -> None:
    now = timezone.now()
    period = PeriodFactory.create(
        opens_at=now - 9 * DAY, due_at=now + DAY, closes_at=now + DAY, requirement__needs_sign_off=True
    )
    found = sides(ExpectedReportFactory.create(period=period))
    reviewer = person(Role.UNIT_REVIEWER, found.expected.unit)
    hand_in(user=found.reporter, expected=found.expected, answers=ANSWERS, revision=0, key=uuid.uuid4())
    with pytest.raises(WindowClosedError):
        sign_off(user=reviewer, submission=found.report, revision=found.report.revision, now=now + 3 * DAY)
    assert found.report.report_state == ReportState.SIGN_OFF


def test_a_unit_withdraws_what_nobody_has_decided_on_and_only_that() -> None:
    found = report_in(ReportState.SUBMITTED)
    with pytest.raises(ReasonMissingError):
        withdraw(user=found.reporter, submission=found.report, version=1, reason="")
    with pytest.raises(NotAllowedError):
        withdraw(user=found.coordinator, submission=found.report, version=1, reason="数字有误")
    withdraw(user=found.reporter, submission=found.report, version=1, reason="数字有误")
    assert found.report.report_state == ReportState.RETURNED
    accepted = report_in(ReportState.ACCEPTED)
    with pytest.raises(WrongStateError):
        withdraw(user=accepted.reporter, submission=accepted.report, version=1, reason="数字有误")


def test_a_withdrawn_report_cannot_be_accepted_by_whoever_still_has_it_open() -> None:
    found = report_in(ReportState.SUBMITTED)
    withdraw(user=found.reporter, submission=found.report, version=1, reason="数字有误")
    with pytest.raises(WrongStateError):
        accept(user=found.coordinator, submission=found.report, version=1)


# --- on screens ---


def test_reporter_and_reviewer_work_it_out_on_their_pages() -> None:
    found, reviewer = signed()
    number = found.expected.pk
    post = {"action": "submit", "revision": "0", "key": str(uuid.uuid4()), "summary": "完成巡查"}
    tables = {"problems.-TOTAL_FORMS": "0", "problems.-INITIAL_FORMS": "0"}
    handed = browser(found.reporter).post(f"/reports/{number}/fill/", post | tables, follow=True)
    assert "单位审核" in handed.content.decode()
    again = browser(found.reporter).post(f"/reports/{number}/fill/", post | tables)
    assert again["Location"] == f"/reports/{number}/"
    assert "待单位审核" in browser(reviewer).get("/reports/").content.decode()
    page = browser(reviewer).get(f"/reports/{number}/")
    assert "完成巡查" in page.content.decode()
    stale = browser(reviewer).post(
        f"/reports/{number}/send-back/", {"revision": "0", "reason": "请核对人次"}, follow=True
    )
    assert "请核对人次" in stale.content.decode()  # what was typed is there to be copied
    revision = found.report.revision
    assert browser(found.reporter).post(f"/reports/{number}/sign-off/", {"revision": revision}).status_code == 403
    browser(reviewer).post(f"/reports/{number}/sign-off/", {"revision": revision})
    assert found.report.report_state == ReportState.SUBMITTED
    shown = browser(found.coordinator).get(f"/reports/{number}/").content.decode()
    assert str(found.reporter) in shown
    browser(found.reporter).post(f"/reports/{number}/withdraw/", {"version": "1", "reason": "数字有误"})
    assert found.report.report_state == ReportState.RETURNED


@pytest.mark.parametrize("step", ["sign-off", "send-back", "recall", "withdraw"])
def test_nobody_else_takes_these_steps(step: str) -> None:
    found, _reviewer = handed_in()
    stranger = person(Role.UNIT_REVIEWER)
    assert browser(stranger).post(f"/reports/{found.expected.pk}/{step}/", {"revision": "1"}).status_code == 404
    leader = person(Role.LEADER)
    assert browser(leader).post(f"/reports/{found.expected.pk}/{step}/", {"revision": "1"}).status_code in (403, 404)
    assert found.report.report_state == ReportState.SIGN_OFF


def test_a_stand_in_signs_off_for_the_reviewer_and_the_history_says_so() -> None:
    found, reviewer = handed_in()
    colleague = standing_in(reviewer, person(Role.STAFF, found.expected.unit))
    sign_off(user=colleague, submission=found.report, revision=found.report.revision)
    event = found.report.events.get(step=Step.SUBMIT)
    assert (event.user, event.for_whom) == (colleague, reviewer)
    assert f"（代 {reviewer}）" in browser(colleague).get(f"/reports/{found.expected.pk}/").text


def test_a_reporter_who_stands_in_for_the_reviewer_does_not_sign_off_the_own_report() -> None:
    found, reviewer = signed()
    standing_in(reviewer, found.reporter)
    reporter = User.objects.get(pk=found.reporter.pk)
    assert needs_sign_off(reporter, found.expected)
    hand_in(user=reporter, expected=found.expected, answers=ANSWERS, revision=0, key=uuid.uuid4())
    with pytest.raises(NotAllowedError):
        sign_off(user=reporter, submission=found.report, revision=found.report.revision)
    page = browser(reporter).get(f"/reports/{found.expected.pk}/").text
    assert reverse("submissions:sign_off", args=[found.expected.pk]) not in page
    sign_off(user=reviewer, submission=found.report, revision=found.report.revision)
    assert found.report.events.get(step=Step.SUBMIT).for_whom is None
    assert found.report.events.get(step=Step.ASK).for_whom is None


def test_a_stand_in_of_the_coordinator_accepts_for_them() -> None:
    found = sides()
    submit(user=found.reporter, expected=found.expected, answers=ANSWERS, revision=0, key=uuid.uuid4())
    owner = found.expected.period.requirement.owner
    colleague = standing_in(found.coordinator, person(Role.STAFF, owner))
    accept(user=colleague, submission=found.report, version=1)
    assert found.report.events.get(step=Step.ACCEPT).for_whom == found.coordinator


def standing_in(absent: User, stand_in: User) -> User:
    """The stand-in, with the roles of one who is absent today."""
    today = timezone.localdate()
    held = delegable(absent, today)
    name_stand_in(memberships=held, stand_in=stand_in, first=today, last=today)
    return User.objects.get(pk=stand_in.pk)
