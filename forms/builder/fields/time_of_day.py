"""Times of the day."""

import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from forms.builder.fields.base import CellValue, LogicType
from forms.builder.fields.calendar import CalendarType
from forms.builder.rules.days import parse_time, time_in_words
from forms.builder.schema import FieldSchema


class TimeType(CalendarType):
    """A time by the 24-hour clock, to the minute."""

    name = "time"
    column_width = 7
    label = _("Time")
    icon = "time"
    description = _("By the 24-hour clock, to the minute.")
    logic_type = LogicType.TIME
    picker = "time"
    example = "09:05"

    def read(self, text: str) -> str | None:
        """09:05."""
        time = parse_time(text)
        return time_in_words(time) if time else None

    def words(self, answer: str) -> str:
        """The same in every language."""
        return answer

    def cell(self, schema: FieldSchema, answer: Any) -> CellValue:
        """The time as a time."""
        return datetime.time.fromisoformat(answer) if self.is_answer(answer) else super().cell(schema, answer)
