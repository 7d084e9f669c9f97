"""Blocks that pages are made of; one visual idea a file."""

from home.blocks.attachments import AttachmentListBlock, attachment_list_block
from home.blocks.body import BodyBlock, plain_text
from home.blocks.callout import CalloutBlock
from home.blocks.heading import HeadingBlock
from home.blocks.paragraph import ParagraphBlock, paragraph_block
from home.blocks.picture import PictureBlock
from home.blocks.quotation import QuotationBlock
from home.blocks.steps import StepsBlock, steps_block
from home.blocks.table import TableBlock, table_block

__all__ = [
    "AttachmentListBlock",
    "BodyBlock",
    "CalloutBlock",
    "HeadingBlock",
    "ParagraphBlock",
    "PictureBlock",
    "QuotationBlock",
    "StepsBlock",
    "TableBlock",
    "attachment_list_block",
    "paragraph_block",
    "plain_text",
    "steps_block",
    "table_block",
]
