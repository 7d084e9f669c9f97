"""Text on one line, and text on several."""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import blocks

from forms.builder.fields import groups
from forms.builder.fields.base import FieldType, form_field_settings
from forms.builder.fields.patterns import PATTERNS
from forms.builder.fields.sources import Sources
from forms.builder.rules import clean_line, clean_text
from forms.builder.schema import FieldSchema


class CleanCharField(forms.CharField):
    """Text without what cannot be seen. Its length is checked here and not by the browser, which would cut it off."""

    def __init__(self, *, longest: int, lines: bool, read: Callable[[str], str] | None = None, **kwargs: Any) -> None:
        super().__init__(strip=False, **kwargs)
        self.longest, self.lines, self.read = longest, lines, read
        self.validators = []

    def to_python(self, value: Any) -> str | None:
        """The cleaned text, None for none."""
        text = str(value) if value is not None else ""
        cleaned = clean_text(text) if self.lines else clean_line(text)
        return (self.read(cleaned) if self.read and cleaned else cleaned) or None

    def validate(self, value: Any) -> None:
        """Refuse what is missing or too long, with both lengths."""
        super().validate(value)
        if value and len(value) > self.longest:
            message = ngettext(
                "The text has %(length)s characters; at most %(longest)s fit. Please shorten it.",
                "The text has %(length)s characters; at most %(longest)s fit. Please shorten it.",
                len(value),
            )
            raise ValidationError(message, code="max_length", params={"length": len(value), "longest": self.longest})


class TextType(FieldType):
    """One line: names, places, short answers."""

    name = "text"
    prefills: ClassVar[tuple[str, ...]] = ("last", "unit", "person", "constant")
    label = _("Short text")
    icon = "title"
    group = groups.TEXT_AND_NUMBERS
    description: ClassVar[Promise | str] = _("One line: a name, a place, a short answer.")
    rare: ClassVar[tuple[str, ...]] = ("pattern", "max_length", "sensitive")
    widens_to: ClassVar[tuple[str, ...]] = ("long_text",)
    longest = 200
    limit = 1000
    lines = False

    def option_blocks(self) -> dict[str, blocks.Block]:
        """What it must look like, and the greatest length."""
        patterns = [("", _("Any text")), *((name, one.label) for name, one in PATTERNS.items())]
        return {
            "pattern": blocks.ChoiceBlock(required=False, choices=patterns, label=_("Must be a")),
            **self.length_block(),
        }

    def length_block(self) -> dict[str, blocks.Block]:
        """The greatest length."""
        help_text = format_lazy(_("Characters; {usual} if nothing is given."), usual=self.longest)
        return {
            "max_length": blocks.IntegerBlock(
                required=False, min_value=1, max_value=self.limit, label=_("Greatest length"), help_text=help_text
            )
        }

    def form_field(self, schema: FieldSchema, sources: Sources, *, in_table: bool = False) -> forms.Field:
        """A text input."""
        longest = schema.options.get("max_length", self.longest)
        pattern = PATTERNS.get(schema.options.get("pattern", ""))
        return CleanCharField(
            longest=longest,
            lines=self.lines,
            read=pattern.read if pattern else None,
            widget=self.widget(in_table),
            **form_field_settings(schema),
        )

    def reading(self, schema: FieldSchema) -> dict[str, Any]:
        """Whether lines count, and the shape it must have."""
        pattern = str(schema.options.get("pattern") or "")
        return {"lines": True} if self.lines else {"form": pattern} if pattern in PATTERNS else {}

    def widened(self, schema: FieldSchema, answer: Any, *, in_words: str) -> Any:
        """What was no text is kept as it was read."""
        return answer if isinstance(answer, str) else in_words or None

    def widget(self, in_table: bool) -> forms.Widget:
        """One line."""
        return forms.TextInput({"class": "form-control", "autocomplete": "off"})


class LongTextType(TextType):
    """Paragraphs."""

    name = "long_text"
    column_width = 11.5
    label = _("Long text")
    icon = "pilcrow"
    description = _("Several lines: descriptions, summaries.")
    rare = ("rows", "max_length", "sensitive")
    widens_to = ()
    seconds = 90
    longest = 5000
    limit = 50_000
    lines = True

    def option_blocks(self) -> dict[str, blocks.Block]:
        """Length and height."""
        rows = blocks.IntegerBlock(required=False, min_value=2, max_value=30, label=_("Height in lines"))
        return {**self.length_block(), "rows": rows}

    def form_field(self, schema: FieldSchema, sources: Sources, *, in_table: bool = False) -> forms.Field:
        """A text area of the wanted height."""
        field = super().form_field(schema, sources, in_table=in_table)
        field.widget.attrs["rows"] = schema.options.get("rows", 2 if in_table else 5)
        return field

    def widget(self, in_table: bool) -> forms.Widget:
        """Several lines."""
        return forms.Textarea({"class": "form-control"})
