"""Headings inside a text."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, StructBlock

LEVELS = [("h2", _("Heading")), ("h3", _("Subheading"))]


class HeadingBlock(StructBlock):
    """A heading of one of two levels; the page's title is the level above."""

    text = CharBlock(label=_("wording"), max_length=200)
    level = ChoiceBlock(label=_("level"), choices=LEVELS, default="h2", search_index=False)

    class Meta:
        label = _("Heading")
        icon = "title"
        template = "home/blocks/heading.html"
        label_format = "{text}"
