"""Steps that are taken once more because the first answer was lost, and clocks that do not run evenly."""

import datetime
from collections.abc import Callable

import pytest
from django.utils import timezone

from forms.collection.enums import ReportState
from forms.submissions.errors import ReportRefusedError
from forms.submissions.petitions.services import ask_to_reopen, decide
from forms.submissions.review.services import accept
from forms.submissions.signing import recall, send_back_inside, withdraw
from portal.notifications.models import Notification
from portal.units.enums import Role
from tests.factories.submissions import Sides, report_in
from tests.factories.units import person
from tests.integration.forms.submissions.soundness import faults_of

pytestmark = pytest.mark.django_db


def twice(found: Sides, step: Callable[[], object]) -> None:
    """Taking it again changes nothing and tells nobody."""
    step()
    before = (found.report.revision, found.report.events.count(), Notification.objects.count())
    step()
    assert before == (found.report.revision, found.report.events.count(), Notification.objects.count())
    assert not faults_of(found.expected.pk)


def test_withdrawing_once_more_is_done_already() -> None:
    found = report_in(ReportState.SUBMITTED)
    report, colleague = found.report, person(Role.REPORTER, found.expected.unit)
    twice(found, lambda: withdraw(user=found.reporter, submission=report, version=1, reason="有误"))
    with pytest.raises(ReportRefusedError):
        withdraw(user=colleague, submission=report, version=1, reason="有误")


def test_recalling_and_sending_back_inside_once_more_are_done_already() -> None:
    for step in ("recall", "send back"):
        found = report_in(ReportState.SIGN_OFF)
        report, reviewer = found.report, person(Role.UNIT_REVIEWER, found.expected.unit)
        if step == "recall":
            twice(found, lambda: recall(user=found.reporter, submission=report, revision=1))  # noqa: B023
        else:
            twice(
                found,
                lambda: send_back_inside(user=reviewer, submission=report, revision=1, reason="不全"),  # noqa: B023
            )


def test_deciding_on_a_petition_once_more_gives_what_was_decided() -> None:
    found = report_in(ReportState.ACCEPTED)
    owner = found.expected.period.requirement.owner
    first, second = person(Role.COORDINATOR, owner), person(Role.COORDINATOR, owner)
    petition = ask_to_reopen(user=found.coordinator, expected=found.expected, reason="数字有误")
    twice(found, lambda: decide(user=first, petition=petition, approve=True))
    for user, approve in ((first, False), (second, True)):
        with pytest.raises(ReportRefusedError):
            decide(user=user, petition=petition, approve=approve, answer="不同意")


def test_whoever_looked_at_the_clock_before_waiting_for_others_still_comes_after_them() -> None:
    found = report_in(ReportState.SUBMITTED)
    sent = found.report.events.first()
    assert sent is not None
    accept(user=found.coordinator, submission=found.report, version=1, now=sent.at - datetime.timedelta(seconds=3))
    newest = found.report.events.first()
    assert newest is not None
    assert (newest.step, newest.at) == ("accepted", sent.at)
    assert not faults_of(found.expected.pk)
    assert newest.at <= timezone.now()
