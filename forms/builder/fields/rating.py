"""A mark on a scale."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from forms.builder.fields import groups
from forms.builder.fields.base import CellValue, FieldType, LogicType, form_field_settings
from forms.builder.fields.choice import CodeField, menu
from forms.builder.fields.setting_blocks import RawBlock
from forms.builder.fields.sources import Sources
from forms.builder.rules.text import half_width
from forms.builder.schema import FieldSchema

USUAL_MOST = 5
MOST = 10


class RatingRadios(forms.RadioSelect):
    """The marks in a row, with words at either end."""

    template_name = "builder/widgets/rating.html"

    def __init__(self, lowest: str, highest: str) -> None:
        super().__init__()
        self.ends = {"lowest": lowest, "highest": highest}

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Say what the ends mean."""
        return {**super().get_context(name, value, attrs), **self.ends}


class RatingField(CodeField):
    """A mark from 1, None for no answer."""

    def clean(self, value: Any) -> int | None:
        """The mark. A workbook's 4.0 and the words "4 / 5" are understood."""
        typed = half_width("" if value is None else str(value))
        code = super().clean(re.sub(r"(?:\.0+|\s*/\s*\d+)$", "", typed))
        return None if code is None else int(code)


class RatingType(FieldType):
    """A mark from 1 to 5, or to as many as the editor sets."""

    name = "rating"
    column_width = 6
    label = _("Rating")
    icon = "pick"
    group = groups.CHOICES
    description = _("A mark from 1 to 5, with words for both ends.")
    rare = ("most", "sensitive")
    logic_type = LogicType.NUMBER
    widens_to = ("integer", "number", "text", "long_text")
    seconds = 6

    def option_blocks(self) -> dict[str, blocks.Block]:
        """What the ends mean, and how many marks there are."""
        return {
            "low_label": blocks.CharBlock(
                required=False, max_length=30, label=_("1 means"), help_text=_("Such as “very poor”.")
            ),
            "high_label": blocks.CharBlock(
                required=False, max_length=30, label=_("The best mark means"), help_text=_("Such as “very good”.")
            ),
            "most": blocks.IntegerBlock(
                required=False, min_value=2, max_value=MOST, label=_("Best mark"), help_text=_("5 if nothing is given.")
            ),
        }

    def options(self, raw: RawBlock) -> dict[str, Any]:
        """Five goes without saying."""
        return {name: value for name, value in super().options(raw).items() if (name, value) != ("most", USUAL_MOST)}

    def most_of(self, schema: FieldSchema) -> int:
        """The best mark."""
        most = schema.options.get("most")
        return most if type(most) is int and 2 <= most <= MOST else USUAL_MOST

    def form_field(self, schema: FieldSchema, sources: Sources, *, in_table: bool = False) -> forms.Field:
        """Radio buttons in a row; a menu in a table."""
        marks = [(str(mark), str(mark)) for mark in range(1, self.most_of(schema) + 1)]
        if in_table:
            return RatingField(choices=[("", "—"), *marks], widget=menu(), **form_field_settings(schema))
        ends = (str(schema.options.get(name) or "") for name in ("low_label", "high_label"))
        return RatingField(choices=marks, widget=RatingRadios(*ends), **form_field_settings(schema))

    def reading(self, schema: FieldSchema) -> dict[str, Any]:
        """The marks."""
        return {"least": 1, "greatest": self.most_of(schema)}

    def is_answer(self, answer: Any) -> bool:
        """Whether it is a mark."""
        return type(answer) is int

    def initial(self, schema: FieldSchema, answer: Any) -> Any:
        """The radio button's value."""
        return str(answer) if self.is_answer(answer) else None

    def kept(self, schema: FieldSchema, raw: Any) -> Any:
        """Nothing else can have been typed."""
        return None

    def logic_value(self, schema: FieldSchema, answer: Any) -> int | None:
        """The mark."""
        return answer if self.is_answer(answer) else None

    def cell(self, schema: FieldSchema, answer: Any) -> CellValue:
        """The mark as a number."""
        return answer if self.is_answer(answer) else None

    def in_words(self, schema: FieldSchema, answer: Any) -> str:
        """4 / 5."""
        return f"{answer} / {self.most_of(schema)}" if self.is_answer(answer) else ""
