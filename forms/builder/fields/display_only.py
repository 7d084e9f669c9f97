"""What stands in a form and takes no answer."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from forms.builder.answers import DisplayRow
from forms.builder.fields import groups
from forms.builder.fields.base import FieldType
from forms.builder.fields.setting_blocks import MAX_HELP, MAX_LABEL
from forms.builder.schema import FieldSchema


class DisplayOnlyType(FieldType):
    """Words between the questions, shown or not by their logic."""

    group = groups.ARRANGEMENT
    takes_answer = False
    is_read = False
    in_table = False
    column_width = 0
    rare = ()
    logic_type = None
    logic_slots = frozenset({"show"})
    seconds = 0

    def searchable(self, schema: FieldSchema, answer: Any) -> str:
        """Nothing: it is no answer."""
        return ""

    def is_sensitive(self, schema: FieldSchema) -> bool:
        """There is nothing to protect."""
        return False


class SectionType(DisplayOnlyType):
    """A heading over the questions that follow."""

    name = "section"
    label = _("Section heading")
    icon = "h2"
    description = _("A heading over the questions that follow.")
    is_read = True

    def shared_blocks(self) -> dict[str, blocks.Block]:
        """Heading and a line below."""
        return {
            "label": blocks.CharBlock(max_length=MAX_LABEL, label=_("Heading")),
            "help_text": blocks.TextBlock(required=False, max_length=MAX_HELP, rows=2, label=_("Explanation")),
            **self.logic_blocks(),
        }

    def display(self, schema: FieldSchema, answer: Any) -> DisplayRow:
        """The heading stays when the answers are read."""
        return DisplayRow(schema.label, "section")


class PageBreakType(DisplayOnlyType):
    """A new page of the form; its conditions decide for the whole page."""

    name = "page_break"
    label = _("New page")
    icon = "doc-empty"
    description = _("What follows stands on a page of its own, with a title if you give one.")

    def shared_blocks(self) -> dict[str, blocks.Block]:
        """A title and a line below."""
        return {
            "label": blocks.CharBlock(required=False, max_length=MAX_LABEL, label=_("Title of the page")),
            "help_text": blocks.TextBlock(required=False, max_length=MAX_HELP, rows=2, label=_("Explanation")),
            **self.logic_blocks(),
        }


class NoteType(DisplayOnlyType):
    """Advice to whoever fills the form in."""

    name = "note"
    label = _("Note")
    icon = "info-circle"
    description = _("Advice to whoever fills the form in; gone when answers are read.")

    def shared_blocks(self) -> dict[str, blocks.Block]:
        """A text, with a heading or without."""
        return {
            "label": blocks.CharBlock(required=False, max_length=MAX_LABEL, label=_("Heading")),
            "help_text": blocks.TextBlock(max_length=2000, rows=3, label=_("Words of the note")),
            **self.logic_blocks(),
        }
