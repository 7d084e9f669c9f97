"""A person of the reporting unit."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from forms.builder.fields.base import form_field_settings
from forms.builder.fields.choice_inputs import CodeField, SuggestingInput
from forms.builder.fields.directory import Entry
from forms.builder.fields.offers import Offer
from forms.builder.fields.record import LONGEST, RecordField, RecordType
from forms.builder.fields.sources import Sources
from forms.builder.schema import FieldSchema


class NamedPersonField(RecordField):
    """A person of the unit, or somebody whose name is typed."""

    def validate(self, value: Any) -> None:
        """Any name will do."""
        forms.Field.validate(self, value)
        if value is not None and len(value) > LONGEST:
            message = gettext("The name is too long: at most %(most)d characters.")
            raise ValidationError(message, code="max_length", params={"most": LONGEST})

    def answer(self, code: str) -> dict[str, Any]:
        """Without a number where the person has no account here."""
        return super().answer(code) if self.valid_value(code) else {"person": None, "name": code}


class PersonType(RecordType):
    """Somebody who serves in the reporting unit today."""

    name = noun = "person"
    prefills = ("last", "person")
    label = _("Person of the unit")
    icon = "user"
    description = _("Somebody who serves in the unit that fills the form in.")
    rare = ("others", "sensitive")

    def option_blocks(self) -> dict[str, blocks.Block]:
        """Whether others may be named."""
        help_text = _("The name is typed; people of the unit are suggested.")
        return {"others": blocks.BooleanBlock(required=False, label=_("Others may be named"), help_text=help_text)}

    def entries(self, schema: FieldSchema, sources: Sources) -> Iterable[Entry]:
        """People of the unit."""
        return sources.people

    def is_record(self, answer: Any) -> bool:
        """A person with an account, or only with a name."""
        return super().is_record(answer) or (
            isinstance(answer, dict) and answer.get("person", 0) is None and isinstance(answer.get("name"), str)
        )

    def code(self, answer: dict[str, Any]) -> str:
        """The number; the name of somebody without an account."""
        return str(answer["name"] if answer["person"] is None else answer["person"])

    def reading(self, schema: FieldSchema) -> dict[str, Any]:
        """How long a name may be that is none of the unit's."""
        return {"others": LONGEST} if schema.options.get("others") else {}

    def code_cell(self, schema: FieldSchema, answer: Any) -> Any:
        """The same."""
        return self.code(answer) if self.is_record(answer) else self.cell(schema, answer)

    def field_of(self, schema: FieldSchema, offer: Offer, *, in_table: bool) -> forms.Field:
        """A menu; an input with suggestions where others may be named."""
        if not schema.options.get("others"):
            return super().field_of(schema, offer, in_table=in_table)
        shared = form_field_settings(schema)
        widget = SuggestingInput(offer)
        widget.attrs["data-free"] = ""
        field: CodeField = NamedPersonField(noun=self.noun, offer=offer, widget=widget, **shared)
        return field
