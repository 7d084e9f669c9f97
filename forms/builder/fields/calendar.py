"""What days, months and times have in common: the browser's picker, or a text that it could not show."""

import datetime
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from forms.builder.fields import groups
from forms.builder.fields.base import FieldType, form_field_settings
from forms.builder.fields.setting_blocks import RawBlock
from forms.builder.fields.sources import Sources
from forms.builder.rules.days import day_in_words, text_of_cell
from forms.builder.schema import FieldSchema

TODAY = "today"
"""A bound that moves along: the day on which the answer is given."""

Bounds = tuple[datetime.date | None, datetime.date | None]


class PickerInput(forms.TextInput):
    """The browser's picker; a text input where the value is none, since the picker would show nothing of it."""

    def __init__(self, picker: str, is_answer: Callable[[Any], bool], attrs: dict[str, Any]) -> None:
        super().__init__({"class": "form-control", "autocomplete": "off", **attrs})
        self.picker, self.is_answer = picker, is_answer

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Choose the input by what it has to show."""
        context = super().get_context(name, value, attrs)
        shown = context["widget"]["value"]
        context["widget"]["type"] = self.picker if shown in (None, "") or self.is_answer(shown) else "text"
        return context


class CalendarField(forms.CharField):
    """Reads days or times as people write them; the answer is ISO 8601."""

    def __init__(self, *, read: Callable[[str], str | None], check: Callable[[str], None], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.read, self.check = read, check
        self.validators = []

    def to_python(self, value: Any) -> str | None:
        """2026-02-03, None for nothing."""
        return self.read(text_of_cell(value))

    def validate(self, value: Any) -> None:
        """Refuse what is missing or out of bounds."""
        super().validate(value)
        if value is not None:
            self.check(value)


class CalendarType(FieldType, ABC):
    """A place on the calendar or the clock, in the site's zone; no offset is stored."""

    group: ClassVar[Promise] = groups.DATES_AND_TIMES
    widens_to: ClassVar[tuple[str, ...]] = ("text", "long_text")
    seconds = 10
    picker: ClassVar[str]
    """The type of the browser's input."""
    example: ClassVar[str]
    """How it is typed where the browser has no picker."""

    @abstractmethod
    def read(self, text: str) -> str | None:
        """The answer that the text stands for, None for nothing; ValidationError for what stands for none."""

    @abstractmethod
    def words(self, answer: str) -> str:
        """The answer as the reader's language writes it."""

    def is_answer(self, answer: Any) -> bool:
        """Whether it is an answer, and not what a draft kept as typed."""
        try:
            return isinstance(answer, str) and bool(answer) and self.read(answer) == answer
        except ValidationError:
            return False

    def attrs(self, schema: FieldSchema) -> dict[str, Any]:
        """Further attributes of the input."""
        return {"placeholder": self.example}

    def check_answer(self, schema: FieldSchema, answer: str) -> None:
        """ValidationError if the answer is out of bounds."""

    def form_field(self, schema: FieldSchema, sources: Sources, *, in_table: bool = False) -> forms.Field:
        """The browser's picker."""
        return CalendarField(
            read=self.read,
            check=lambda answer: self.check_answer(schema, answer),
            widget=PickerInput(self.picker, self.is_answer, self.attrs(schema)),
            **form_field_settings(schema),
        )

    def logic_value(self, schema: FieldSchema, answer: Any) -> str | None:
        """ISO 8601."""
        return answer if self.is_answer(answer) else None

    def in_words(self, schema: FieldSchema, answer: Any) -> str:
        """2026年2月3日."""
        return self.words(answer) if self.is_answer(answer) else super().in_words(schema, answer)


