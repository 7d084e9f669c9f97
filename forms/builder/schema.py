"""What a form asks, as plain data: the part of a form that is frozen with every version and read for ever.

Nothing here knows Django, Wagtail or how a field is drawn. A schema travels as JSON; `digest` tells two schemas apart.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Self, TypeVar

KEY = re.compile(r"(?!(?:DELETE|key|revision|action|csrfmiddlewaretoken)$)[A-Za-z0-9_-]{1,64}")
"""What a key or a choice's code may look like. No dot: paths join keys by dots ("table.row.column"). The words left out
are names that the page around a form, and Django's formsets, send themselves."""


LOGIC_SLOTS = frozenset({"show", "require", "enable", "value"})
"""What a question's logic may decide. A section's or page break's "show" decides for all that follows it, up to the
next section or page break (a page break: up to the next page break)."""

SEVERITIES = ("error", "warning", "information")


class SchemaError(ValueError):
    """The JSON does not describe a form; the message says where."""


def text_of(data: dict[str, Any], name: str, default: str = "") -> str:
    """A text of the JSON; SchemaError if something else stands there."""
    value = data.get(name, default)
    if not isinstance(value, str):
        raise SchemaError(f"{name}: text expected, found {type(value).__name__}")
    return value


Keyed = TypeVar("Keyed", "FieldSchema", "RuleSchema")


@dataclass(frozen=True)
class FieldSchema:
    """One question. `key` is opaque and stable; `type` names a class of `forms.builder.fields`."""

    key: str
    type: str
    label: str
    help_text: str = ""
    required: bool = False
    options: dict[str, Any] = field(default_factory=dict)
    columns: tuple["FieldSchema", ...] = ()
    """Only of a table: the questions that each row answers."""
    logic: dict[str, Any] = field(default_factory=dict)
    """JsonLogic by slot (LOGIC_SLOTS): when it is shown, must be answered, may be answered; what its value is."""

    def to_json(self) -> dict[str, Any]:
        """Plain JSON, defaults left out so that a new default never changes an old digest."""
        data: dict[str, Any] = {"key": self.key, "type": self.type, "label": self.label}
        if self.help_text:
            data["help_text"] = self.help_text
        if self.required:
            data["required"] = True
        if self.options:
            data["options"] = self.options
        if self.columns:
            data["columns"] = [column.to_json() for column in self.columns]
        if self.logic:
            data["logic"] = self.logic
        return data

    @classmethod
    def from_json(cls, data: Any) -> Self:
        """The question that the JSON describes; SchemaError if it describes none."""
        if not isinstance(data, dict):
            raise SchemaError(f"field: mapping expected, found {type(data).__name__}")
        key = text_of(data, "key")
        if not KEY.fullmatch(key):
            raise SchemaError(f"key: {key!r} is not made of 1–64 letters, digits, - and _")
        options, columns = data.get("options", {}), data.get("columns", [])
        if not isinstance(options, dict) or not isinstance(columns, list | tuple):
            raise SchemaError(f"{key}: options must be a mapping, columns a list")
        logic = data.get("logic", {})
        if not isinstance(logic, dict) or not logic.keys() <= LOGIC_SLOTS:
            raise SchemaError(f"{key}: logic must be a mapping with some of {', '.join(sorted(LOGIC_SLOTS))}")
        return cls(
            key=key,
            type=text_of(data, "type"),
            label=text_of(data, "label"),
            help_text=text_of(data, "help_text"),
            required=data.get("required") is True,
            options=options,
            columns=unique(tuple(cls.from_json(column) for column in columns)),
            logic=logic,
        )


@dataclass(frozen=True)
class RuleSchema:
    """A check across questions. `check` is JsonLogic that holds where all is well; a blank result holds too.

    `at` names where the message stands: a question's key, or "table.column" for a check that each row of the table
    answers for itself.
    """

    key: str
    at: str
    check: Any
    message: str
    severity: str = "error"
    """One of SEVERITIES: an error stops sending, a warning must be explained, information is only shown."""

    def to_json(self) -> dict[str, Any]:
        """Plain JSON."""
        return {"key": self.key, "at": self.at, "check": self.check, "message": self.message, "severity": self.severity}

    @classmethod
    def from_json(cls, data: Any) -> Self:
        """The check that the JSON describes; SchemaError if it describes none."""
        if not isinstance(data, dict):
            raise SchemaError(f"rule: mapping expected, found {type(data).__name__}")
        key, severity = text_of(data, "key"), text_of(data, "severity", "error")
        if not KEY.fullmatch(key):
            raise SchemaError(f"rule: {key!r} is not made of 1–64 letters, digits, - and _")
        if severity not in SEVERITIES:
            raise SchemaError(f"{key}: severity {severity!r} is none of {', '.join(SEVERITIES)}")
        return cls(key, text_of(data, "at"), data.get("check"), text_of(data, "message"), severity)


def unique(parts: "tuple[Keyed, ...]") -> "tuple[Keyed, ...]":
    """The same fields or rules; SchemaError if two share a key."""
    seen: set[str] = set()
    for one in parts:
        if one.key in seen:
            raise SchemaError(f"{one.key}: two share this key")
        seen.add(one.key)
    return parts


@dataclass(frozen=True)
class FormSchema:
    """A whole form: what stands above it and what it asks, in order."""

    title: str
    intro: str = ""
    fields: tuple[FieldSchema, ...] = ()
    rules: tuple[RuleSchema, ...] = ()

    def __iter__(self) -> Iterator[FieldSchema]:
        return iter(self.fields)

    def field(self, key: str) -> FieldSchema | None:
        """The top-level field with the key, if there is one."""
        return next((one for one in self.fields if one.key == key), None)

    def to_json(self) -> dict[str, Any]:
        """Plain JSON; `from_json` reads it back to an equal schema."""
        data = {"title": self.title, "intro": self.intro, "fields": [one.to_json() for one in self.fields]}
        return {**data, "rules": [one.to_json() for one in self.rules]} if self.rules else data

    @classmethod
    def from_json(cls, data: Any) -> Self:
        """The form that the JSON describes; SchemaError if it describes none."""
        if not isinstance(data, dict):
            raise SchemaError("form: a mapping with a list of fields expected")
        parts = [data.get(name, []) for name in ("fields", "rules")]
        if not all(isinstance(part, list | tuple) for part in parts):
            raise SchemaError("form: fields and rules must be lists")
        return cls(
            title=text_of(data, "title"),
            intro=text_of(data, "intro"),
            fields=unique(tuple(FieldSchema.from_json(one) for one in parts[0])),
            rules=unique(tuple(RuleSchema.from_json(one) for one in parts[1])),
        )

    def digest(self) -> str:
        """SHA-256 (hexadecimal) of the canonical JSON: sorted keys, no spaces, UTF-8."""
        return self._digest

    @cached_property
    def _digest(self) -> str:
        canonical = json.dumps(self.to_json(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()
