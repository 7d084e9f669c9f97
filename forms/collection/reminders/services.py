"""Reminding units of what they owe. May run twice at once, be killed anywhere, and be late by a week.

Each report is a transaction of its own, with the expected report locked as by every step on it: what was sent in the
meantime is not reminded of, the record of the rung and the notifications come into being together or not at all.
"""

import datetime
import logging
from collections.abc import Collection, Iterator, Mapping

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from forms.collection.enums import RequirementState
from forms.collection.models import ExpectedReport
from forms.collection.progress import OwedFact, source
from forms.collection.querysets import ExpectedReportQuerySet
from forms.collection.reminders.enums import Outcome
from forms.collection.reminders.models import Reminder
from forms.collection.reminders.rules import Due, Owed, Planned, audience, due_now
from forms.collection.reminders.wording import address_for, kind_of, reminder_words
from portal.accounts.models import User
from portal.calendars.rules import WorkCalendar
from portal.calendars.services import work_calendar
from portal.notifications.services import notify
from portal.units.enums import Role
from portal.units.models import Membership

logger = logging.getLogger(__name__)

AT_ONCE = 1000
"""How many reports are looked at with one query."""
BATCH = 50
"""How many are reminded of before something else has its turn: some four tenths of a second."""


def remind_all(now: datetime.datetime | None = None, calendar: WorkCalendar | None = None) -> int:
    """Send all that is due; gives how many reports were reminded of."""
    return sum(remind_in_batches(now, calendar))


def remind_in_batches(now: datetime.datetime | None = None, calendar: WorkCalendar | None = None) -> Iterator[int]:
    """Send what is due, `BATCH` reports at a time; gives after each how many were reminded of.

    On a Monday a thousand reports may be due at once; whoever takes the steps does something else between them.
    Reports that have arrived are not read: there is one query, and two for each `AT_ONCE` that are still owed.
    """
    now, calendar = now or timezone.now(), calendar or work_calendar()
    opened = Q(period__opens_at__lte=now) | Q(due_override__lte=now)
    expected = ExpectedReport.objects.filter(opened, period__requirement__state=RequirementState.OPEN)
    facts = source().owed(expected)
    numbers, due = sorted(facts), list[ExpectedReport]()
    for start in range(0, len(numbers), AT_ONCE):
        rows = ExpectedReport.objects.filter(pk__in=numbers[start : start + AT_ONCE]).order_by("pk")
        done = _done(rows)
        for row in rows.select_related("period"):
            if _is_due(_due(row, facts[row.pk], done.get(row.pk, ()), now, calendar)):
                due.append(row)
    for start in range(0, len(due), BATCH):
        yield sum(_reminded(row, now, calendar) for row in due[start : start + BATCH])


@transaction.atomic
def remind(
    *, expected: ExpectedReport, now: datetime.datetime | None = None, calendar: WorkCalendar | None = None
) -> Reminder | None:
    """Send the rung of one report that is due; None where none is (any more)."""
    now, calendar = now or timezone.now(), calendar or work_calendar()
    ExpectedReport.objects.select_for_update().get(pk=expected.pk)
    itself = ExpectedReport.objects.filter(pk=expected.pk)
    expected = itself.with_names().get()
    fact = source().owed(itself).get(expected.pk)
    if fact is None or expected.period.requirement.state != RequirementState.OPEN:
        return None
    due = _due(expected, fact, _done(itself).get(expected.pk, ()), now, calendar)
    for left_out in due.skip:
        _note(expected, left_out, Outcome.SKIPPED, now)
    if due.send is None:
        return None
    told = _tell(expected, fact, due.send, now)
    return _note(expected, due.send, Outcome.SENT if told else Outcome.NOBODY, now, told)


def _reminded(expected: ExpectedReport, now: datetime.datetime, calendar: WorkCalendar) -> bool:
    """Remind of one report; what is wrong with it does not keep the others from being reminded of."""
    try:
        return remind(expected=expected, now=now, calendar=calendar) is not None
    except Exception:
        logger.exception("Reminding of expected report %s failed", expected.pk)
        return False


def _tell(expected: ExpectedReport, fact: OwedFact, planned: Planned, now: datetime.datetime) -> int:
    people = _people_of(expected.unit_id, now)
    writers = {*people.get(Role.REPORTER, ()), *people.get(Role.UNIT_REVIEWER, ())}
    due_at = Owed(expected.window, due_again_at=fact.due_again_at).due_at
    recipients = User.objects.in_bulk(audience(planned.rung, fact.state, people))
    for number, recipient in sorted(recipients.items()):
        notify(
            recipient=recipient,
            kind=kind_of(planned.rung),
            key=f"reminder:{expected.pk}:{planned.key}",
            words=lambda: reminder_words(
                expected=expected, rung=planned.rung, state=fact.state, due_at=due_at, now=now
            ),
            address=address_for(expected, writes=number in writers),
            now=now,
        )
    return len(recipients)


def _people_of(unit_id: int, now: datetime.datetime) -> Mapping[Role, list[int]]:
    """Who serves in the unit today, by role."""
    serving = Membership.objects.active(timezone.localdate(now)).filter(unit_id=unit_id).order_by("user_id")
    found: dict[Role, list[int]] = {}
    for role, user_id in serving.values_list("role", "user_id"):
        found.setdefault(Role(role), []).append(user_id)
    return found


def _done(expected: ExpectedReportQuerySet) -> Mapping[int, set[str]]:
    """Keys of the rungs that were sent or left out before, by number of the expected report."""
    found: dict[int, set[str]] = {}
    rows = Reminder.objects.filter(expected__in=expected.order_by().values("pk")).order_by()
    for expected_id, key in rows.values_list("expected_id", "key"):
        found.setdefault(expected_id, set()).add(key)
    return found


def _due(
    expected: ExpectedReport, fact: OwedFact, done: Collection[str], now: datetime.datetime, calendar: WorkCalendar
) -> Due:
    owed = Owed(expected.window, fact.state, fact.returned_at, fact.due_again_at)
    return due_now(owed, done, now=now, calendar=calendar, zone=timezone.get_default_timezone())


def _is_due(due: Due) -> bool:
    return due.send is not None or bool(due.skip)


def _note(
    expected: ExpectedReport, planned: Planned, outcome: Outcome, now: datetime.datetime, people: int = 0
) -> Reminder:
    return Reminder.objects.create(
        expected=expected,
        rung=planned.rung,
        key=planned.key,
        outcome=outcome,
        planned_at=planned.at,
        done_at=now,
        people=people,
    )
