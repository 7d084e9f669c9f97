"""How a date came about, in a sentence that a clerk can check on a wall calendar."""

import datetime
from collections.abc import Iterator, Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from portal.calendars.enums import LengthUnit
from portal.calendars.rules import ONE_DAY, DayFact, Limit, Reckoning


def in_words(reckoning: Reckoning) -> str:
    """“5 working days after 2020-09-28 = 2020-10-12: 1–8 October are off (国庆节), Saturday 10 October is worked”."""
    if reckoning.limit.amount == 0 and reckoning.result == reckoning.start:
        sentence = reckoning.result.isoformat()
    else:
        sentence = f"{limit_in_words(reckoning.limit, reckoning.start)} = {reckoning.result.isoformat()}"
    reasons = list(_reasons(reckoning.irregular))
    if reasons:
        sentence = _("%(sentence)s: %(reasons)s") % {
            "sentence": sentence,
            "reasons": pgettext("calendar", ", ").join(reasons),
        }
    if reckoning.is_estimate:
        sentence = _("%(sentence)s (an estimate: the holidays of %(year)s are not entered yet)") % {
            "sentence": sentence,
            "year": reckoning.result.year,
        }
    return sentence


def limit_in_words(limit: Limit, start: datetime.date) -> str:
    """The length and the day that it is counted from."""
    words: dict[str, int | str] = {"count": abs(limit.amount), "start": start.isoformat()}
    if limit.amount == 0:
        return _("first working day from %(start)s on") % words
    if limit.unit == LengthUnit.WORKING_DAYS:
        after = ngettext(
            "%(count)d working day after %(start)s", "%(count)d working days after %(start)s", abs(limit.amount)
        )
        before = ngettext(
            "%(count)d working day before %(start)s", "%(count)d working days before %(start)s", abs(limit.amount)
        )
    else:
        after = ngettext("%(count)d day after %(start)s", "%(count)d days after %(start)s", abs(limit.amount))
        before = ngettext("%(count)d day before %(start)s", "%(count)d days before %(start)s", abs(limit.amount))
    return (after if limit.amount > 0 else before) % words


def _reasons(irregular: Sequence[DayFact]) -> Iterator[str]:
    """The days on the way that are not as their weekday says, runs of days off in one."""
    for run in _runs(irregular):
        first, last = run[0], run[-1]
        if first.is_worked:
            yield _("%(weekday)s %(day)s is worked") % {"weekday": date_format(first.day, "l"), "day": _day(first.day)}
            continue
        name = first.name or pgettext("calendar", "holiday")
        if first is last:
            yield _("%(day)s is off (%(name)s)") % {"day": _day(first.day), "name": name}
        else:
            words = {"first": _day(first.day), "last": _day(last.day), "name": name}
            yield _("%(first)s to %(last)s are off (%(name)s)") % words


def _runs(irregular: Sequence[DayFact]) -> Iterator[list[DayFact]]:
    """Days off that follow one another, a weekend between them included, under one name; each worked day alone."""
    run: list[DayFact] = []
    for fact in irregular:
        if run and (fact.is_worked or run[-1].is_worked or run[-1].name != fact.name or _apart(run[-1], fact)):
            yield run
            run = []
        run.append(fact)
    if run:
        yield run


def _apart(one: DayFact, other: DayFact) -> bool:
    """Whether more than a weekend lies between two days."""
    return other.day - one.day > 3 * ONE_DAY


def _day(day: datetime.date) -> str:
    return date_format(day, "MONTH_DAY_FORMAT")
