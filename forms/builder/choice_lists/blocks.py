"""The setting in which an editor keeps a list of choices."""

from typing import Any, TypeGuard

from django import forms
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from wagtail import blocks

from forms.builder.choice_lists.lines import lines_of
from forms.builder.choice_lists.widgets import ChoicesGrid, ParentMenu, UnitMenu
from forms.builder.choice_lists.words import statement_words
from forms.builder.json_blocks import JsonBlock


class ChoicesBlock(JsonBlock):
    """Lines with code and label. What pages stored before lists had a control of their own is read as well."""

    empty = list

    def widget(self) -> forms.Widget:
        """A small grid."""
        return ChoicesGrid()

    @classmethod
    def of_statements(cls, **kwargs: Any) -> "ChoicesBlock":
        """The same for lines that are statements to be answered, and called so."""
        block = cls(**kwargs)
        block.field.widget = ChoicesGrid(statement_words)
        return block

    def to_python(self, value: Any) -> Any:
        """The lines, whichever way they were stored."""
        return lines_of(value)

    def clean(self, value: Any) -> Any:
        """The lines without what cannot be seen, and without blank ones."""
        lines = lines_of(super().clean(value))
        return [line for line in lines if line["label"] or line.get("retired")]

    def render_basic(self, value: Any, context: Any = None) -> SafeString:
        """One label a line, where two revisions are compared."""
        return format_html_join("\n", "<p>{}</p>", ((line["label"],) for line in lines_of(value)))


class UnitRootBlock(JsonBlock):
    """One unit of the portal: {"unit": 12, "name": "三亚市"}, or nothing. The name is what an export says of it."""

    def widget(self) -> forms.Widget:
        """A menu."""
        return UnitMenu()

    def clean(self, value: Any) -> Any:
        """The unit; nothing for what is none."""
        found = super().clean(value)
        return found if is_unit(found) else {}


def is_unit(value: Any) -> TypeGuard[dict[str, Any]]:
    """Whether it names a unit."""
    return isinstance(value, dict) and isinstance(value.get("unit"), int) and isinstance(value.get("name"), str)


class ParentBlock(blocks.CharBlock):
    """Key of the question whose answer decides what is offered."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "max_length": 64, **kwargs})
        self.field.widget = ParentMenu()
