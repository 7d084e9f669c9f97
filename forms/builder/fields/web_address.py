"""Addresses of pages on the web."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from forms.builder.answers import DisplayRow
from forms.builder.fields import groups
from forms.builder.fields.normalised import NormalisedType
from forms.builder.rules.contact import URL_PATTERN, parse_url
from forms.builder.schema import FieldSchema


class UrlType(NormalisedType):
    """An address that begins with http:// or https://."""

    name = "url"
    column_width = 11.5
    label = _("Web address")
    icon = "link"
    group = groups.TEXT_AND_NUMBERS
    description = _("The address of a page: a news item, a notice.")
    widens_to = ("long_text",)
    attrs = {"inputmode": "url", "spellcheck": "false", "autocapitalize": "none"}

    def reading(self, schema: FieldSchema) -> dict[str, Any]:
        """What Django takes for an address."""
        return {**super().reading(schema), "address": URL_PATTERN}

    def read(self, schema: FieldSchema, text: str) -> str | None:
        """With its scheme."""
        return parse_url(text)

    def display(self, schema: FieldSchema, answer: Any) -> DisplayRow:
        """It can be opened."""
        href = str(answer) if self.is_answer(schema, answer) else ""
        return DisplayRow(schema.label, "text", text=self.in_words(schema, answer), href=href)
