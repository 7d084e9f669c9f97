"""Answers that follow from other answers."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from forms.builder.answers import DisplayRow
from forms.builder.fields import groups
from forms.builder.fields.base import CellValue, LogicType
from forms.builder.fields.computed import ComputedType
from forms.builder.fields.date import day_of
from forms.builder.fields.numeric import MOST_DECIMALS
from forms.builder.fields.setting_blocks import RawBlock
from forms.builder.rules.days import day_in_words
from forms.builder.rules.numbers import is_number, number_in_words, rounded
from forms.builder.schema import FieldSchema

NUMBER, TEXT, DATE = "number", "text", "date"
LOGIC_TYPES = {NUMBER: LogicType.NUMBER, TEXT: LogicType.TEXT, DATE: LogicType.DATE}
NEW_DECIMALS = 2
"""What a new question starts with."""


class CalculatedType(ComputedType):
    """A sum, a share, a difference, a date: the question's logic says how (slot "value")."""

    name = "calculated"
    column_width = 7
    has_total = True
    label = _("Calculated")
    icon = "cog"
    group = groups.TEXT_AND_NUMBERS
    description = _("Worked out from other answers: a total, a share, a deadline.")
    logic_type: ClassVar[LogicType | None] = LogicType.NUMBER
    logic_slots = frozenset({"value", "show"})

    def option_blocks(self) -> dict[str, blocks.Block]:
        """What comes out, and how it is shown."""
        results = [(NUMBER, _("A number")), (TEXT, _("Text")), (DATE, _("A date"))]
        return {
            "result": blocks.ChoiceBlock(choices=results, default=NUMBER, label=_("What comes out")),
            "unit": blocks.CharBlock(required=False, max_length=10, label=_("Unit of measure")),
            "decimals": blocks.IntegerBlock(
                required=False,
                min_value=0,
                max_value=MOST_DECIMALS,
                default=NEW_DECIMALS,
                label=_("Decimals"),
                help_text=_("Of a number: more are rounded. As exact as it comes if nothing is given."),
            ),
        }

    def check(self, raw: RawBlock) -> Mapping[str, str]:
        """Something must be calculated."""
        if (raw.get("logic") or {}).get("value") is None:
            return {"logic": gettext("Please say how the answer is calculated.")}
        return {}

    def options(self, raw: RawBlock) -> dict[str, Any]:
        """Unit and decimals belong to numbers."""
        result = raw.get("result") or NUMBER
        if result != NUMBER:
            return {"result": result}
        found = {"result": result, "unit": raw.get("unit"), "decimals": raw.get("decimals")}
        return {name: value for name, value in found.items() if value not in (None, "")}

    def raw_options(self, schema: FieldSchema) -> RawBlock:
        """Said to the block, also that nothing is given."""
        given = {name: schema.options.get(name) for name in self.option_blocks()}
        return {**given, "result": self.result_of(schema)}

    def result_of(self, schema: FieldSchema) -> str:
        """One of LOGIC_TYPES."""
        result = schema.options.get("result")
        return result if result in LOGIC_TYPES else NUMBER

    def logic_type_of(self, schema: FieldSchema) -> LogicType:
        """What comes out."""
        return LOGIC_TYPES[self.result_of(schema)]

    def unit_of(self, schema: FieldSchema) -> str:
        """The unit of measure of a number."""
        return str(schema.options.get("unit") or "") if self.result_of(schema) == NUMBER else ""

    def number_of(self, schema: FieldSchema, answer: Any) -> int | float | None:
        """The number, rounded where the editor wished it; None for whatever else."""
        decimals = schema.options.get("decimals")
        if self.result_of(schema) != NUMBER or not is_number(answer):
            return None
        return rounded(answer, decimals) if type(decimals) is int and 0 <= decimals <= MOST_DECIMALS else answer

    def figures(self, schema: FieldSchema, answer: Any) -> str:
        """The answer in words without its unit."""
        number = self.number_of(schema, answer)
        if number is not None:
            return number_in_words(number)
        day = day_of(answer) if self.result_of(schema) == DATE else None
        return day_in_words(day) if day else super().in_words(schema, answer)

    def logic_value(self, schema: FieldSchema, answer: Any) -> Any:
        """The answer, if it is of the kind that comes out."""
        match self.result_of(schema):
            case "number":
                return answer if is_number(answer) else None
            case "date":
                return answer if day_of(answer) else None
            case _:
                return answer if isinstance(answer, str) else None

    def cell(self, schema: FieldSchema, answer: Any) -> CellValue:
        """A number as a number, a date as a date."""
        number = self.number_of(schema, answer)
        if number is not None:
            return number
        return (day_of(answer) if self.result_of(schema) == DATE else None) or super().cell(schema, answer)

    def in_words(self, schema: FieldSchema, answer: Any) -> str:
        """1,234.5 人; 2026年2月3日."""
        unit = self.unit_of(schema) if is_number(answer) else ""
        return f"{self.figures(schema, answer)} {unit}".strip()

    def display(self, schema: FieldSchema, answer: Any) -> DisplayRow:
        """Numbers stand on the right."""
        is_figure = self.result_of(schema) == NUMBER
        return DisplayRow(schema.label, "text", text=self.in_words(schema, answer), is_number=is_figure)
