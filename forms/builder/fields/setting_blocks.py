"""The block with which an editor asks a question, and the settings that every question has."""

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.telepath import register
from wagtail.blocks.struct_block import BlockGroup, StructBlockValidationError

from forms.builder.editor.adapters import LateBlockAdapter
from forms.builder.editor.examples import example_of
from forms.builder.editor.state import sent_state, value_of_state
from forms.builder.json_blocks import LockBlock, LogicBlock, PrefillBlock

if TYPE_CHECKING:
    from collections.abc import Callable

    from forms.builder.fields.base import FieldType

MAX_LABEL = 200
MAX_HELP = 500

RawBlock = dict[str, Any]
"""The value of a field block as the page stores it: plain JSON."""


class FieldBlock(blocks.StructBlock):
    """One question in the builder: what every type has, then what this type adds."""

    def __init__(
        self,
        local_blocks: "list[tuple[str, blocks.Block]] | None" = None,
        *,
        check: "Callable[[RawBlock], Mapping[str, str]] | None" = None,
        asks: "FieldType | None" = None,
        **kwargs: Any,
    ) -> None:
        self.check_options = check
        self.asks = asks
        super().__init__(local_blocks, **kwargs)  # asks for the layout

    def get_form_layout(self) -> BlockGroup:
        """What is set rarely lies behind the cogwheel; how an answer is calculated stands below the question."""
        is_calculated = self.asks is not None and "value" in self.asks.logic_slots
        behind = {*self.meta.rare, "prefill", "locked"} | (set() if is_calculated else {"logic"})
        rare = [name for name in self.child_blocks if name in behind]
        shown = [name for name in self.child_blocks if name not in behind]
        shown.sort(key=lambda name: is_calculated and name not in ("label", "logic"))
        return BlockGroup(shown, settings=rare)

    def get_preview_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """The question as units will see it, for whoever picks a type."""
        return {**super().get_preview_context(value, parent_context), "form": self.asks and example_of(self.asks)}

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> Any:
        """What was typed; what was sent as a whole where nobody opened the question."""
        state = sent_state(data, prefix)
        return super().value_from_datadict(data, files, prefix) if state is None else value_of_state(self, state)

    def clean(self, value: Any) -> Any:
        """Check each setting, then the settings together; an unfinished draft is let pass."""
        cleaned = super().clean(value)
        if self.check_options and not self.is_deferred_validation:
            errors = self.check_options(self.get_prep_value(cleaned))
            if errors:
                raise StructBlockValidationError({name: ValidationError(text) for name, text in errors.items()})
        return cleaned

    class Meta:
        label_format = "{label}"
        form_classname = "struct-block question-settings"
        preview_template = "builder/block_preview.html"
        rare: tuple[str, ...] = ()


register(LateBlockAdapter(), FieldBlock)


@cache
def common_blocks() -> Mapping[str, blocks.Block]:
    """The settings of every question, made once: what is one object here travels to the editor's browser once."""
    return {
        "label": blocks.CharBlock(max_length=MAX_LABEL, label=_("Question")),
        "required": blocks.BooleanBlock(required=False, label=_("Must be answered")),
        "help_text": blocks.TextBlock(
            required=False,
            max_length=MAX_HELP,
            rows=2,
            label=_("Guidance"),
            help_text=_("Stands under the question."),
        ),
        "sensitive": blocks.BooleanBlock(
            required=False,
            label=_("Personal or sensitive"),
            help_text=_("The answer is kept out of the search index."),
        ),
    }


@cache
def prefill_block(sources: tuple[str, ...]) -> blocks.Block:
    """What new reports begin with, out of these sources."""
    return PrefillBlock(sources=sources)


@cache
def logic_block(slots: frozenset[str]) -> blocks.Block:
    """The conditions of questions with these slots."""
    return LogicBlock(slots=slots)


@cache
def lock_block() -> blocks.Block:
    """Whether a question must stay as its template has it."""
    return LockBlock()
