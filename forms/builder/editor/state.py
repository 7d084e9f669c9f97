"""What the editor sends for questions that nobody opened.

A form has many questions and an editor opens a few of them at a time. The page draws the inputs of a question when it
is opened (static/js/form-editor-blocks.js); until then it keeps the question's state, as the server gave it to draw
from, and sends that state back as JSON in one input named like the block.
"""

import json
from typing import Any

from django.utils.datastructures import MultiValueDict
from wagtail import blocks
from wagtail.blocks.list_block import ListValue


def sent_state(data: Any, prefix: str) -> dict[str, Any] | None:
    """The state that came for the block as a whole; None where its inputs came one by one."""
    try:
        state = json.loads(data.get(prefix) or "null")
    except (TypeError, ValueError):
        return None
    return state if isinstance(state, dict) else None


def value_of_state(block: blocks.Block, state: Any) -> Any:
    """The value that the block would read from its inputs, had they been drawn with this state and sent."""
    if isinstance(block, blocks.BaseStructBlock):
        given = state if isinstance(state, dict) else {}
        parts = [(name, value_of_state(child, given.get(name))) for name, child in block.child_blocks.items()]
        return block._to_struct_value(parts)
    if isinstance(block, blocks.BaseStreamBlock):
        known = [one for one in items_of(state) if one.get("type") in block.child_blocks]
        children = [
            (one["type"], value_of_state(block.child_blocks[one["type"]], one.get("value")), one.get("id"))
            for one in known
        ]
        return blocks.StreamValue(block, children)
    if isinstance(block, blocks.ListBlock):
        lines = [
            ListValue.ListChild(
                block.child_block, value_of_state(block.child_block, one.get("value")), id=one.get("id")
            )
            for one in items_of(state)
        ]
        return ListValue(block, bound_blocks=lines)
    return block.value_from_datadict(posted("value", state), MultiValueDict(), "value")


def items_of(state: Any) -> list[dict[str, Any]]:
    """The items of a stream or a list."""
    return [one for one in state if isinstance(one, dict)] if isinstance(state, list) else []


def posted(name: str, state: Any) -> MultiValueDict[str, Any]:
    """What a browser posts for an input in that state."""
    if isinstance(state, dict):
        # A chooser's state tells more of what was chosen than its input posts.
        state = state.get("id")
    return MultiValueDict({} if state is None else {name: state if isinstance(state, list) else [state]})
