"""Days of the calendar."""

import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from forms.builder.fields.base import CellValue, LogicType
from forms.builder.fields.calendar import BoundedCalendarType
from forms.builder.rules.days import day_in_words, parse_day
from forms.builder.schema import FieldSchema


def day_of(answer: Any) -> datetime.date | None:
    """The day that the answer is; None for what a draft kept as typed."""
    try:
        return datetime.date.fromisoformat(answer) if len(answer) == len("2026-02-03") else None
    except (TypeError, ValueError):
        return None


class DateType(BoundedCalendarType):
    """A day.

    It widens to text only. A date with time would need a time that nobody gave: midnight put in its place could not be
    told from a midnight that was meant, and conditions and exports would take it for a fact.
    """

    name = "date"
    column_width = 9
    label = _("Date")
    icon = "date"
    description = _("A day of the calendar.")
    logic_type = LogicType.DATE
    picker = "date"
    example = "2026-02-03"

    def read(self, text: str) -> str | None:
        """2026-02-03. A workbook's day comes with midnight behind it."""
        day = parse_day(text.removesuffix("T00:00:00"))
        return day.isoformat() if day else None

    def words(self, answer: str) -> str:
        """2026年2月3日."""
        return day_in_words(datetime.date.fromisoformat(answer))

    def attrs(self, schema: FieldSchema) -> dict[str, Any]:
        """The calendar offers only days within the bounds."""
        earliest, latest = self.bounds(schema)
        found = {"min": earliest and earliest.isoformat(), "max": latest and latest.isoformat()}
        return {**super().attrs(schema), **{name: day for name, day in found.items() if day}}

    def cell(self, schema: FieldSchema, answer: Any) -> CellValue:
        """The day as a day."""
        return day_of(answer) or super().cell(schema, answer)
