"""Quotations."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructBlock, TextBlock


class QuotationBlock(StructBlock):
    """Words of somebody else, with where they are from."""

    text = TextBlock(label=_("wording"))
    source = CharBlock(label=_("source"), required=False, max_length=200)

    class Meta:
        label = _("Quotation")
        icon = "openquote"
        template = "home/blocks/quotation.html"
        label_format = "{text}"
