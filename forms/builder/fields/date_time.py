"""A day with a time."""

import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from forms.builder.fields.base import CellValue, LogicType
from forms.builder.fields.calendar import BoundedCalendarType
from forms.builder.rules.days import moment_in_words, parse_moment
from forms.builder.schema import FieldSchema


class DateTimeType(BoundedCalendarType):
    """When something happened, to the minute."""

    name = "datetime"
    column_width = 12.5
    label = _("Date and time")
    icon = "history"
    description = _("When something happened, to the minute.")
    logic_type = LogicType.DATETIME
    seconds = 15
    picker = "datetime-local"
    example = "2026-02-03 09:05"

    def read(self, text: str) -> str | None:
        """2026-02-03T09:05."""
        moment = parse_moment(text)
        return moment.isoformat(timespec="minutes") if moment else None

    def words(self, answer: str) -> str:
        """2026年2月3日 09:05."""
        return moment_in_words(datetime.datetime.fromisoformat(answer))

    def attrs(self, schema: FieldSchema) -> dict[str, Any]:
        """The picker offers only days within the bounds."""
        earliest, latest = self.bounds(schema)
        found = {"min": earliest and f"{earliest.isoformat()}T00:00", "max": latest and f"{latest.isoformat()}T23:59"}
        return {**super().attrs(schema), **{name: bound for name, bound in found.items() if bound}}

    def cell(self, schema: FieldSchema, answer: Any) -> CellValue:
        """A day with its time, without a zone as workbooks have it."""
        return datetime.datetime.fromisoformat(answer) if self.is_answer(answer) else super().cell(schema, answer)
