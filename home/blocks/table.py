"""Tables."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, FloatBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock


class TableBlock(TypedTableBlock):
    """A table whose columns hold words or numbers; numbers stand on the right."""

    class Meta:
        label = _("Table")
        icon = "table"
        template = "home/blocks/table.html"


def table_block() -> TableBlock:
    """The block with its two kinds of columns."""
    return TableBlock(
        [
            ("words", CharBlock(label=_("Text in the cell"), required=False)),
            ("number", FloatBlock(label=_("Number"), required=False)),
        ]
    )
