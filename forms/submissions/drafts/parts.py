"""A draft's answers taken apart by question, and put together again.

To a question belong its answer, the explanations of warnings that stand at it, and the mark that says whether an
answer taken over from the last report was looked at. A table is one question: rows have no names of their own, only a
place, so that two people who add a row each cannot be told from two who change the same one. What the server works out
belongs to nobody and is worked out anew.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from forms.builder.answers import REASONS, SAME, Answers
from forms.builder.checking import is_asked
from forms.builder.fields import type_of
from forms.builder.schema import FieldSchema, FormSchema
from forms.submissions.drafts.merging import NOTHING, Part, digest


def split(schema: FormSchema, answers: Mapping[str, Any], keys: Iterable[str] | None = None) -> dict[str, Part]:
    """The parts of all questions that a person answers, or of those with the keys; empty where nothing is stored."""
    wanted = None if keys is None else set(keys)
    reasons = reasons_by_question(schema, answers)
    marks = answers.get(SAME) or {}
    found: dict[str, Part] = {}
    for one in schema:
        if not is_asked(one) or (wanted is not None and one.key not in wanted):
            continue
        part: dict[str, Any] = {}
        if (answer := answers.get(one.key)) not in (None, []):
            part["answer"] = without_computed(one, answer)
        if one.key in reasons:
            part["reasons"] = reasons[one.key]
        if one.key in marks:
            part["same"] = marks[one.key]
        found[one.key] = part
    return found


def join(schema: FormSchema, answers: Mapping[str, Any], parts: Mapping[str, Part]) -> Answers:
    """The answers with these parts in the place of what was there, in the order of the questions."""
    found = dict(answers)
    reasons, marks = dict(answers.get(REASONS) or {}), dict(answers.get(SAME) or {})
    places = places_of_reasons(schema)
    for key, part in parts.items():
        found.pop(key, None)
        if "answer" in part:
            found[key] = part["answer"]
        reasons = {name: text for name, text in reasons.items() if places.get(rule_of(name)) != key}
        reasons.update(part.get("reasons", NOTHING))
        marks.pop(key, None)
        if "same" in part:
            marks[key] = part["same"]
    besides = {REASONS: reasons, SAME: marks}
    found = {**found, **besides}
    order = [*(one.key for one in schema), REASONS, SAME]
    known = {key: found[key] for key in order if key in found and not (key in besides and not found[key])}
    return {**known, **{key: value for key, value in found.items() if key not in order}}


def bases_of(schema: FormSchema, answers: Mapping[str, Any], keys: Iterable[str] | None = None) -> dict[str, str]:
    """Digests of what is stored, by question: what a page carries to say on what it was based."""
    return {key: digest(part) for key, part in split(schema, answers, keys).items()}


def without_computed(one: FieldSchema, answer: Any) -> Any:
    """The answer as a person gave it: a table's rows without cells that the server works out."""
    columns = {column.key for column in one.columns if type_of(column).is_computed}
    if not columns or not isinstance(answer, list):
        return answer
    return [{key: cell for key, cell in row.items() if key not in columns} for row in answer]


def reasons_by_question(schema: FormSchema, answers: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Explanations of warnings, by the question at which they stand."""
    places = places_of_reasons(schema)
    found: dict[str, dict[str, str]] = {}
    for name, text in (answers.get(REASONS) or {}).items():
        if (key := places.get(rule_of(name))) is not None:
            found.setdefault(key, {})[name] = text
    return found


def places_of_reasons(schema: FormSchema) -> dict[str, str]:
    """The question at which each check stands, by the check's key."""
    return {rule.key: rule.at.partition(".")[0] for rule in schema.rules}


def rule_of(name: str) -> str:
    """The check of an explanation's name, which in a table has the row's number behind it."""
    return name.partition(".")[0]
