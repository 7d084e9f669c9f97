"""Problems of logic, each put beside the block that it belongs to."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from forms.builder.logic.checking import Problem

RawStream = list[dict[str, Any]]
MOST_NAMED = 5
"""Problems named one by one in a message; more are counted."""


def question_faults(stream: RawStream, problems: Iterable[Problem]) -> StreamBlockValidationError | None:
    """The error of the stream of questions; None if there is none."""
    found: dict[str, list[str]] = {}
    for one in problems:
        if not one.rule:
            found.setdefault(one.path, []).append(one.message)
    return stream_faults(stream, found)


def stream_faults(
    stream: RawStream, messages: dict[str, list[str]], table: str = ""
) -> StreamBlockValidationError | None:
    """The error of a stream of questions or columns whose messages are known by path."""
    errors: dict[int, ValidationError] = {}
    for number, block in enumerate(stream):
        path = f"{table}{block['id']}"
        parts: dict[str, Any] = {}
        if path in messages:
            parts["logic"] = ValidationError([*messages[path]])
        columns = block["value"].get("columns") if isinstance(block["value"], dict) and not table else None
        inner = stream_faults(columns, messages, f"{path}.") if columns else None
        if inner:
            parts["columns"] = inner
        if parts:
            errors[number] = StructBlockValidationError(parts)
    return StreamBlockValidationError(block_errors=errors) if errors else None


def check_faults(stream: RawStream, problems: Iterable[Problem]) -> StreamBlockValidationError | None:
    """The error of the stream of checks; None if there is none."""
    found: dict[str, list[str]] = {}
    for one in problems:
        if one.rule:
            found.setdefault(one.rule, []).append(one.message)
    errors: dict[int, ValidationError] = {
        number: StructBlockValidationError({"check": ValidationError([*found[block["id"]]])})
        for number, block in enumerate(stream)
        if block["id"] in found
    }
    return StreamBlockValidationError(block_errors=errors) if errors else None


def told(problems: Sequence[Problem]) -> SafeString:
    """What a message says of a draft that is saved all the same."""
    lines = [one.message for one in problems[:MOST_NAMED]]
    if len(problems) > MOST_NAMED:
        lines.append(gettext("and %(count)d more") % {"count": len(problems) - MOST_NAMED})
    intro = gettext("Saved. Before the form can be published, this must be mended:")
    return format_html("{}<ul>{}</ul>", intro, format_html_join("", "<li>{}</li>", ((line,) for line in lines)))
