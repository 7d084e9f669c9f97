"""What a reminder says, and where it leads."""

import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from forms.collection.enums import ReportState
from forms.collection.models import ExpectedReport
from forms.collection.reminders.enums import Rung
from forms.collection.wording import due_words, moment
from portal.notifications.enums import Kind
from portal.notifications.services import Words

OVERDUE = frozenset({Rung.OVERDUE_1, Rung.OVERDUE_3, Rung.OVERDUE_7})


def kind_of(rung: Rung) -> Kind:
    """Which kind of notification a rung makes."""
    return Kind.REPORT_OVERDUE if rung in OVERDUE else Kind.REPORT_DUE


def reminder_words(
    *,
    expected: ExpectedReport,
    rung: Rung,
    state: ReportState | None,
    due_at: datetime.datetime,
    now: datetime.datetime,
) -> Words:
    """Which report, by when, and what is still to be done; in the language that is active."""
    names = {"requirement": expected.period.requirement.title, "period": expected.period.name}
    if rung == Rung.OPENING:
        title = _("Please report: %(requirement)s, %(period)s") % names
    else:
        title = _("%(requirement)s, %(period)s: %(when)s") % (names | {"when": due_words(due_at=due_at, now=now)})
    unit = {"unit": expected.unit, "due": moment(due_at, now=now)}
    if state == ReportState.SIGN_OFF:
        text = _("The report of %(unit)s waits to be signed off inside the unit. Due by %(due)s.") % unit
    elif state == ReportState.RETURNED:
        text = _("The report of %(unit)s was returned and has not been sent again. Due by %(due)s.") % unit
    elif rung == Rung.OPENING:
        text = _("Reports of this period are taken now, due by %(due)s.") % unit
    else:
        text = _("%(unit)s has not sent the report yet. Due by %(due)s.") % unit
    return Words(title, text)


def address_for(expected: ExpectedReport, *, writes: bool) -> str:
    """The report for those who write it; for others of the unit, the requirement, as nothing may have been begun."""
    if writes:
        return reverse("submissions:detail", args=[expected.pk])
    return reverse("collection:detail", args=[expected.period.requirement_id])
