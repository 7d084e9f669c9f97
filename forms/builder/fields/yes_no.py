"""Yes, no, or not applicable."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from forms.builder.fields import groups
from forms.builder.fields.base import CellValue, FieldType, LogicType, form_field_settings
from forms.builder.fields.choice import CodeField, OptionRadios, menu
from forms.builder.fields.sources import Sources
from forms.builder.rules.text import half_width
from forms.builder.schema import FieldSchema

NOT_APPLICABLE = "na"
ANSWERS: dict[str, bool | str] = {"yes": True, "no": False, NOT_APPLICABLE: NOT_APPLICABLE}
WORDS = {
    **dict.fromkeys(("是", "yes", "y", "true", "1", "√", "✓"), "yes"),
    **dict.fromkeys(("否", "no", "n", "false", "0", "×", "✗"), "no"),
    **dict.fromkeys(("不适用", "na", "n/a", "not applicable"), NOT_APPLICABLE),
}
"""How the answers stand in workbooks, whoever filled them in."""


class YesNoField(CodeField):
    """True, False, "na", or None for no answer."""

    def clean(self, value: Any) -> bool | str | None:
        """The answer as JSON."""
        code = super().clean(value)
        return None if code is None else ANSWERS[code]


class YesNoType(FieldType):
    """Yes or no; not answered is neither, and not applicable is an answer where the editor allows it."""

    name = "yes_no"
    column_width = 7
    label = _("Yes or no")
    icon = "check"
    group = groups.CHOICES
    description = _("Yes, no, or not applicable if you allow it.")
    logic_type = LogicType.BOOLEAN
    seconds = 5

    def option_blocks(self) -> dict[str, blocks.Block]:
        """Whether there is a third answer."""
        label = _("Offer “not applicable”")
        return {NOT_APPLICABLE: blocks.BooleanBlock(required=False, label=label)}

    def choices(self, schema: FieldSchema) -> list[tuple[str, str]]:
        """Codes and labels."""
        both = [("yes", gettext("Yes")), ("no", gettext("No"))]
        third = (NOT_APPLICABLE, gettext("Not applicable"))
        return [*both, third] if schema.options.get(NOT_APPLICABLE) is True else both

    def form_field(self, schema: FieldSchema, sources: Sources, *, in_table: bool = False) -> forms.Field:
        """Radio buttons; a menu in a table."""
        choices = self.choices(schema)
        if in_table:
            return YesNoField(choices=[("", "—"), *choices], widget=menu(), **form_field_settings(schema))
        return YesNoField(
            choices=choices, widget=OptionRadios({"class": "options-inline"}), **form_field_settings(schema)
        )

    def initial(self, schema: FieldSchema, answer: Any) -> Any:
        """The radio button's code."""
        if isinstance(answer, bool):
            return "yes" if answer else "no"
        return NOT_APPLICABLE if answer == NOT_APPLICABLE else None

    def decode(self, schema: FieldSchema, typed: Any, sources: Sources, *, in_table: bool = False) -> Any:
        """The answer in words: 是, no, TRUE."""
        words = half_width("" if typed is None else str(typed)).lower()
        return super().decode(schema, WORDS.get(words, words), sources, in_table=in_table)

    def logic_value(self, schema: FieldSchema, answer: Any) -> bool | str | None:
        """True, false, or "na": answered, yet neither."""
        return answer if isinstance(answer, bool) or answer == NOT_APPLICABLE else None

    def kept(self, schema: FieldSchema, raw: Any) -> Any:
        """Nothing else can have been typed."""
        return None

    def code_cell(self, schema: FieldSchema, answer: Any) -> CellValue:
        """yes, no, na."""
        code: str | None = self.initial(schema, answer)
        return code

    def in_words(self, schema: FieldSchema, answer: Any) -> str:
        """Yes, No or Not applicable."""
        if answer == NOT_APPLICABLE:
            return gettext("Not applicable")
        return (gettext("Yes") if answer else gettext("No")) if isinstance(answer, bool) else ""
