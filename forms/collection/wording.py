"""Instants in words, as a clerk would say them: 还有 3 天（11月27日 17:30 前）, 逾期 2 天."""

import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def moment(at: datetime.datetime, *, now: datetime.datetime) -> str:
    """Day and minute in the site's zone; the year only where it is not this year's."""
    local = timezone.localtime(at)
    same_year = local.year == timezone.localtime(now).year
    return date_format(local, _("j F, H:i") if same_year else _("j F Y, H:i"))


def second(at: datetime.datetime, *, now: datetime.datetime) -> str:
    """The second alone where it was today (已保存 14:03:22), else day and minute."""
    return timezone.localtime(at).strftime("%H:%M:%S") if not days_between(at, now) else moment(at, now=now)


def days_between(earlier: datetime.datetime, later: datetime.datetime) -> int:
    """Calendar days from one instant's local date to the other's."""
    return (timezone.localtime(later).date() - timezone.localtime(earlier).date()).days


def due_words(*, due_at: datetime.datetime, now: datetime.datetime) -> str:
    """How long there is still, or since when the report is overdue; days are calendar days in the site's zone."""
    if now > due_at:
        days = days_between(due_at, now)
        if not days:
            return _("Overdue since %(time)s today") % {"time": _clock(due_at)}
        return ngettext("%(days)d day overdue", "%(days)d days overdue", days) % {"days": days}
    days = days_between(now, due_at)
    if days == 0:
        return _("Due today by %(time)s") % {"time": _clock(due_at)}
    if days == 1:
        return _("Due tomorrow by %(time)s") % {"time": _clock(due_at)}
    return ngettext("%(days)d day left (by %(moment)s)", "%(days)d days left (by %(moment)s)", days) % {
        "days": days,
        "moment": moment(due_at, now=now),
    }


def _clock(at: datetime.datetime) -> str:
    return timezone.localtime(at).strftime("%H:%M")
