"""A unit of the organisation."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forms.builder.fields.base import FieldType, LogicType, Sources, form_field_settings
from forms.builder.fields.choice import CodeField, menu
from forms.builder.schema import FieldSchema


class UnitField(CodeField):
    """A unit with its name at the time of the answer, so that old reports read as they were written."""

    def __init__(self, *, sources: Sources, **kwargs: Any) -> None:
        super().__init__(choices=lambda: [("", _("Please choose")), *sources.units], widget=menu(), **kwargs)
        self.sources = sources

    def clean(self, value: Any) -> dict[str, Any] | None:
        """{"unit": 12, "name": "市民政局"}, None for no answer."""
        code = super().clean(value)
        return None if code is None else {"unit": int(code), "name": dict(self.sources.units)[code]}

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether a unit is chosen."""
        return (initial or "") != (data or "")


class UnitType(FieldType):
    """A unit that exists today."""

    name = "unit"
    column_width = 9
    label = _("Unit")
    icon = "group"
    group = _("Choices")
    description = _("One of the units of the organisation.")
    logic_type = LogicType.CHOICE

    def form_field(self, schema: FieldSchema, sources: Sources, *, in_table: bool = False) -> forms.Field:
        """A menu of units."""
        return UnitField(sources=sources, **form_field_settings(schema))

    def initial(self, schema: FieldSchema, answer: Any) -> Any:
        """The unit's number."""
        return str(answer["unit"]) if isinstance(answer, dict) and "unit" in answer else None

    def kept(self, schema: FieldSchema, raw: Any) -> Any:
        """Nothing else can have been typed."""
        return None

    def logic_value(self, schema: FieldSchema, answer: Any) -> str | None:
        """The unit's number as a code."""
        return self.initial(schema, answer) or None

    def in_words(self, schema: FieldSchema, answer: Any) -> str:
        """The name it had."""
        return str(answer.get("name", "")) if isinstance(answer, dict) else ""
