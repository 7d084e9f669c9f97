"""Who is told when a report moves."""

import uuid

import pytest
from django.test import Client
from django.utils import translation

from forms.collection.enums import ReportState
from forms.submissions.petitions.services import ask_to_reopen, decide
from forms.submissions.review.services import accept, return_report
from forms.submissions.signing import hand_in, send_back_inside, sign_off, withdraw
from portal.accounts.models import User
from portal.notifications.enums import Kind
from portal.notifications.models import Notification
from portal.units.enums import Role
from tests.factories.collection import ANSWERS
from tests.factories.submissions import Sides, report_in, send
from tests.factories.units import person

pytestmark = pytest.mark.django_db


def told(user: User) -> list[str]:
    return list(Notification.objects.filter(recipient=user).order_by("pk").values_list("kind", flat=True))


def test_a_return_is_told_to_the_reporters_with_the_reason_and_leads_to_the_report() -> None:
    found = report_in(ReportState.SUBMITTED)
    colleague = person(Role.REPORTER, found.expected.unit)
    stranger = person(Role.REPORTER)
    return_report(user=found.coordinator, submission=found.report, version=1, reason="请补充救助人次。")
    assert told(found.reporter) == told(colleague) == [Kind.REPORT_RETURNED]
    assert told(stranger) == told(found.coordinator) == []
    notification = Notification.objects.get(recipient=found.reporter)
    assert "请补充救助人次。" in notification.text
    with translation.override("en"):
        assert notification.shown_title.startswith("Returned: ")
    client = Client()
    client.force_login(found.reporter)
    assert "请补充救助人次。" in client.get(f"/inbox/{notification.pk}/", follow=True).content.decode()


def test_a_second_return_is_told_again_and_a_second_click_is_not() -> None:
    found = report_in(ReportState.RETURNED)
    return_report(user=found.coordinator, submission=found.report, version=1, reason="请补充救助人次。")
    assert told(found.reporter) == [Kind.REPORT_RETURNED]
    send(found)
    return_report(user=found.coordinator, submission=found.report, version=2, reason="仍不完整。")
    assert told(found.reporter) == [Kind.REPORT_RETURNED] * 2


def test_accepting_is_told_to_the_unit() -> None:
    found = report_in(ReportState.SUBMITTED)
    accept(user=found.coordinator, submission=found.report, version=1)
    assert told(found.reporter) == [Kind.REPORT_ACCEPTED]


def test_whoever_has_left_is_not_told() -> None:
    found = report_in(ReportState.SUBMITTED)
    found.reporter.memberships.all().delete()
    accept(user=found.coordinator, submission=found.report, version=1)
    assert told(found.reporter) == []


def handed_in() -> tuple[Sides, User]:
    found = report_in(ReportState.DRAFT)
    requirement = found.expected.period.requirement
    requirement.needs_sign_off = True
    requirement.save()
    reviewer = person(Role.UNIT_REVIEWER, found.expected.unit)
    hand_in(
        user=found.reporter,
        expected=found.expected,
        answers=ANSWERS,
        revision=found.report.revision,
        key=uuid.uuid4(),
    )
    return found, reviewer


def test_handing_in_is_told_to_the_reviewer_and_sending_back_to_whoever_handed_it_in() -> None:
    found, reviewer = handed_in()
    colleague = person(Role.REPORTER, found.expected.unit)
    assert told(reviewer) == [Kind.REPORT_HANDED_IN]
    assert told(found.reporter) == []
    send_back_inside(user=reviewer, submission=found.report, revision=found.report.revision, reason="数字有误。")
    assert told(found.reporter) == [Kind.REPORT_SENT_BACK]
    assert told(colleague) == []


def test_the_reviewer_who_signed_off_is_told_of_the_return_too() -> None:
    found, reviewer = handed_in()
    sign_off(user=reviewer, submission=found.report, revision=found.report.revision)
    return_report(user=found.coordinator, submission=found.report, version=1, reason="请补充。")
    assert told(reviewer) == [Kind.REPORT_HANDED_IN, Kind.REPORT_RETURNED]
    assert told(found.reporter) == [Kind.REPORT_RETURNED]


def test_nobody_is_told_of_sending_and_of_taking_back() -> None:
    found = report_in(ReportState.SUBMITTED)
    withdraw(user=found.reporter, submission=found.report, version=1, reason="数字有误。")
    assert not Notification.objects.exists()


def test_a_petition_is_told_to_those_who_may_decide_and_its_answer_to_whoever_asked() -> None:
    found = report_in(ReportState.ACCEPTED)
    second = person(Role.COORDINATOR, found.expected.period.requirement.owner)
    Notification.objects.all().delete()
    petition = ask_to_reopen(user=found.coordinator, expected=found.expected, reason="数字有误。")
    assert told(second) == [Kind.PETITION_ASKED]
    assert told(found.coordinator) == told(found.reporter) == []
    decide(user=second, petition=petition, approve=True)
    assert told(found.coordinator) == [Kind.PETITION_DECIDED]
    assert told(found.reporter) == [Kind.REPORT_REOPENED]
    assert told(second) == [Kind.PETITION_ASKED]


def test_where_nobody_else_collects_the_leaders_are_told_of_a_reopening() -> None:
    found = report_in(ReportState.ACCEPTED)
    leader = person(Role.LEADER)
    ask_to_reopen(user=found.coordinator, expected=found.expected, reason="数字有误。")
    assert told(leader) == [Kind.PETITION_ASKED]


def test_a_refusal_says_why() -> None:
    found = report_in(ReportState.ACCEPTED)
    second = person(Role.COORDINATOR, found.expected.period.requirement.owner)
    petition = ask_to_reopen(user=found.coordinator, expected=found.expected, reason="数字有误。")
    decide(user=second, petition=petition, approve=False, answer="理由不充分。")
    notification = Notification.objects.get(recipient=found.coordinator)
    assert "不予批准" in notification.title
    assert "理由不充分。" in notification.text
