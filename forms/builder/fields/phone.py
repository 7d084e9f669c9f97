"""Telephone numbers."""

from typing import Any, cast

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from forms.builder.answers import DisplayRow
from forms.builder.fields import groups
from forms.builder.fields.normalised import NormalisedType
from forms.builder.fields.setting_blocks import RawBlock
from forms.builder.rules.contact import PhoneKind, numbering_plan, parse_phone
from forms.builder.schema import FieldSchema

KINDS = [("any", _("Mobile or landline")), ("mobile", _("Mobile only")), ("landline", _("Landline only"))]
USUAL = "any"


class PhoneType(NormalisedType):
    """A number of mainland China: 13800138000, 0898-88276666, 0898-88276666转123."""

    name = "phone"
    column_width = 10
    label = _("Telephone number")
    icon = "mobile-alt"
    group = groups.PEOPLE_AND_UNITS
    description = _("Mobile, or landline with area code and extension.")
    widens_to = ("text", "long_text")
    seconds = 15
    attrs = {"inputmode": "tel"}

    def option_blocks(self) -> dict[str, blocks.Block]:
        """Which numbers are taken."""
        return {"kind": blocks.ChoiceBlock(choices=KINDS, default=USUAL, label=_("Which numbers"))}

    def options(self, raw: RawBlock) -> dict[str, Any]:
        """Any number goes without saying."""
        return {name: kind for name, kind in super().options(raw).items() if kind != USUAL}

    def raw_options(self, schema: FieldSchema) -> RawBlock:
        """Said to the block."""
        return {"kind": self.kind_of(schema)}

    def kind_of(self, schema: FieldSchema) -> PhoneKind:
        """One of KINDS."""
        kind = schema.options.get("kind")
        return cast("PhoneKind", kind if kind in dict(KINDS) else USUAL)

    def reading(self, schema: FieldSchema) -> dict[str, Any]:
        """Which numbers, and the numbering plan."""
        return {**super().reading(schema), "kind": self.kind_of(schema), **numbering_plan()}

    def read(self, schema: FieldSchema, text: str) -> str | None:
        """As it is dialled."""
        return parse_phone(text, self.kind_of(schema))

    def display(self, schema: FieldSchema, answer: Any) -> DisplayRow:
        """On a phone it can be called."""
        number = str(answer).partition("转")[0] if self.is_answer(schema, answer) else ""
        return DisplayRow(
            schema.label, "text", text=self.in_words(schema, answer), href=f"tel:{number}" if number else ""
        )
