"""Pictures."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructBlock
from wagtail.images.blocks import ImageBlock


class PictureBlock(StructBlock):
    """A picture with a caption. Its description is read aloud to whoever cannot see it."""

    image = ImageBlock(label=_("picture"))
    caption = CharBlock(label=_("caption"), required=False, max_length=200)

    class Meta:
        label = _("Picture")
        icon = "image"
        template = "home/blocks/picture.html"
        label_format = "{caption}"
