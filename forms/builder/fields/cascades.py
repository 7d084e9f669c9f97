"""Choices that depend on another answer: what does not belong together, in answers and in the form itself. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from forms.builder.schema import FieldSchema, FormSchema

DECIDING = frozenset({"choice", "multiple_choice"})
"""Types whose answer may decide what another question offers."""

Fault = tuple[str, str]
"""Where it stands (a key, or "table.row.column"), and what is wrong."""


@dataclass(frozen=True)
class Place:
    """A question with the way to its answer."""

    schema: FieldSchema
    path: str
    answer: Any


def cascade_faults(schema: FormSchema, answers: Mapping[str, Any], hidden: frozenset[str] = frozenset()) -> list[Fault]:
    """Choices that do not belong to the answer that decides about them.

    `hidden` are paths that are not asked: what is not asked decides nothing, and is not checked.
    """
    return [
        (place.path, fault)
        for place, parent in filtered_places(schema, answers)
        if not ({place.path, place.path.partition(".")[0]} & hidden)
        and not ({parent.path, parent.path.partition(".")[0]} & hidden)
        and (fault := fault_of(place, parent))
    ]


def filtered_places(schema: FormSchema, answers: Mapping[str, Any]) -> Iterator[tuple[Place, Place]]:
    """Each answered question that another one filters, with that other one."""
    top = {one.key: Place(one, one.key, answers.get(one.key)) for one in schema}
    for one in schema:
        if one.columns:
            yield from filtered_cells(one, answers.get(one.key), top)
        else:
            yield from pairs_of([top[one.key]], top)


def filtered_cells(table: FieldSchema, rows: Any, top: Mapping[str, Place]) -> Iterator[tuple[Place, Place]]:
    """The same for the cells of a table: what decides stands in the same row, or outside."""
    if not any(column.options.get("filter_by") for column in table.columns) or not isinstance(rows, list):
        return
    for number, row in enumerate(rows):
        if isinstance(row, dict):
            cells = [Place(one, f"{table.key}.{number}.{one.key}", row.get(one.key)) for one in table.columns]
            yield from pairs_of(cells, {**top, **{cell.schema.key: cell for cell in cells}})


def pairs_of(places: list[Place], around: Mapping[str, Place]) -> Iterator[tuple[Place, Place]]:
    """Those of the places that are answered and filtered."""
    for place in places:
        parent = around.get(place.schema.options.get("filter_by") or "")
        if parent is not None and parent.schema.type in DECIDING and place.answer:
            yield place, parent


def fault_of(place: Place, parent: Place) -> str:
    """What is wrong with an answer; empty if it belongs to the one that decides."""
    choices = {one["code"]: one for one in place.schema.options.get("choices", [])}
    chosen = [choices[code] for code in codes_of(place.answer) if code in choices]
    limited = [one for one in chosen if one.get("within")]
    deciding = codes_of(parent.answer)
    if limited and not deciding:
        return gettext("Please answer “%(question)s” first.") % {"question": parent.schema.label}
    stranger = next((one for one in limited if not set(one["within"]) & set(deciding)), None)
    if stranger is None:
        return ""
    labels = {one["code"]: one["label"] for one in parent.schema.options.get("choices", [])}
    words = {"choice": stranger["label"], "parent": "、".join(labels.get(code, code) for code in deciding)}
    return gettext("“%(choice)s” does not belong to “%(parent)s”. Please choose again.") % words


def codes_of(answer: Any) -> list[str]:
    """The codes of a single or a multiple choice."""
    given = answer if isinstance(answer, list) else [answer]
    return [code for code in given if isinstance(code, str) and code]


def cascade_problems(schema: FormSchema) -> list[Fault]:
    """What an editor must mend before publishing: (key or "table.column", sentence)."""
    return [
        (path, problem)
        for path, one, around in places_of(schema)
        if one.options.get("filter_by") and (problem := problem_of(one, around))
    ]


def places_of(schema: FormSchema) -> Iterator[tuple[str, FieldSchema, dict[str, FieldSchema]]]:
    """Every question and column with those that it can see."""
    top = {one.key: one for one in schema}
    for one in schema:
        yield one.key, one, top
        for column in one.columns:
            yield f"{one.key}.{column.key}", column, {**top, **{other.key: other for other in one.columns}}


def problem_of(one: FieldSchema, around: Mapping[str, FieldSchema]) -> str:
    """What is wrong with the way in which a question is filtered."""
    parent = around.get(one.options["filter_by"])
    if parent is None:
        return gettext("The question that decides what is offered is no longer in the form.")
    if parent.type not in DECIDING:
        return gettext("“%(question)s” is no question with choices.") % {"question": parent.label}
    seen = {one.key}
    while parent is not None:
        if parent.key in seen:
            return gettext("The questions decide about each other in a circle: “%(question)s”.") % {
                "question": parent.label
            }
        seen.add(parent.key)
        parent = around.get(parent.options.get("filter_by") or "")
    codes = {choice["code"] for choice in around[one.options["filter_by"]].options.get("choices", [])}
    for choice in one.options.get("choices", []):
        if not choice.get("retired") and choice.get("within") and not codes & set(choice["within"]):
            words = {"choice": choice["label"], "question": around[one.options["filter_by"]].label}
            return gettext("“%(choice)s” belongs to a choice that “%(question)s” no longer has.") % words
    return ""
