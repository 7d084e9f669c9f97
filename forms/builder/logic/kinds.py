"""What kind of value a part of an expression gives, and how that is said to an editor."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import pgettext_lazy as _

from forms.builder.fields.base import LogicType
from forms.builder.logic import days

ANY, LIST, ROW, UNUSABLE = "any", "list", "row", "unusable"
"""Beside the names of LogicType: not known before it is evaluated; a list of values; one row of a table; an answer that
expressions cannot use."""

IN_WORDS: Mapping[str, Promise] = {
    LogicType.TEXT: _("kind of answer", "text"),
    LogicType.NUMBER: _("kind of answer", "a number"),
    LogicType.DATE: _("kind of answer", "a date"),
    LogicType.TIME: _("kind of answer", "a time of day"),
    LogicType.DATETIME: _("kind of answer", "a date with time"),
    LogicType.MONTH: _("kind of answer", "a month"),
    LogicType.BOOLEAN: _("kind of answer", "yes or no"),
    LogicType.CHOICE: _("kind of answer", "a choice"),
    LogicType.CHOICES: _("kind of answer", "several choices"),
    LogicType.ROWS: _("kind of answer", "the rows of a table"),
    LIST: _("kind of answer", "a list"),
    ROW: _("kind of answer", "a row"),
    ANY: _("kind of answer", "anything"),
    UNUSABLE: _("kind of answer", "nothing that can be compared"),
}

ORDERED = frozenset({LogicType.NUMBER, LogicType.DATE, LogicType.TIME, LogicType.DATETIME, LogicType.MONTH})
"""Kinds of which one value comes before the other."""

LISTS = frozenset({LIST, LogicType.ROWS, LogicType.CHOICES})

SHAPES: Mapping[str, re.Pattern[str]] = {
    LogicType.TIME: re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]"),
    LogicType.DATETIME: re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]"),
    LogicType.MONTH: re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])"),
}

MACHINE_WORD = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
"""A key or code made by the editor: nothing a person could read."""


@dataclass(frozen=True)
class Kind:
    """The kind of a value, and where it comes from as far as that helps to name it."""

    name: str = ANY
    label: str = ""
    """The question that gives the value, if it is just that."""
    literal: Any = None
    """The value, if an editor wrote it."""
    item: "Kind | None" = None
    """What a list holds."""
    parts: Mapping[str, "Kind"] = field(default_factory=dict)
    """What a row holds, by column."""
    codes: frozenset[str] | None = None
    """The codes of a choice, retired ones too; None if they are not in the form."""

    def __or__(self, other: "Kind") -> "Kind":
        """What is one or the other."""
        if self.is_null:
            return replace(other, label="", literal=None)
        if other.is_null or self.name == other.name:
            return replace(self, label="", literal=None)
        return Kind()

    @property
    def is_null(self) -> bool:
        """Whether it is null as written, or nothing is known of it."""
        return self.name == ANY

    def is_one_of(self, *names: str) -> bool:
        """Whether the value is, or may be, of one of the kinds."""
        return self.name == ANY or self.name in names

    def reads_as(self, name: str) -> bool:
        """Whether a text that an editor wrote is a value of the kind: 2026-02-28 is a date, 2026-02-30 is none."""
        if self.name != LogicType.TEXT or not isinstance(self.literal, str):
            return False
        if name == LogicType.DATE:
            return len(self.literal) == 10 and days.day(self.literal) is not None
        shape = SHAPES.get(name)
        whole = shape is not None and shape.fullmatch(self.literal) is not None
        return whole and (name != LogicType.DATETIME or days.day(self.literal) is not None)

    @property
    def in_words(self) -> str:
        """“人数” (a number)."""
        kind = str(IN_WORDS[self.name])
        if self.label:
            return gettext("“%(label)s” (%(kind)s)") % {"label": self.label, "kind": kind}
        if isinstance(self.literal, str | int | float) and not MACHINE_WORD.fullmatch(str(self.literal)):
            return gettext("“%(label)s” (%(kind)s)") % {"label": str(self.literal)[:40], "kind": kind}
        return gettext("a value (%(kind)s)") % {"kind": kind}


def kind_of_literal(value: Any) -> Kind:
    """The kind of what an editor wrote."""
    match value:
        case None:
            return Kind()
        case bool():
            return Kind(LogicType.BOOLEAN, literal=value)
        case int() | float():
            return Kind(LogicType.NUMBER, literal=value)
        case str():
            return Kind(LogicType.TEXT, literal=value)
        case _:
            return Kind()


BOOLEAN, NUMBER, TEXT, DATE = (
    Kind(name) for name in (LogicType.BOOLEAN, LogicType.NUMBER, LogicType.TEXT, LogicType.DATE)
)
