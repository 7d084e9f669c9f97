"""Exceptions: one person asks, another decides, both on record."""

import datetime
import uuid

import pytest
from django.test import Client
from django.utils import timezone

from forms.collection.enums import ReportState
from forms.submissions.errors import (
    NotAllowedError,
    ReasonMissingError,
    ReportRefusedError,
    WindowClosedError,
    WrongStateError,
)
from forms.submissions.models import Petition, Submission
from forms.submissions.petitions.services import ask_to_reopen, ask_to_send_late, decide
from forms.submissions.review.services import accept
from forms.submissions.services import submit
from portal.accounts.models import User
from portal.audit.models import AuditEvent
from portal.units.enums import Role
from tests.factories.collection import ANSWERS, ExpectedReportFactory, PeriodFactory
from tests.factories.submissions import Sides, report_in, send, sides
from tests.factories.units import person

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


def second_of(found: Sides) -> User:
    """Another coordinator of the collecting unit."""
    return person(Role.COORDINATOR, found.expected.period.requirement.owner)


def closed() -> Sides:
    """A report whose period has closed without it."""
    now = timezone.now()
    period = PeriodFactory.create(opens_at=now - 9 * DAY, due_at=now - 3 * DAY, closes_at=now - DAY)
    return sides(ExpectedReportFactory.create(period=period))


def browser(user: User) -> Client:
    """A signed-in browser in Chinese."""
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(user)
    return client


def test_an_accepted_report_is_reopened_by_two_and_counts_no_more() -> None:
    found = report_in(ReportState.ACCEPTED)
    petition = ask_to_reopen(user=found.coordinator, expected=found.expected, reason="人次统计口径有误")
    assert found.report.report_state == ReportState.ACCEPTED
    with pytest.raises(NotAllowedError):
        decide(user=found.coordinator, petition=petition, approve=True)
    decide(user=second_of(found), petition=petition, approve=True)
    assert (found.report.report_state, found.report.reason) == (ReportState.RETURNED, "人次统计口径有误")
    assert found.report.accepted_version is None
    send(found)
    accept(user=found.coordinator, submission=found.report, version=2)


def test_a_leader_may_be_the_second_person_and_a_refusal_needs_an_answer() -> None:
    found = report_in(ReportState.ACCEPTED)
    petition = ask_to_reopen(user=found.coordinator, expected=found.expected, reason="口径有误")
    leader = person(Role.LEADER)
    with pytest.raises(ReasonMissingError):
        decide(user=leader, petition=petition, approve=False)
    decided = decide(user=leader, petition=petition, approve=False, answer="数据已公布")
    assert decided.is_approved is False
    assert found.report.report_state == ReportState.ACCEPTED
    with pytest.raises(WrongStateError):
        decide(user=leader, petition=petition, approve=True)
    assert AuditEvent.objects.filter(summary="report.petition_decided").count() == 1


def test_only_accepted_reports_are_reopened_and_only_by_those_who_collect_them() -> None:
    found = report_in(ReportState.SUBMITTED)
    with pytest.raises(WrongStateError):
        ask_to_reopen(user=found.coordinator, expected=found.expected, reason="口径有误")
    accepted = report_in(ReportState.ACCEPTED)
    with pytest.raises(NotAllowedError):
        ask_to_reopen(user=accepted.reporter, expected=accepted.expected, reason="口径有误")
    with pytest.raises(ReasonMissingError):
        ask_to_reopen(user=accepted.coordinator, expected=accepted.expected, reason=" ")


def test_asking_twice_makes_one_petition() -> None:
    found = report_in(ReportState.ACCEPTED)
    first = ask_to_reopen(user=found.coordinator, expected=found.expected, reason="口径有误")
    assert ask_to_reopen(user=second_of(found), expected=found.expected, reason="重复") == first
    assert Petition.objects.count() == 1


