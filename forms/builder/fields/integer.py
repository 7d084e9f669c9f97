"""Whole numbers."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from forms.builder.fields.numeric import NumericType


class IntegerType(NumericType):
    """A whole number: persons, times, pieces."""

    name = "integer"
    label = _("Whole number")
    icon = "order"
    description = _("How many: persons, times, pieces.")
    widens_to = ("number", "text", "long_text")
    seconds = 10

    def option_blocks(self) -> dict[str, blocks.Block]:
        """Unit and bounds."""
        return {**self.unit_block(), **self.bound_blocks()}
