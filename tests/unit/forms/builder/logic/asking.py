"""Forms with logic, in a few words."""

import datetime
from typing import Any

from forms.builder.logic.outcome import FormState, LogicContext
from forms.builder.logic.state import state_of
from forms.builder.schema import FieldSchema, FormSchema, RuleSchema

TODAY = datetime.date(2026, 3, 1)


def q(key: str, kind: str = "number", label: str = "", **more: Any) -> FieldSchema:
    """A question; `show`, `require`, `enable` and `value` are its logic."""
    logic: dict[str, Any] = {slot: more.pop(slot) for slot in ("show", "require", "enable", "value") if slot in more}
    columns = tuple(more.pop("columns", ()))
    return FieldSchema(key, kind, label or key, columns=columns, logic=logic, **more)


def form(*fields: FieldSchema, rules: tuple[RuleSchema, ...] = ()) -> FormSchema:
    """A form of the questions."""
    return FormSchema("表", "", fields, rules)


def rule(key: str, at: str, check: Any, message: str = "不符", severity: str = "error") -> RuleSchema:
    """A check."""
    return RuleSchema(key, at, check, message, severity)


def state(schema: FormSchema, answers: dict[str, Any] | None = None, **context: Any) -> FormState:
    """What follows from the answers, on a fixed day."""
    return state_of(schema, answers or {}, LogicContext(TODAY, **context))


def var(path: str) -> dict[str, Any]:
    """The value at a path."""
    return {"var": path}


def is_same(path: str, value: Any) -> dict[str, Any]:
    """Whether the value at the path is this."""
    return {"===": [var(path), value]}
