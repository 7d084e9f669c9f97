"""E-mail addresses."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from forms.builder.answers import DisplayRow
from forms.builder.fields import groups
from forms.builder.fields.normalised import NormalisedType
from forms.builder.rules.contact import EMAIL_PATTERNS, parse_email
from forms.builder.schema import FieldSchema


class EmailType(NormalisedType):
    """An address that could exist; whether it does, only a letter could tell."""

    name = "email"
    column_width = 11.5
    label = _("E-mail address")
    icon = "mail"
    group = groups.PEOPLE_AND_UNITS
    description = _("Such as name@example.cn.")
    widens_to = ("text", "long_text")
    attrs = {"inputmode": "email", "spellcheck": "false", "autocapitalize": "none"}

    def reading(self, schema: FieldSchema) -> dict[str, Any]:
        """What Django takes for a name and for a domain."""
        return {**super().reading(schema), **EMAIL_PATTERNS}

    def read(self, schema: FieldSchema, text: str) -> str | None:
        """With its domain in small letters."""
        return parse_email(text)

    def display(self, schema: FieldSchema, answer: Any) -> DisplayRow:
        """It can be written to."""
        href = f"mailto:{answer}" if self.is_answer(schema, answer) else ""
        return DisplayRow(schema.label, "text", text=self.in_words(schema, answer), href=href)
