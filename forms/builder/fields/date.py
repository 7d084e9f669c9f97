"""Days of the calendar."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forms.builder.fields.base import CellValue, FieldType, LogicType, Sources, form_field_settings
from forms.builder.rules import day_in_words, parse_day
from forms.builder.schema import FieldSchema


def day_of(answer: Any) -> datetime.date | None:
    """The day that the answer is; None for what a draft kept as typed."""
    try:
        return datetime.date.fromisoformat(answer)
    except (TypeError, ValueError):
        return None


class DayInput(forms.TextInput):
    """The browser's calendar; a text input where the value is no day, since the calendar would show nothing of it."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Choose the input by what it has to show."""
        context = super().get_context(name, value, attrs)
        shown = context["widget"]["value"]
        context["widget"]["type"] = "date" if shown in (None, "") or day_of(shown) else "text"
        return context


class DayField(forms.CharField):
    """Reads days as people write them (rules.parse_day); the answer is ISO 8601."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=DayInput({"class": "form-control"}), **kwargs)
        self.validators = []

    def to_python(self, value: Any) -> str | None:
        """2026-02-03, None for nothing."""
        day = parse_day("" if value is None else str(value))
        return day.isoformat() if day else None


class DateType(FieldType):
    """A day."""

    name = "date"
    column_width = 9
    label = _("Date")
    icon = "date"
    group = _("Text and numbers")
    description = _("A day of the calendar.")
    logic_type = LogicType.DATE

    def form_field(self, schema: FieldSchema, sources: Sources, *, in_table: bool = False) -> forms.Field:
        """The browser's calendar."""
        return DayField(**form_field_settings(schema))

    def logic_value(self, schema: FieldSchema, answer: Any) -> str | None:
        """The day, ISO 8601."""
        return answer if day_of(answer) else None

    def cell(self, schema: FieldSchema, answer: Any) -> CellValue:
        """The day as a day."""
        return day_of(answer) or super().cell(schema, answer)

    def in_words(self, schema: FieldSchema, answer: Any) -> str:
        """2026年2月3日."""
        day = day_of(answer)
        return day_in_words(day) if day else super().in_words(schema, answer)
