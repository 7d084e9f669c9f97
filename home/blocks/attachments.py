"""Files in the middle of a text."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import ListBlock
from wagtail.documents.blocks import DocumentChooserBlock


class AttachmentListBlock(ListBlock):
    """A list of files to download."""

    class Meta:
        label = _("List of files")
        icon = "doc-full-inverse"
        template = "home/blocks/attachments.html"


def attachment_list_block() -> AttachmentListBlock:
    """The block for documents of the library."""
    return AttachmentListBlock(DocumentChooserBlock(label=_("file")))
