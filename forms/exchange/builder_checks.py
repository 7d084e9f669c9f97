"""Whether an editor could have built what a file describes: it is sent the way through the builder's own blocks."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.blocks import Block, ListBlock, StreamBlock, StructBlock

from forms.builder.logic.checking import problems_of
from forms.builder.models import FormPage
from forms.builder.schema import FieldSchema, FormSchema
from forms.builder.streams import schema_of_stream, stream_of_rules, stream_of_schema
from forms.exchange.imported import ImportRefusedError

UNREADABLE = (KeyError, TypeError, ValueError, AttributeError, IndexError, ArithmeticError)
"""What a type may raise over settings of a shape that its block never makes."""


def as_built(schema: FormSchema) -> tuple[FormSchema, list[str]]:
    """The form as the builder keeps it, and sentences about what that changes; ImportRefusedError if it cannot."""
    for name, text in (("title", schema.title), ("intro", schema.intro)):
        setting = FormPage._meta.get_field(name)
        if len(text) > (setting.max_length or len(text)):
            values = {"name": setting.verbose_name, "most": setting.max_length}
            raise ImportRefusedError(_("%(name)s: at most %(most)d characters fit.") % values)
    fields: list[FieldSchema] = []
    warnings: list[str] = []
    for field in schema.fields:
        built = field_as_built(field)
        # The settings keep their order, so that what nothing was changed of is written byte for byte as it came.
        fields.append(field if built == field else built)
        warnings.extend(differences(field, built))
    rules = schema_of_stream([], title="", rules=stream_of_rules(schema)).rules
    return replace(schema, fields=tuple(fields), rules=rules), warnings


def field_as_built(field: FieldSchema) -> FieldSchema:
    """One question after the way through its block."""
    try:
        (built,) = schema_of_stream(stream_of_schema(FormSchema("", fields=(field,))), title="").fields
    except UNREADABLE as error:
        message = _("“%(name)s”: its settings cannot be read.") % {"name": field.label or field.key}
        raise ImportRefusedError(message) from error
    return built


def differences(given: FieldSchema, built: FieldSchema, where: str = "") -> Iterator[str]:
    """A sentence for each question of which something was left out or cleaned."""
    name = f"{where}{given.label or given.key}"
    ours, theirs = built.to_json(), given.to_json()
    changed = [part for part in theirs if part not in ("columns", "options") and theirs[part] != ours.get(part)]
    changed += [option for option, value in given.options.items() if built.options.get(option) != value]
    if changed:
        values = {"name": name, "parts": "、".join(changed)}
        yield _("“%(name)s”: %(parts)s was not taken as it stands in the file.") % values
    columns = {column.key: column for column in built.columns}
    for column in given.columns:
        if column.key in columns:
            yield from differences(column, columns[column.key], f"{name} / ")


def unfinished(page: FormPage) -> list[str]:
    """What the builder refuses to publish, in sentences."""
    found: list[str] = []
    for stream in (page.form_fields, page.form_rules):
        try:
            stream.stream_block.clean(stream)
        except ValidationError as error:
            found += sentences(error, stream.stream_block, stream)
    return found or [problem.message for problem in problems_of(page.schema_now)]


def sentences(error: ValidationError, block: Block, value: Any, name: str = "") -> Iterator[str]:
    """Each message of the nested errors, behind the names of the question and the setting."""
    parts = getattr(error, "block_errors", None)
    if parts is None:
        yield from (f"{name}：{message}" if name else message for message in error.messages)
        return
    for index, inner in parts.items() if isinstance(parts, dict) else enumerate(parts):
        if inner is None:
            continue
        child, child_value, child_name = part_of(block, value, index)
        yield from sentences(inner, child, child_value, " / ".join(filter(None, (name, child_name))))
    rest = getattr(error, "non_block_errors", None)
    for one in rest.as_data() if rest else []:
        yield from sentences(one, block, value, name)


def part_of(block: Block, value: Any, index: Any) -> tuple[Block, Any, str]:
    """The block within a block, its value, and what a reader calls it."""
    if isinstance(block, StreamBlock):
        child = value[index]
        named = child.value.get("label") or child.value.get("message") if isinstance(child.value, dict) else ""
        return child.block, child.value, f"“{named or child.block.label}”"
    if isinstance(block, ListBlock):
        return block.child_block, value[index], str(index + 1)
    if isinstance(block, StructBlock):
        return block.child_blocks[index], value[index], str(block.child_blocks[index].label)
    return block, value, ""
