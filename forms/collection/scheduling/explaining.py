"""Why a period has the dates that it has, in sentences that can be checked on a wall calendar."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from forms.collection.models import ExpectedReport, ReportingPeriod
from forms.collection.scheduling.rules import Occurrence, Schedule, Span
from portal.calendars.rules import WorkCalendar
from portal.calendars.wording import in_words


@dataclass(frozen=True)
class Reason:
    """What is explained, and how it came about."""

    title: str
    sentence: str


def reasons_of_occurrence(one: Occurrence) -> Iterator[Reason]:
    """Opening, due and closing of a period that a schedule makes."""
    if one.span.first != one.span.last:
        words = {"first": one.span.first.isoformat(), "last": one.span.last.isoformat()}
        yield Reason(_("Reports on"), _("%(first)s to %(last)s") % words)
    yield Reason(_("Opens"), in_words(one.opens))
    due = in_words(one.due)
    if one.rolled is not None:
        due = _("%(due)s, on which nobody works; moved: %(rolled)s") % {"due": due, "rolled": in_words(one.rolled)}
    yield Reason(_("Due at"), _("%(day)s, %(time)s") % {"day": due, "time": one.due_at.strftime("%H:%M")})
    if one.late_after != one.due_at:
        until = date_format(timezone.localtime(one.late_after), "Y-m-d H:i")
        yield Reason(_("Grace"), _("counts as in time until %(until)s") % {"until": until})
    if one.closes is not None:
        yield Reason(_("Closes"), in_words(one.closes))
    else:
        yield Reason(_("Closes"), _("never: late reports are taken without an end"))


def reasons_of(
    period: ReportingPeriod, calendar: WorkCalendar, *, expected: ExpectedReport | None = None
) -> list[Reason]:
    """The same for a period as it is stored, and for the unit's own date."""
    found = list(_of_period(period, calendar))
    if expected is not None and expected.due_override is not None:
        words = {
            "at": date_format(timezone.localtime(expected.due_override), "Y-m-d H:i"),
            "by": expected.due_set_by or "—",
            "reason": expected.due_reason or "—",
        }
        found.append(Reason(_("For this unit"), _("due %(at)s, set by %(by)s: %(reason)s") % words))
    return found


def _of_period(period: ReportingPeriod, calendar: WorkCalendar) -> Iterator[Reason]:
    stored = period.requirement.schedule
    if not stored or period.first_day is None or period.last_day is None:
        yield Reason(_("Dates"), _("entered by %(owner)s") % {"owner": period.requirement.owner})
        return
    schedule = Schedule.from_json(stored)
    one = schedule.occurrence(Span(period.first_day, period.last_day), calendar, timezone.get_default_timezone())
    yield from reasons_of_occurrence(one)
    if (one.due_at, one.opens_at, one.closes_at) != (period.due_at, period.opens_at, period.closes_at):
        yield Reason(
            _("Kept"),
            _("This period had opened before the schedule or the calendar was changed; its dates stay: due %(due)s.")
            % {"due": date_format(timezone.localtime(period.due_at), "Y-m-d H:i")},
        )
