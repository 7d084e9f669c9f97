"""Shares in per cent."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from forms.builder.fields.numeric import Bounds, NumericType
from forms.builder.rules.numbers import number_in_words
from forms.builder.schema import FieldSchema

USUAL_DECIMALS = 2
LEAST, GREATEST = 0, 100


class PercentageType(NumericType):
    """A share: 35.5 stands for 35.5 %, and 0.5 for half of one per cent."""

    name = "percentage"
    column_width = 6.5
    has_total = False
    label = _("Percentage")
    icon = "sliders"
    description = _("From 0 to 100 unless you set other bounds. 0.5 is half of one per cent.")
    rare = ("decimals", "minimum", "maximum", "sensitive")
    widens_to = ("number", "text", "long_text")

    def option_blocks(self) -> dict[str, blocks.Block]:
        """Decimals and bounds."""
        usual = (_("0 if nothing is given; −100 lets a decrease be told."), _("100 if nothing is given."))
        return {**self.decimals_block(_("2 if nothing is given.")), **self.bound_blocks(usual)}

    def unit_of(self, schema: FieldSchema) -> str:
        """Per cent."""
        return "%"

    def decimals_of(self, schema: FieldSchema) -> int:
        """As set, else two."""
        return self.decimals_or(schema, USUAL_DECIMALS)

    def bounds_of(self, schema: FieldSchema) -> Bounds:
        """As set, else 0 to 100."""
        least, greatest = super().bounds_of(schema)
        return LEAST if least is None else least, GREATEST if greatest is None else greatest

    def number_in_words(self, schema: FieldSchema, number: float) -> str:
        """35.5%."""
        return f"{number_in_words(number)}%"
