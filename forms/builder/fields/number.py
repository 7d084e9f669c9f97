"""Numbers with decimals."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from forms.builder.fields.numeric import NumericType
from forms.builder.fields.setting_blocks import RawBlock
from forms.builder.schema import FieldSchema


class NumberType(NumericType):
    """A number with a unit of measure and as many decimals as the editor allows."""

    name = "number"
    label = _("Number with decimals")
    icon = "decimal"
    description = _("With a unit of measure and as many decimals as you allow.")
    widens_to: ClassVar[tuple[str, ...]] = ("text", "long_text")

    def option_blocks(self) -> dict[str, blocks.Block]:
        """Unit, decimals and bounds."""
        decimals = self.decimals_block(_("Whole numbers if nothing is given."), new=2)
        return {**self.unit_block(), **decimals, **self.bound_blocks()}

    def options(self, raw: RawBlock) -> dict[str, Any]:
        """No decimals are as good as nothing given."""
        return {name: value for name, value in super().options(raw).items() if (name, value) != ("decimals", 0)}

    def decimals_of(self, schema: FieldSchema) -> int:
        """As set; whole numbers if nothing is."""
        return self.decimals_or(schema, 0)
