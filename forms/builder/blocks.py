"""The stream of field blocks in which an editor builds a form."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from forms.builder.fields import FIELD_TYPES
from forms.builder.streams import with_own_keys


class FormFieldsBlock(blocks.StreamBlock):
    """Every question of a form, in order."""

    def __init__(self, local_blocks: "list[tuple[str, blocks.Block]] | None" = None, **kwargs: Any) -> None:
        super().__init__(local_blocks or [(name, one.block()) for name, one in FIELD_TYPES.items()], **kwargs)

    def clean(self, value: Any) -> Any:
        """Check every question, and give each a key of its own."""
        cleaned = super().clean(value)
        stored = self.get_prep_value(cleaned)
        own = with_own_keys(stored)
        return cleaned if own == stored else self.to_python(own)

    class Meta:
        label = _("Questions")
        required = False
        collapsed = True
