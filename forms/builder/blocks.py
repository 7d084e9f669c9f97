"""The stream of field blocks in which an editor builds a form."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from forms.builder.fields import FIELD_TYPES
from forms.builder.fields.cascades import cascade_problems
from forms.builder.json_blocks import CheckBlock, PlaceBlock
from forms.builder.library.rules import lock_of, was_changed
from forms.builder.schema import FieldSchema
from forms.builder.streams import RULE, RawStream, schema_of_stream, with_own_keys


class KeyedStreamBlock(blocks.StreamBlock):
    """A stream whose blocks' ids are keys."""

    def clean(self, value: Any) -> Any:
        """Check every block, and give each a key of its own."""
        cleaned = super().clean(value)
        stored = self.get_prep_value(cleaned)
        own = with_own_keys(stored)
        return cleaned if own == stored else self.to_python(own)


class FormFieldsBlock(KeyedStreamBlock):
    """Every question of a form, in order."""

    def __init__(self, local_blocks: "list[tuple[str, blocks.Block]] | None" = None, **kwargs: Any) -> None:
        super().__init__(local_blocks or [(name, one.block()) for name, one in FIELD_TYPES.items()], **kwargs)

    def clean(self, value: Any) -> Any:
        """Check every question; what came locked from a template must still ask the same, in drafts too."""
        cleaned = super().clean(value)
        schema = schema_of_stream(self.get_prep_value(cleaned), title="")
        faults = {number: locked_fault(one) for number, one in enumerate(schema) if was_changed(one)}
        if faults:
            raise StreamBlockValidationError(block_errors=faults)
        if not self.is_deferred_validation:
            refuse_cascades(self.get_prep_value(cleaned))
        return cleaned

    class Meta:
        label = _("Questions")
        required = False
        collapsed = True


def locked_fault(question: FieldSchema) -> StructBlockValidationError:
    """What is said beside a question that was changed although its template locks it."""
    template = lock_of(question).get("template", "")
    message = gettext("This question comes from the template “%(template)s” and stays as it is there.")
    note = gettext("It may be moved or removed, but not changed.")
    return StructBlockValidationError({"label": ValidationError(f"{message % {'template': template}} {note}")})


def refuse_cascades(stream: RawStream) -> None:
    """StreamBlockValidationError, beside the list of choices, where a question cannot be filtered as wished."""
    problems = dict(cascade_problems(schema_of_stream(stream, title="")))
    if problems:
        raise StreamBlockValidationError(block_errors=block_errors(stream, problems, ""))


def block_errors(stream: RawStream, problems: Mapping[str, str], at: str) -> dict[int, ValidationError]:
    """The problems by the place of their block; those of columns inside their table."""
    found: dict[int, ValidationError] = {}
    for number, block in enumerate(stream):
        path = f"{at}{block['id']}"
        columns = block_errors(block["value"].get("columns") or [], problems, f"{path}.")
        if columns:
            found[number] = StructBlockValidationError({"columns": StreamBlockValidationError(block_errors=columns)})
        elif path in problems:
            found[number] = StructBlockValidationError({"choices": ValidationError(problems[path])})
    return found


class RuleBlock(blocks.StructBlock):
    """One check across questions."""

    at = PlaceBlock(max_length=130, label=_("Where the message stands"))
    check = CheckBlock(label=_("What must hold"))
    message = blocks.CharBlock(
        max_length=200,
        label=_("Message"),
        help_text=_("Says what does not fit and how to mend it."),
    )
    severity = blocks.ChoiceBlock(
        choices=[
            ("error", _("Error: the report cannot be sent")),
            ("warning", _("Warning: the reporter must explain")),
            ("information", _("Information: only shown")),
        ],
        default="error",
        label=_("How strict"),
    )

    class Meta:
        icon = "warning"
        label = _("Check")
        label_format = "{message}"


class FormRulesBlock(KeyedStreamBlock):
    """Every check of a form."""

    def __init__(self, local_blocks: "list[tuple[str, blocks.Block]] | None" = None, **kwargs: Any) -> None:
        super().__init__(local_blocks or [(RULE, RuleBlock())], **kwargs)

    class Meta:
        label = _("Checks")
        required = False
        collapsed = True
