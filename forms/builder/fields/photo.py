"""Photos: files that are pictures, seen before they are sent."""

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import blocks

from forms.builder.fields.file import MAX_FILES, FileType
from forms.builder.file_types import GROUPS
from forms.builder.schema import FieldSchema

USUAL_PHOTOS = 9


class PhotoType(FileType):
    """Photos from a telephone or a camera. Whoever may see the report sees them without their time and place."""

    name = "photo"
    label = _("Photos")
    icon = "image"
    description = _("Taken at once or chosen; time and place stay with the unit and its reviewers.")
    seconds = 45
    widens_to = ("file",)
    usual_files = USUAL_PHOTOS

    def option_blocks(self) -> dict[str, blocks.Block]:
        """How many."""
        return {
            "max_files": blocks.IntegerBlock(
                required=False,
                min_value=1,
                max_value=MAX_FILES,
                label=_("At most how many"),
                help_text=format_lazy(_("{count} if nothing is given."), count=USUAL_PHOTOS),
            ),
        }

    def group_of(self, schema: FieldSchema) -> str:
        """What cameras make."""
        return "photos"

    def limits(self, schema: FieldSchema) -> str:
        """How many, how large, which kinds."""
        count = self.max_files(schema)
        words = ngettext(
            "At most %(count)d photo of up to %(limit)s (%(types)s).",
            "At most %(count)d photos of up to %(limit)s each (%(types)s).",
            count,
        )
        limit = filesizeformat(settings.PORTAL_UPLOAD_MAX_BYTES)
        return words % {"count": count, "limit": limit, "types": GROUPS["photos"].in_words}
