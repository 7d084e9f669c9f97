"""What must not be overlooked."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, RichTextBlock, StructBlock


class CalloutBlock(StructBlock):
    """A short note set apart from the text."""

    title = CharBlock(label=_("title"), required=False, max_length=100)
    text = RichTextBlock(label=_("wording"), features=["bold", "ol", "ul", "link", "document-link"])

    class Meta:
        label = _("Call-out")
        icon = "info-circle"
        template = "home/blocks/callout.html"
        label_format = "{title}"