def test_a_late_report_is_taken_by_exception_until_a_day_and_stays_late() -> None:
    found, now = closed(), timezone.now()
    with pytest.raises(WindowClosedError):
        send(found)
    petition = ask_to_send_late(user=found.reporter, expected=found.expected, reason="台风停电")
    for until in (None, now - DAY, now + 400 * DAY):
        with pytest.raises(ReasonMissingError):
            decide(user=found.coordinator, petition=petition, approve=True, until=until)
    decide(user=found.coordinator, petition=petition, approve=True, until=now + 2 * DAY)
    expected = type(found.expected).objects.get(pk=found.expected.pk)
    sent = submit(user=found.reporter, expected=expected, answers=ANSWERS, revision=0, key=uuid.uuid4())
    assert sent.version.late
    other = closed()
    with pytest.raises(WindowClosedError):
        send(other)


def test_no_exception_is_asked_for_while_reports_are_taken_or_by_others() -> None:
    found = sides()
    with pytest.raises(WrongStateError):
        ask_to_send_late(user=found.reporter, expected=found.expected, reason="台风")
    shut = closed()
    for stranger in (shut.coordinator, person(Role.REPORTER)):
        with pytest.raises(ReportRefusedError):
            ask_to_send_late(user=stranger, expected=shut.expected, reason="台风")


# --- on screens ---


def test_the_unit_asks_on_the_closed_page_and_the_coordinator_decides_in_the_list() -> None:
    found = closed()
    number = found.expected.pk
    page = browser(found.reporter).get(f"/reports/{number}/fill/")
    assert "申请补报" in page.content.decode()
    refused = browser(found.reporter).post(f"/reports/{number}/late/", {"reason": ""}, follow=True)
    assert "请写明" in refused.content.decode()
    browser(found.reporter).post(f"/reports/{number}/late/", {"reason": "台风停电"})
    listed = browser(found.coordinator).get("/reports/petitions/").content.decode()
    assert "台风停电" in listed
    assert "1 件申请待您审批" in browser(found.coordinator).get("/reports/review/").content.decode()
    petition = Petition.objects.get()
    until = timezone.localtime(timezone.now() + DAY).strftime("%Y-%m-%dT%H:%M")
    browser(found.coordinator).post(f"/reports/petitions/{petition.pk}/", {"approve": "on", "until": until})
    assert browser(found.reporter).get(f"/reports/{number}/fill/").templates[0].name == "submissions/fill.html"


def test_a_draft_that_was_closed_over_shows_the_way_too() -> None:
    found = closed()
    Submission.objects.create(
        expected=found.expected,
        form_version=found.expected.period.requirement.form.versions.get(),
        updated_by=found.reporter,
        updated_at=timezone.now(),
    )
    assert "申请补报" in browser(found.reporter).get(f"/reports/{found.expected.pk}/fill/").content.decode()


def test_reopening_is_asked_for_on_the_report_and_seen_there() -> None:
    found = report_in(ReportState.ACCEPTED)
    number = found.expected.pk
    browser(found.coordinator).post(f"/reports/{number}/reopen/", {"reason": "口径有误"})
    assert "口径有误" in browser(found.coordinator).get(f"/reports/{number}/").content.decode()
    petition = Petition.objects.get()
    own = browser(found.coordinator).post(f"/reports/petitions/{petition.pk}/", {"approve": "on"})
    assert own.status_code == 403
    browser(second_of(found)).post(f"/reports/petitions/{petition.pk}/", {"approve": "on"})
    assert found.report.report_state == ReportState.RETURNED


def test_strangers_see_and_decide_nothing() -> None:
    found = report_in(ReportState.ACCEPTED)
    petition = ask_to_reopen(user=found.coordinator, expected=found.expected, reason="口径有误")
    stranger = person(Role.COORDINATOR)
    assert "口径有误" not in browser(stranger).get("/reports/petitions/").content.decode()
    assert browser(stranger).post(f"/reports/petitions/{petition.pk}/", {"approve": "on"}).status_code == 404
    assert browser(person(Role.REPORTER)).get("/reports/petitions/").status_code == 403
