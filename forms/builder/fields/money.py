"""Amounts of money."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from forms.builder.fields.numeric import NumericType
from forms.builder.fields.setting_blocks import RawBlock
from forms.builder.rules.numbers import is_number, number_in_words
from forms.builder.schema import FieldSchema

YUAN, TEN_THOUSAND = "yuan", "ten_thousand_yuan"
DECIMALS = {YUAN: 2, TEN_THOUSAND: 6}
"""Down to one fen in either."""


class MoneyType(NumericType):
    """Yuan, or ten thousand yuan, to the fen."""

    name = "money"
    column_width = 9
    places = 2
    label = _("Amount of money")
    icon = "tag"
    description = _("In yuan or ten thousand yuan, to the fen.")
    widens_to = ("number", "text", "long_text")

    def option_blocks(self) -> dict[str, blocks.Block]:
        """Unit and bounds."""
        units = [(YUAN, _("yuan")), (TEN_THOUSAND, _("ten thousand yuan"))]
        return {
            "unit": blocks.ChoiceBlock(choices=units, default=YUAN, label=_("Unit of measure")),
            **self.bound_blocks(),
        }

    def options(self, raw: RawBlock) -> dict[str, Any]:
        """Yuan go without saying."""
        found = super().options(raw)
        return {name: value for name, value in found.items() if (name, value) != ("unit", YUAN)}

    def raw_options(self, schema: FieldSchema) -> RawBlock:
        """The unit is said to the block."""
        return {**super().raw_options(schema), "unit": self.unit_code(schema)}

    def unit_code(self, schema: FieldSchema) -> str:
        """One of DECIMALS."""
        code = schema.options.get("unit")
        return code if code in DECIMALS else YUAN

    def unit_of(self, schema: FieldSchema) -> str:
        """元 or 万元."""
        return gettext("ten thousand yuan") if self.unit_code(schema) == TEN_THOUSAND else gettext("yuan")

    def sign_of(self, schema: FieldSchema) -> str:
        """¥ says yuan: before an amount in ten thousand yuan it would make ten thousand times too much of it."""
        return "¥" if self.unit_code(schema) == YUAN else ""

    def decimals_of(self, schema: FieldSchema) -> int:
        """To the fen."""
        return DECIMALS[self.unit_code(schema)]

    def initial(self, schema: FieldSchema, answer: Any) -> Any:
        """With its separators, so that noughts can be counted."""
        return number_in_words(answer, places=self.places) if is_number(answer) else answer
