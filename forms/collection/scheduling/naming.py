"""What a period is called, so that two of one requirement never share a name."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from forms.collection.scheduling.enums import Frequency
from forms.collection.scheduling.rules import Span

QUARTER, HALF = 3, 6


def name_of(span: Span, frequency: Frequency) -> str:
    """2026年11月, 2026年第4季度, 2026年第48周 (ISO 8601), 2026年8月10日."""
    words = {"year": span.first.year, "month": span.first.month, "last": span.last.month}
    match frequency:
        case Frequency.WEEKLY:
            year, week, _day = span.first.isocalendar()
            return _("Week %(week)d of %(year)d") % {"year": year, "week": week}
        case Frequency.MONTHLY:
            return date_format(span.first, "YEAR_MONTH_FORMAT")
        case Frequency.BIMONTHLY if span.first.year != span.last.year:
            return _("%(year)d/%(month)d to %(next)d/%(last)d") % {**words, "next": span.last.year}
        case Frequency.BIMONTHLY:
            return _("%(year)d, months %(month)d and %(last)d") % words
        case Frequency.QUARTERLY:
            return _("Quarter %(quarter)d of %(year)d") % {**words, "quarter": (span.first.month + 2) // QUARTER}
        case Frequency.HALF_YEARLY if span.first.month <= HALF:
            return _("First half of %(year)d") % words
        case Frequency.HALF_YEARLY:
            return _("Second half of %(year)d") % words
        case Frequency.YEARLY:
            return _("Year %(year)d") % words
    return date_format(span.first, "DATE_FORMAT")
