"""The stream of field blocks in which an editor builds a form."""

from wagtail import blocks


class FormFieldsBlock(blocks.StreamBlock):  # type: ignore[misc]
    """Every question of a form, in order."""
