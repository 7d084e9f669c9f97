"""Formatted advice."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from forms.builder.fields.display_only import DisplayOnlyType
from forms.builder.fields.setting_blocks import MAX_LABEL, RawBlock
from forms.builder.rich_text import FEATURES, sanitised
from forms.builder.schema import FieldSchema


class RichNoteType(DisplayOnlyType):
    """Advice with headings, lists and links. options.html is sanitised HTML, frozen with the version."""

    name = "rich_note"
    label = _("Formatted note")
    icon = "openquote"
    description = _("Advice with headings, lists and links; gone when answers are read.")

    def shared_blocks(self) -> dict[str, blocks.Block]:
        """A heading, if it needs one."""
        return {
            "label": blocks.CharBlock(required=False, max_length=MAX_LABEL, label=_("Heading")),
            **self.logic_blocks(),
        }

    def option_blocks(self) -> dict[str, blocks.Block]:
        """The words."""
        return {"html": blocks.RichTextBlock(features=FEATURES, label=_("Words of the note"))}

    def options(self, raw: RawBlock) -> dict[str, Any]:
        """Sanitised, wherever it comes from."""
        html = sanitised(raw.get("html"))
        return {"html": html} if html else {}

    def html(self, schema: FieldSchema) -> str:
        """Safe to draw, even if the schema was never an editor's. Links leave the half-filled form where it is."""
        # Words cannot contain "<a ": sanitising has escaped them.
        return sanitised(schema.options.get("html")).replace("<a ", '<a target="_blank" rel="noopener" ')
