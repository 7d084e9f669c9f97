"""Taking questions out of a form and putting them into another, and telling whether a locked one was changed. Pure."""

import hashlib
import json
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from forms.builder.schema import FieldSchema, FormSchema, RuleSchema

LOCKED = "locked"
"""Option of a question that came from a template and must stay as it is: {"template": title, "digest": …}."""


def question_digest(question: FieldSchema) -> str:
    """SHA-256 of what the question asks: all but its key and its lock."""
    data = unlocked(question).to_json()
    del data["key"]
    canonical = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def unlocked(question: FieldSchema) -> FieldSchema:
    """The question without its lock."""
    return replace(question, options={name: value for name, value in question.options.items() if name != LOCKED})


def locked(question: FieldSchema, template: str) -> FieldSchema:
    """The question with a lock that names its template."""
    lock = {"template": template, "digest": question_digest(question)}
    return replace(question, options={**unlocked(question).options, LOCKED: lock})


def lock_of(question: FieldSchema) -> Mapping[str, Any]:
    """The lock of a question; empty where it has none."""
    found = question.options.get(LOCKED)
    return found if isinstance(found, dict) else {}


def was_changed(question: FieldSchema) -> bool:
    """Whether a locked question no longer asks what its template asked."""
    lock = lock_of(question)
    return bool(lock) and lock.get("digest") != question_digest(question)


def part_of(schema: FormSchema, keys: Collection[str]) -> FormSchema:
    """The questions with these keys, and the checks that speak of nothing else."""
    fields = tuple(unlocked(one) for one in schema if one.key in keys)
    left_out = {one.key for one in schema} - set(keys)
    rules = tuple(
        rule
        for rule in schema.rules
        if rule.at.partition(".")[0] in keys and left_out.isdisjoint(keys_named(rule.check))
    )
    return replace(schema, fields=fields, rules=rules)


def keys_named(expression: Any) -> set[str]:
    """Keys of the questions that an expression reads."""
    if isinstance(expression, list):
        return {key for part in expression for key in keys_named(part)}
    if not isinstance(expression, dict):
        return set()
    found: set[str] = set()
    for operator, given in expression.items():
        name = given[0] if isinstance(given, list) and given else given
        if operator == "var" and isinstance(name, str) and name.startswith(("answers.", "last.")):
            found.add(name.split(".")[1])
        else:
            found |= keys_named(given)
    return found


def missing_keys(schema: FormSchema) -> set[str]:
    """Questions that the logic of these questions reads and that are not among them."""
    own = {one.key for one in schema}
    expressions = [rule for one in schema for part in (one, *one.columns) for rule in part.logic.values()]
    return {key for expression in expressions for key in keys_named(expression)} - own


def with_free_keys(schema: FormSchema, taken: Iterable[str]) -> FormSchema:
    """The same questions and checks under keys that are not taken yet; what refers to them follows."""
    used = set(taken)
    fresh = {one.key: str(uuid.uuid4()) for one in schema if one.key in used}
    fields = tuple(_renamed(one, fresh) for one in schema)
    rules = tuple(_renamed_rule(one, fresh, used) for one in schema.rules)
    return replace(schema, fields=fields, rules=rules)


def inserted(form: FormSchema, part: FormSchema, after: str) -> FormSchema:
    """The form with the questions of the part behind the question `after`; at the end where there is no such."""
    new = with_free_keys(part, [*(one.key for one in form), *(one.key for one in form.rules)])
    keys = [one.key for one in form]
    at = keys.index(after) + 1 if after in keys else len(keys)
    return replace(form, fields=(*form.fields[:at], *new.fields, *form.fields[at:]), rules=(*form.rules, *new.rules))


def _renamed(question: FieldSchema, fresh: Mapping[str, str]) -> FieldSchema:
    lock = lock_of(question)
    options = {
        name: fresh.get(value, value) if name == "filter_by" and isinstance(value, str) else value
        for name, value in unlocked(question).options.items()
    }
    made = replace(
        question,
        key=fresh.get(question.key, question.key),
        options=options,
        columns=tuple(_renamed_logic(column, fresh) for column in question.columns),
    )
    made = _renamed_logic(made, fresh)
    return locked(made, str(lock.get("template", ""))) if lock else made


def _renamed_logic(question: FieldSchema, fresh: Mapping[str, str]) -> FieldSchema:
    return replace(question, logic={slot: _renamed_in(rule, fresh) for slot, rule in question.logic.items()})


def _renamed_rule(rule: RuleSchema, fresh: Mapping[str, str], used: Collection[str]) -> RuleSchema:
    table, dot, column = rule.at.partition(".")
    key = str(uuid.uuid4()) if rule.key in used else rule.key
    return replace(rule, key=key, at=f"{fresh.get(table, table)}{dot}{column}", check=_renamed_in(rule.check, fresh))


def _renamed_in(expression: Any, fresh: Mapping[str, str]) -> Any:
    if isinstance(expression, list):
        return [_renamed_in(part, fresh) for part in expression]
    if not isinstance(expression, dict):
        return expression
    return {
        operator: _renamed_name(given, fresh) if operator == "var" else _renamed_in(given, fresh)
        for operator, given in expression.items()
    }


def _renamed_name(given: Any, fresh: Mapping[str, str]) -> Any:
    if isinstance(given, list):
        return [_renamed_name(given[0], fresh), *(_renamed_in(one, fresh) for one in given[1:])] if given else given
    if not isinstance(given, str):
        return _renamed_in(given, fresh)
    space, *rest = given.split(".")
    if space in ("answers", "last") and rest:
        return ".".join([space, fresh.get(rest[0], rest[0]), *rest[1:]])
    return given
