"""The body of a page, and its words."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamBlock, StreamValue

from home.blocks.attachments import attachment_list_block
from home.blocks.callout import CalloutBlock
from home.blocks.heading import HeadingBlock
from home.blocks.paragraph import paragraph_block
from home.blocks.picture import PictureBlock
from home.blocks.quotation import QuotationBlock
from home.blocks.steps import steps_block
from home.blocks.table import table_block


class BodyBlock(StreamBlock):
    """Everything a page may be made of."""

    heading = HeadingBlock()
    paragraph = paragraph_block()
    table = table_block()
    picture = PictureBlock()
    quotation = QuotationBlock()
    callout = CalloutBlock()
    steps = steps_block()
    attachments = attachment_list_block()

    class Meta:
        label = _("Body")
        required = False


def plain_text(body: StreamValue) -> str:
    """The words of a body, one piece of text a line, without markup: what the search reads."""
    pieces: list[Any] = body.stream_block.get_searchable_content(body)
    lines = (" ".join(str(piece).split()) for piece in pieces)
    return "\n".join(line for line in lines if line)
