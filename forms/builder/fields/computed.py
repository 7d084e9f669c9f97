"""What the server answers by itself: shown in the form, never read from what a browser sends."""

from typing import Any

from wagtail import blocks

from forms.builder.fields.base import FieldType
from forms.builder.fields.sources import Sources
from forms.builder.schema import FieldSchema


class ComputedType(FieldType):
    """A question to which nobody types the answer; the form draws words where others have an input."""

    is_computed = True
    prefills = ()
    seconds = 0

    def shared_blocks(self) -> dict[str, blocks.Block]:
        """Nobody could be asked to answer it."""
        shared = super().shared_blocks()
        del shared["required"]
        return shared

    def kept(self, schema: FieldSchema, raw: Any) -> Any:
        """Nothing can have been typed."""
        return None

    def decode(self, schema: FieldSchema, typed: Any, sources: Sources, *, in_table: bool = False) -> Any:
        """Nothing: a column of an imported table is not where the answer comes from."""
        return None

    def validate(self, schema: FieldSchema, answer: Any, sources: Sources, *, in_table: bool = False) -> None:
        """Whoever worked it out answers for it."""