class BoundedCalendarType(CalendarType):
    """With an earliest and a latest day: a fixed one, or the day on which the answer is given."""

    rare: ClassVar[tuple[str, ...]] = ("not_past", "earliest", "latest", "sensitive")

    def option_blocks(self) -> dict[str, blocks.Block]:
        """What lies too early or too late."""
        return {
            "not_future": blocks.BooleanBlock(required=False, label=_("Not in the future")),
            "not_past": blocks.BooleanBlock(required=False, label=_("Not in the past")),
            "earliest": blocks.DateBlock(required=False, label=_("Earliest day")),
            "latest": blocks.DateBlock(required=False, label=_("Latest day")),
        }

    def check(self, raw: RawBlock) -> Mapping[str, str]:
        """One bound at each end, and room between them."""
        twice = gettext("Please choose either this day or the day of the answer.")
        errors = {
            fixed: twice
            for fixed, moving in (("earliest", "not_past"), ("latest", "not_future"))
            if raw.get(fixed) and raw.get(moving)
        }
        least, greatest = day_setting(raw.get("earliest")), day_setting(raw.get("latest"))
        if least and greatest and least > greatest:
            errors["latest"] = gettext("The latest day lies before the earliest.")
        return errors

    def options(self, raw: RawBlock) -> dict[str, Any]:
        """{"earliest": "2026-01-01", "latest": "today"}."""
        found = {
            "earliest": TODAY if raw.get("not_past") else day_setting(raw.get("earliest")),
            "latest": TODAY if raw.get("not_future") else day_setting(raw.get("latest")),
        }
        return {name: value for name, value in found.items() if value}

    def raw_options(self, schema: FieldSchema) -> RawBlock:
        """Boxes and days."""
        earliest, latest = schema.options.get("earliest"), schema.options.get("latest")
        return {
            "not_past": earliest == TODAY,
            "not_future": latest == TODAY,
            "earliest": day_setting(earliest),
            "latest": day_setting(latest),
        }

    def bounds(self, schema: FieldSchema) -> Bounds:
        """The days that hold today."""
        return bound_day(schema.options.get("earliest")), bound_day(schema.options.get("latest"))

    def comparable(self, day: datetime.date) -> str:
        """A bound as far as answers go: a month for months."""
        return day.isoformat()

    def bound_in_words(self, day: datetime.date) -> str:
        """A bound for messages."""
        return day_in_words(day)

    def check_answer(self, schema: FieldSchema, answer: str) -> None:
        """ValidationError that names the bound."""
        earliest, latest = self.bounds(schema)
        if latest and answer[: len(self.comparable(latest))] > self.comparable(latest):
            if schema.options["latest"] == TODAY:
                raise ValidationError(gettext("This lies in the future. Please check the date."), code="future")
            message = gettext("Not after %(latest)s, please.")
            raise ValidationError(message, code="latest", params={"latest": self.bound_in_words(latest)})
        if earliest and answer[: len(self.comparable(earliest))] < self.comparable(earliest):
            if schema.options["earliest"] == TODAY:
                raise ValidationError(gettext("This lies in the past. Please check the date."), code="past")
            message = gettext("Not before %(earliest)s, please.")
            raise ValidationError(message, code="earliest", params={"earliest": self.bound_in_words(earliest)})

    def reading(self, schema: FieldSchema) -> dict[str, str]:
        """The bounds for the browser.

        That something may not lie in the past bounds what is given today, not what was given then: it is no bound here.
        """
        given = {"earliest": schema.options.get("earliest"), "latest": schema.options.get("latest")}
        days = {name: bound_day(value) for name, value in given.items() if (name, value) != ("earliest", TODAY)}
        return {name: self.comparable(day) for name, day in days.items() if day}

    def logic_value(self, schema: FieldSchema, answer: Any) -> str | None:
        """ISO 8601; nothing for what lies out of bounds, which a draft keeps until it is mended."""
        if not self.is_answer(answer):
            return None
        for name, bound in self.reading(schema).items():
            part = answer[: len(bound)]
            if (part > bound) if name == "latest" else (part < bound):
                return None
        return str(answer)

    def kept(self, schema: FieldSchema, raw: Any) -> Any:
        """What is a day, though out of bounds, in its stored form; all else as typed."""
        try:
            return self.read(text_of_cell(raw)) or None
        except ValidationError:
            return super().kept(schema, raw)

    def validate(self, schema: FieldSchema, answer: Any, sources: Sources, *, in_table: bool = False) -> None:
        """As when it was given, except that what lay ahead then may lie behind by now."""
        try:
            super().validate(schema, answer, sources, in_table=in_table)
        except ValidationError as refusal:
            if refusal.code != "past":
                raise


def day_setting(value: Any) -> str | None:
    """A fixed bound as ISO 8601; None for nothing and for what is no day."""
    try:
        return datetime.date.fromisoformat(str(value)).isoformat() if value else None
    except ValueError:
        return None


def bound_day(value: Any) -> datetime.date | None:
    """The day that a bound of the schema means today."""
    if value == TODAY:
        return timezone.localdate()
    fixed = day_setting(value)
    return datetime.date.fromisoformat(fixed) if fixed else None
