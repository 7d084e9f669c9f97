"""Reminding units: only those that owe, each rung once, whatever happens to the job."""

import datetime
import uuid
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from forms.collection.enums import ReportState, RequirementState
from forms.collection.models import ExpectedReport
from forms.collection.reminders import services
from forms.collection.reminders.enums import Outcome, Rung
from forms.collection.reminders.models import Reminder
from forms.collection.reminders.services import remind, remind_all
from forms.collection.waiving import waive
from forms.submissions.models import Submission
from forms.submissions.review.services import return_report
from forms.submissions.services import submit
from forms.submissions.signing import hand_in
from portal.accounts.models import User
from portal.notifications.enums import Kind
from portal.notifications.models import Notification
from portal.units.enums import Role
from tests.factories.collection import ANSWERS
from tests.factories.reminders import DUE, OPENS, Owing, at, owing
from tests.factories.units import MembershipFactory, UnitFactory, person
from tests.integration.queue import run_queued

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
MONDAY_AFTER = at("2026-08-24T09:00")


class Killed(BaseException):
    """SIGKILL, as far as a test can have one."""


def told(user: User) -> list[str]:
    return list(Notification.objects.filter(recipient=user).order_by("pk").values_list("title", flat=True))


def sent(found: Owing, on: datetime.datetime) -> Submission:
    made = submit(user=found.reporter, expected=found.expected, answers=ANSWERS, revision=0, key=uuid.uuid4(), now=on)
    return made.version.submission


def test_a_unit_is_told_when_a_period_opens_and_once_only() -> None:
    found = owing()
    assert remind_all(OPENS - DAY) == 0
    assert remind_all(OPENS) == 1
    assert remind_all(OPENS + datetime.timedelta(minutes=5)) == 0
    title = found.expected.period.requirement.title
    assert told(found.reporter) == [f"请报送：{title}，{found.expected.period.name}"]
    assert told(found.reviewer) == told(found.leader) == []


def test_the_later_the_further_up() -> None:
    found = owing()
    for day in range(35):
        remind_all(at("2026-08-03T10:00") + day * DAY)
    counted = [len(told(user)) for user in (found.reporter, found.reviewer, found.leader)]
    # Saturday's “one day overdue” gives way to Monday's “three days overdue”.
    assert counted == [6, 3, 2]
    assert Notification.objects.filter(recipient=found.leader, kind=Kind.REPORT_OVERDUE).count() == 2
    assert list(Reminder.objects.filter(outcome=Outcome.SKIPPED).values_list("rung", flat=True)) == [Rung.OVERDUE_1]


def test_whoever_has_sent_is_left_in_peace() -> None:
    found, other = owing(), owing()
    sent(found, OPENS + DAY)
    remind_all(DUE.replace(hour=10))
    assert told(found.reporter) == []
    assert len(told(other.reporter)) == 1


def test_a_returned_report_is_owed_again() -> None:
    found = owing()
    report = sent(found, DUE - datetime.timedelta(minutes=30))
    coordinator = person(Role.COORDINATOR, found.expected.period.requirement.owner)
    returned = DUE + DAY * 5  # a Wednesday: due again on Thursday at the same time
    return_report(user=coordinator, submission=report, version=1, reason="请补充。", now=returned)
    Notification.objects.all().delete()
    remind_all(returned + datetime.timedelta(minutes=5))
    assert told(found.reporter) == []
    remind_all(returned + DAY - datetime.timedelta(hours=1))
    assert len(told(found.reporter)) == len(told(found.reviewer)) == 1
    assert "退回" in Notification.objects.filter(recipient=found.reporter).get().text
    assert told(found.leader) == []


def test_what_waits_to_be_signed_off_is_the_reviewers() -> None:
    found = owing()
    requirement = found.expected.period.requirement
    requirement.needs_sign_off = True
    requirement.save()
    hand_in(
        user=found.reporter, expected=found.expected, answers=ANSWERS, revision=0, key=uuid.uuid4(), now=OPENS + DAY
    )
    Notification.objects.all().delete()
    remind_all(at("2026-08-18T10:00"))
    assert told(found.reporter) == []
    assert len(told(found.reviewer)) == 1


def test_nobody_is_reminded_of_a_requirement_that_has_ended() -> None:
    found = owing()
    requirement = found.expected.period.requirement
    requirement.state = RequirementState.CLOSED
    requirement.save()
    assert remind_all(DUE.replace(hour=10)) == 0
    assert remind(expected=found.expected, now=DUE.replace(hour=10)) is None


def test_nobody_is_reminded_of_what_was_waived() -> None:
    found = owing()
    coordinator = person(Role.COORDINATOR, found.expected.period.requirement.owner)
    waive(user=coordinator, expected=found.expected, reason="机构合并。")
    assert remind_all(MONDAY_AFTER) == 0
    assert remind(expected=found.expected, now=MONDAY_AFTER) is None


def test_a_unit_with_another_date_is_reminded_by_its_own() -> None:
    found = owing()
    found.expected.due_override = DUE + 14 * DAY
    found.expected.save()
    remind_all(OPENS)
    assert remind_all(DUE.replace(hour=10)) == 0
    assert remind_all(DUE.replace(hour=10) + 14 * DAY) == 1


