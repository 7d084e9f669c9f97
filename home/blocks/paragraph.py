"""Running text."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import RichTextBlock

FEATURES = ["bold", "italic", "ol", "ul", "hr", "link", "document-link", "superscript", "subscript"]
"""What running text may contain; headings, pictures and tables are blocks of their own."""


class ParagraphBlock(RichTextBlock):
    """One or more paragraphs, lists and links."""

    class Meta:
        label = _("Paragraph")
        icon = "pilcrow"
        template = "home/blocks/paragraph.html"


def paragraph_block() -> ParagraphBlock:
    """The block with the features that the house allows."""
    return ParagraphBlock(features=FEATURES)
