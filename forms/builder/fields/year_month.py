"""Months of a year."""

import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from forms.builder.fields.base import LogicType
from forms.builder.fields.calendar import BoundedCalendarType
from forms.builder.rules.days import month_in_words, parse_month
from forms.builder.schema import FieldSchema

LENGTH = len("2026-02")


class YearMonthType(BoundedCalendarType):
    """A month."""

    name = "year_month"
    column_width = 8
    label = _("Year and month")
    icon = "calendar-alt"
    description = _("A month, without a day.")
    logic_type = LogicType.MONTH
    picker = "month"
    example = "2026-02"

    def read(self, text: str) -> str | None:
        """2026-02. A workbook makes the first of the month of it."""
        month = parse_month(text.removesuffix("T00:00:00").removesuffix("-01") if len(text) > LENGTH else text)
        return month.isoformat()[:LENGTH] if month else None

    def words(self, answer: str) -> str:
        """2026年2月."""
        return month_in_words(datetime.date.fromisoformat(f"{answer}-01"))

    def comparable(self, day: datetime.date) -> str:
        """Its month."""
        return day.isoformat()[:LENGTH]

    def bound_in_words(self, day: datetime.date) -> str:
        """Its month."""
        return month_in_words(day)

    def attrs(self, schema: FieldSchema) -> dict[str, Any]:
        """The picker offers only months within the bounds."""
        earliest, latest = self.bounds(schema)
        found = {"min": earliest and self.comparable(earliest), "max": latest and self.comparable(latest)}
        return {**super().attrs(schema), **{name: month for name, month in found.items() if month}}
