"""Between the stream of blocks that a form page stores and the schema that a version freezes. Pure, both ways.

A field's key is the id that Wagtail gives its block, a column's key the id of its block, a choice's code stands in its
line: made once, in the browser, when the editor adds or duplicates something; untouched by renaming and moving
(docs/adr/0006-form-versions.md).
"""

import uuid
from collections.abc import Iterable
from typing import Any

from forms.builder.choice_lists.lines import lines_of, with_codes, with_published
from forms.builder.fields import FIELD_TYPES
from forms.builder.rules import clean_line
from forms.builder.schema import KEY, FieldSchema, FormSchema, RuleSchema

RawStream = list[dict[str, Any]]
"""[{"type": "text", "id": "…", "value": {…}}, …]"""


def with_own_keys(stream: RawStream) -> RawStream:
    """The same blocks, each with a key of its own: missing, malformed and repeated ones are replaced by new ones.

    The browser never sends such; an interface, an import or a forged request may.
    """
    return [{**block, "value": settings_with_keys(block["value"])} for block in with_ids(stream)]


def settings_with_keys(value: Any) -> Any:
    """A block's settings with keys for its columns and codes for its choices."""
    if not isinstance(value, dict):
        return value
    found = dict(value)
    if isinstance(found.get("columns"), list):
        found["columns"] = with_own_keys(found["columns"])
    for name in LISTS:
        if isinstance(found.get(name), list):
            found[name] = with_codes(lines_of(found[name]))
    return found


LISTS = ("choices", "statements")
"""Settings that are lists of lines with codes."""


def with_published_choices(stream: RawStream, published: Iterable[FieldSchema]) -> RawStream:
    """The same blocks; a choice of the published version that an editor has removed is there again, as retired.

    Reports may have been answered with it: its code must stay readable, and never come to mean anything else.
    """
    known = {one.key: one for one in published}
    return [{**block, "value": with_kept_choices(block, known.get(block.get("id", "")))} for block in stream]


def with_kept_choices(block: dict[str, Any], published: FieldSchema | None) -> Any:
    """The settings of one block, with the published choices kept."""
    value = block["value"]
    if published is None or not isinstance(value, dict) or block["type"] != published.type:
        return value
    if isinstance(value.get("columns"), list):
        return {**value, "columns": with_published_choices(value["columns"], published.columns)}
    listed = {name: published.options[name] for name in LISTS if isinstance(published.options.get(name), list)}
    kept = {name: with_published(with_codes(lines_of(value.get(name))), lines) for name, lines in listed.items()}
    return {**value, **kept}


def with_ids(items: RawStream) -> RawStream:
    """The same items; of two with one id the first keeps it."""
    seen: set[str] = set()
    found = []
    for item in items:
        key = item.get("id")
        if not isinstance(key, str) or not KEY.fullmatch(key) or key in seen:
            key = str(uuid.uuid4())
        seen.add(key)
        found.append({**item, "id": key})
    return found


RULE = "rule"
"""Name of the one kind of block in the stream of checks."""


def schema_of_stream(stream: RawStream, *, title: str, intro: str = "", rules: RawStream | None = None) -> FormSchema:
    """The schema that the blocks describe; blocks of unknown types are left out."""
    fields = tuple(
        FIELD_TYPES[block["type"]].schema(block["id"], block["value"])
        for block in with_own_keys(stream)
        if block["type"] in FIELD_TYPES
    )
    checks = tuple(rule_of(block) for block in with_ids(rules or []) if block["type"] == RULE)
    return FormSchema(title=title, intro=intro, fields=fields, rules=checks)


def rule_of(block: dict[str, Any]) -> RuleSchema:
    """The check that a block describes."""
    raw = block["value"]
    return RuleSchema(
        key=block["id"],
        at=raw.get("at") or "",
        check=(raw.get("check") or {}).get("logic"),
        message=clean_line(raw.get("message") or ""),
        severity=raw.get("severity") or "error",
    )


def stream_of_rules(schema: FormSchema) -> RawStream:
    """The blocks that describe the checks of the schema."""
    return [
        {
            "type": RULE,
            "id": one.key,
            "value": {"check": {"logic": one.check}, "at": one.at, "message": one.message, "severity": one.severity},
        }
        for one in schema.rules
    ]


def stream_of_schema(schema: FormSchema) -> RawStream:
    """The blocks that describe the schema: an imported form becomes one that editors can go on with."""
    return [{"type": one.type, "id": one.key, "value": FIELD_TYPES[one.type].raw(one)} for one in schema.fields]
