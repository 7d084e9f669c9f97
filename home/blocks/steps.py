"""What to do, one after the other."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, StructBlock, TextBlock


class StepBlock(StructBlock):
    """One step."""

    title = CharBlock(label=_("title"), max_length=100)
    text = TextBlock(label=_("wording"), required=False)

    class Meta:
        label = _("Step")
        label_format = "{title}"


class StepsBlock(ListBlock):
    """Numbered steps."""

    class Meta:
        label = _("Steps")
        icon = "list-ol"
        template = "home/blocks/steps.html"


def steps_block() -> StepsBlock:
    """The block with its steps."""
    return StepsBlock(StepBlock())
