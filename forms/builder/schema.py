"""What a form asks, as plain data: the part of a form that is frozen with every version and read for ever.

Nothing here knows Django, Wagtail or how a field is drawn. A schema travels as JSON; `digest` tells two schemas apart.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Self

KEY = re.compile(r"(?!(?:DELETE|key|revision|action|csrfmiddlewaretoken)$)[A-Za-z0-9_-]{1,64}")
"""What a key or a choice's code may look like. No dot: paths join keys by dots ("table.row.column"). The words left out
are names that the page around a form, and Django's formsets, send themselves."""


class SchemaError(ValueError):
    """The JSON does not describe a form; the message says where."""


def text_of(data: dict[str, Any], name: str, default: str = "") -> str:
    """A text of the JSON; SchemaError if something else stands there."""
    value = data.get(name, default)
    if not isinstance(value, str):
        raise SchemaError(f"{name}: text expected, found {type(value).__name__}")
    return value


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
        return cls(
            key=key,
            type=text_of(data, "type"),
            label=text_of(data, "label"),
            help_text=text_of(data, "help_text"),
            required=data.get("required") is True,
            options=options,
            columns=unique(tuple(cls.from_json(column) for column in columns)),
        )


def unique(fields: "tuple[FieldSchema, ...]") -> "tuple[FieldSchema, ...]":
    """The same fields; SchemaError if two share a key."""
    keys = [one.key for one in fields]
    for key in keys:
        if keys.count(key) > 1:
            raise SchemaError(f"{key}: two fields share this key")
    return fields


@dataclass(frozen=True)
class FormSchema:
    """A whole form: what stands above it and what it asks, in order."""

    title: str
    intro: str = ""
    fields: tuple[FieldSchema, ...] = ()

    def __iter__(self) -> Iterator[FieldSchema]:
        return iter(self.fields)

    def field(self, key: str) -> FieldSchema | None:
        """The top-level field with the key, if there is one."""
        return next((one for one in self.fields if one.key == key), None)

    def to_json(self) -> dict[str, Any]:
        """Plain JSON; `from_json` reads it back to an equal schema."""
        return {"title": self.title, "intro": self.intro, "fields": [one.to_json() for one in self.fields]}

    @classmethod
    def from_json(cls, data: Any) -> Self:
        """The form that the JSON describes; SchemaError if it describes none."""
        if not isinstance(data, dict) or not isinstance(data.get("fields", []), list | tuple):
            raise SchemaError("form: a mapping with a list of fields expected")
        fields = tuple(FieldSchema.from_json(one) for one in data.get("fields", []))
        return cls(title=text_of(data, "title"), intro=text_of(data, "intro"), fields=unique(fields))

    def digest(self) -> str:
        """SHA-256 (hexadecimal) of the canonical JSON: sorted keys, no spaces, UTF-8."""
        canonical = json.dumps(self.to_json(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()