def test_after_a_week_without_the_job_one_reminder_comes_and_the_rest_is_on_record() -> None:
    found = owing()
    assert remind_all(at("2026-08-25T10:00")) == 1
    assert len(told(found.reporter)) == 1
    assert "逾期 4 天" in told(found.reporter)[0]
    outcomes = dict(Reminder.objects.values_list("rung", "outcome"))
    assert outcomes.pop(Rung.OVERDUE_3) == Outcome.SENT
    assert set(outcomes.values()) == {Outcome.SKIPPED}
    assert len(outcomes) == 5


def test_nothing_goes_out_on_a_weekend_and_monday_brings_it() -> None:
    found = owing()
    remind_all(DUE.replace(hour=10))
    for hour in range(48):
        assert remind_all(at("2026-08-22T00:00") + datetime.timedelta(hours=hour)) == 0
    assert remind_all(MONDAY_AFTER) == 1
    assert len(told(found.leader)) == 1


def test_a_unit_without_people_is_noted_as_such() -> None:
    found = owing()
    found.expected.unit.memberships.all().delete()
    reminder = remind(expected=found.expected, now=OPENS)
    assert reminder is not None
    assert (reminder.outcome, reminder.people) == (Outcome.NOBODY, 0)
    assert remind_all(OPENS) == 0


def test_one_person_in_two_roles_is_told_once() -> None:
    found = owing()
    MembershipFactory.create(user=found.reporter, unit=found.expected.unit, role=Role.UNIT_REVIEWER)
    remind_all(DUE.replace(hour=10))
    assert len(told(found.reporter)) == 1


def test_whoever_has_left_the_unit_is_not_told() -> None:
    found = owing()
    found.reporter.memberships.update(valid_until=OPENS.date() - DAY)
    remind_all(OPENS)
    assert told(found.reporter) == []
    assert len(told(found.reviewer)) == 1  # the next one up


def test_reminders_lead_to_the_report_or_for_a_leader_to_the_requirement() -> None:
    found = owing()
    remind_all(MONDAY_AFTER)
    client = Client()
    for user in (found.reporter, found.reviewer, found.leader):
        client.force_login(user)
        inbox = Notification.objects.get(recipient=user)
        assert client.get(f"/inbox/{inbox.pk}/", follow=True).status_code == 200


def test_without_anything_due_the_job_asks_four_times_however_many_reports(django_assert_num_queries: Any) -> None:
    for _ in range(5):
        owing()
    remind_all(OPENS)
    with django_assert_num_queries(5):  # two of them for the calendar
        remind_all(OPENS + datetime.timedelta(minutes=5))


# --- Faults ---------------------------------------------------------------------------------------------------------

STEPS = ("_people_of", "notify", "_note", "_tell")


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("after", [False, True])
def test_killed_at_any_step_nothing_is_lost_and_nothing_is_sent_twice(
    monkeypatch: pytest.MonkeyPatch, step: str, after: bool
) -> None:
    found = owing()
    original = getattr(services, step)

    def killed(*args: Any, **kwargs: Any) -> None:
        if after:
            original(*args, **kwargs)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(services, step, killed)
        with pytest.raises(Killed):
            remind_all(MONDAY_AFTER)
    assert not Notification.objects.exists()
    assert not Reminder.objects.exists()
    run_queued()
    assert not mail.outbox
    assert remind_all(MONDAY_AFTER) == 1
    assert remind_all(MONDAY_AFTER) == 0
    run_queued()
    assert sorted(message.to[0] for message in mail.outbox) == sorted(
        user.email for user in (found.reporter, found.reviewer, found.leader)
    )


def test_killed_between_two_units_the_second_is_reminded_by_the_next_run(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = owing(), owing()
    original = services.remind
    calls: list[object] = []

    def once(**kwargs: Any) -> Reminder | None:
        if calls:
            raise Killed
        calls.append(kwargs)
        return original(**kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(services, "remind", once)
        with pytest.raises(Killed):
            remind_all(OPENS)
    assert remind_all(OPENS) == 1
    assert len(told(first.reporter)) == len(told(second.reporter)) == 1


def test_what_is_wrong_with_one_report_does_not_silence_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = owing(), owing()
    original = services.remind

    def broken(*, expected: ExpectedReport, **kwargs: Any) -> Reminder | None:
        if expected == first.expected:
            raise ValueError
        return original(expected=expected, **kwargs)

    monkeypatch.setattr(services, "remind", broken)
    assert remind_all(OPENS) == 1
    assert len(told(second.reporter)) == 1


def test_what_was_sent_while_the_job_was_looking_is_not_reminded_of(monkeypatch: pytest.MonkeyPatch) -> None:
    found = owing()
    original = services.remind

    def late(**kwargs: Any) -> Reminder | None:
        sent(found, OPENS)
        return original(**kwargs)

    monkeypatch.setattr(services, "remind", late)
    assert remind_all(OPENS) == 0
    assert told(found.reporter) == []
    assert Submission.objects.get().state == ReportState.SUBMITTED


def test_a_unit_that_joins_late_gets_the_latest_rung_alone() -> None:
    found = owing(UnitFactory.create())
    remind_all(at("2026-08-20T10:00"))
    assert len(told(found.reporter)) == 1
