"""One line of text that has a form of its own: understood in several ways, stored in one."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from forms.builder.fields.base import FieldType, form_field_settings
from forms.builder.fields.sources import Sources
from forms.builder.schema import FieldSchema


class NormalisedField(forms.CharField):
    """Reads a line; the answer is its one stored form."""

    def __init__(self, *, read: Callable[[str], str | None], **kwargs: Any) -> None:
        super().__init__(strip=False, **kwargs)
        self.read = read
        self.validators = []

    def to_python(self, value: Any) -> str | None:
        """The stored form, None for nothing."""
        # A workbook keeps long figures as numbers: 13800138000.0 is none that anybody typed.
        figures = isinstance(value, float) and value.is_integer()
        return self.read("" if value is None else str(int(value) if figures else value))


class NormalisedType(FieldType, ABC):
    """A line that is checked and stored in one form."""

    attrs: ClassVar[dict[str, str]] = {}
    """Further attributes of the input: which keyboard a phone shows."""

    @abstractmethod
    def read(self, schema: FieldSchema, text: str) -> str | None:
        """The stored form of what was typed, None for nothing; ValidationError for what is wrong with it."""

    def reading(self, schema: FieldSchema) -> dict[str, Any]:
        """Which form it has (static/js/logic-lines.js), with the patterns that the libraries know."""
        return {"form": self.name}

    def is_answer(self, schema: FieldSchema, answer: Any) -> bool:
        """Whether it is an answer, and not what a draft kept as typed."""
        try:
            return isinstance(answer, str) and bool(answer) and self.read(schema, answer) == answer
        except ValidationError:
            return False

    def form_field(self, schema: FieldSchema, sources: Sources, *, in_table: bool = False) -> forms.Field:
        """A text input."""
        attrs = {"class": "form-control", "autocomplete": "off", **self.attrs}
        return NormalisedField(
            read=lambda text: self.read(schema, text), widget=forms.TextInput(attrs), **form_field_settings(schema)
        )

    def logic_value(self, schema: FieldSchema, answer: Any) -> str | None:
        """The stored form."""
        return answer if self.is_answer(schema, answer) else None
