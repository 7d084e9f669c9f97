"""Between the stream of blocks that a form page stores and the schema that a version freezes. Pure, both ways.

A field's key is the id that Wagtail gives its block, a choice's code the id of its line, a column's key the id of its
block: made once, in the browser, when the editor adds or duplicates something; untouched by renaming and moving
(docs/adr/0006-form-versions.md).
"""

import uuid
from typing import Any

from forms.builder.fields import FIELD_TYPES
from forms.builder.rules import clean_line
from forms.builder.schema import KEY, FormSchema, RuleSchema

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
    if isinstance(found.get("choices"), list):
        found["choices"] = with_ids(
            [line if is_line(line) else {"type": "item", "value": line} for line in found["choices"]]
        )
    return found


def is_line(line: Any) -> bool:
    """Whether a list's line is written with its id, as Wagtail has done since 2.16."""
    return isinstance(line, dict) and "value" in line


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
