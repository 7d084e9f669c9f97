"""How questions travel to the editor: as Wagtail's blocks do, but drawn when they are opened."""

from django import forms
from django.forms.widgets import Script
from django.utils.functional import cached_property
from wagtail.blocks.struct_block import StructBlockAdapter


class LateBlockAdapter(StructBlockAdapter):
    """Draws the inputs of a question when it is opened; until then its state travels as one input."""

    js_constructor = "portal.forms.LateBlock"

    @cached_property
    def media(self) -> forms.Media:
        """Wagtail's blocks, then ours."""
        return super().media + forms.Media(js=[Script("js/form-editor.js", type="module")])  # type: ignore[list-item]
