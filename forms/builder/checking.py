"""Whether answers may be sent: what of them is taken, and what is wrong with them.

The same rules judge answers that are typed (answer_form) and answers that are stored (`check_answers`). Only what
`Sources` looks up comes from outside. Paths are those of `forms.builder.logic.outcome`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from forms.builder.answers import REASONS, SAME, Answers, is_table
from forms.builder.fields import Sources, type_of
from forms.builder.fields.cascades import cascade_faults
from forms.builder.fields.table import TableType
from forms.builder.fields.unit import unit_faults
from forms.builder.logic.outcome import Finding, FormState, LogicContext
from forms.builder.logic.state import state_of
from forms.builder.schema import FieldSchema, FormSchema

ENDS = tuple("。．.！!？?；;…")
"""What a sentence ends with."""

Wrong = tuple[str, str]
"""A path, and what is wrong there."""


@dataclass(frozen=True)
class Fault:
    """One thing that keeps a report from being sent, and the way there."""

    anchor: str
    """Id of the input that mends it, on the page of its question."""
    place: str
    message: str
    path: str = ""


def check_answers(
    schema: FormSchema, answers: Answers, sources: Sources, context: LogicContext, state: FormState | None = None
) -> list[Fault]:
    """Everything that keeps stored answers from being sent, in the order of the questions.

    Give the same `sources` for many reports to one schema: form fields are then built once. `state` is what logic says
    of the answers, where that is known already.
    """
    state = state or state_of(schema, answers, context)
    wrong = [*answers_wrong(schema, answers, sources, state), *others_wrong(schema, answers, sources, state)]
    wrong += [(one.path, one.rule.message) for one in state.findings if one.rule.severity == "error"]
    faults = [Fault(f"id_{path}", place_of(schema, path), message, path) for path, message in wrong]
    faults += [
        Fault(f"id_{reason_name(one)}", place_of(schema, one.path), please_explain(one.rule.message), one.path)
        for one in unexplained(answers, state)
    ]
    return sorted(faults, key=lambda fault: position_of(schema, fault.path))


def answers_wrong(schema: FormSchema, answers: Answers, sources: Sources, state: FormState) -> Iterator[Wrong]:
    """What single answers are not what their questions ask for."""
    for one in schema:
        kind = type_of(one)
        if not kind.takes_answer or kind.is_computed or not state.asks(one.key):
            continue
        answer = answers.get(one.key)
        if not isinstance(kind, TableType):
            yield from ((one.key, message) for message in answer_wrong(one, answer, sources))
            continue
        rows = kind.rows(answer)
        yield from ((one.key, message) for message in kind.count_wrong(one, len(rows)))
        columns = [column for column in one.columns if is_asked(column)]
        for number, row in enumerate(rows):
            for column in columns:
                path = f"{one.key}.{number}.{column.key}"
                if state.asks(path):
                    messages = answer_wrong(column, row.get(column.key), sources, in_table=True)
                    yield from ((path, message) for message in messages)


def answer_wrong(schema: FieldSchema, answer: Any, sources: Sources, *, in_table: bool = False) -> list[str]:
    """What is wrong with one answer."""
    if answer is None:
        return [missing()] if schema.required else []
    try:
        type_of(schema).validate(schema, answer, sources, in_table=in_table)
    except ValidationError as error:
        return error.messages
    return []


def others_wrong(schema: FormSchema, answers: Answers, sources: Sources, state: FormState) -> Iterator[Wrong]:
    """What is missing or does not belong because of other answers, or by now, and what was taken over without a look.

    A draft keeps all of it as answered: it was valid in itself.
    """
    yield from cascade_faults(schema, answers, state.hidden | state.disabled)
    yield from ((path, fault) for path, fault in unit_faults(schema, answers, sources) if state.asks(path))
    for path in state.required:
        one = question_at(schema, path)
        is_always = one is not None and one.required  # then it is said where each answer is looked at
        if not is_always and state.asks(path) and answer_at(answers, path) in (None, []):
            yield path, missing()
    for key in unconfirmed(answers, state):
        yield key, _("Taken over from the last report: please check it and say so, or correct it.")


def unconfirmed(answers: Answers, state: FormState) -> list[str]:
    """Questions whose answer was taken over from the last report and has been neither changed nor confirmed."""
    marks = answers.get(SAME) or {}
    return [key for key, confirmed in marks.items() if not confirmed and key in answers and state.asks(key)]


def unexplained(answers: Answers, state: FormState) -> list[Finding]:
    """Warnings that the reporter has not explained."""
    reasons = answers.get(REASONS) or {}
    return [one for one in state.findings if one.rule.severity == "warning" and not reasons.get(one.reason_key)]


def please_explain(warning: str) -> str:
    """What is said of a warning without an explanation."""
    ended = warning if warning.rstrip().endswith(ENDS) else _("%(sentence)s.") % {"sentence": warning.rstrip()}
    return _("%(warning)s Please correct it, or explain why it is so.") % {"warning": ended}


def reason_name(finding: Finding) -> str:
    """Name of the input for the explanation."""
    return f"{REASONS}.{finding.reason_key}"


def taken(schema: FormSchema, answers: Answers, state: FormState, given: Mapping[str, Any]) -> Answers:
    """What is sent: no answers that are not asked for; what the server works out; explanations of today's warnings.

    `given` are the answers that do not follow from others, by key: unit, period, reporter, day of sending.
    """
    found: Answers = {}
    for one in schema:
        if state.asks(one.key) and (value := taken_answer(one, answers, state, given)) not in (None, []):
            found[one.key] = value
    reasons = answers.get(REASONS) or {}
    names = [one.reason_key for one in state.findings if one.rule.severity == "warning"]
    explained = {name: reasons[name] for name in names if reasons.get(name)}
    return {**found, REASONS: explained} if explained else found


def computed(schema: FormSchema, answers: Answers, state: FormState, given: Mapping[str, Any]) -> Answers:
    """What the server works out, for a draft: single answers, and tables with their computed cells."""
    found = {one.key: given.get(one.key, state.values.get(one.key)) for one in schema if type_of(one).is_computed}
    for one in schema:
        columns = [column.key for column in one.columns if type_of(column).is_computed]
        if columns and (rows := answers.get(one.key)):
            found[one.key] = [
                {**row, **{key: state.values.get(f"{one.key}.{number}.{key}") for key in columns}}
                for number, row in enumerate(rows)
            ]
    return without_blanks(found)


def without_blanks(answers: Answers) -> Answers:
    """Only what was answered, also in rows."""
    return {
        key: [without_blanks(row) for row in value] if is_table(value) else value
        for key, value in answers.items()
        if value is not None
    }


def taken_answer(one: FieldSchema, answers: Answers, state: FormState, given: Mapping[str, Any]) -> Any:
    """What of one question's answer is sent."""
    kind = type_of(one)
    if kind.is_computed:
        return given.get(one.key, state.values.get(one.key))
    if not kind.takes_answer:
        return None
    answer = answers.get(one.key)
    return taken_rows(one, kind.rows(answer), state) if isinstance(kind, TableType) else answer


def taken_rows(one: FieldSchema, rows: list[Answers], state: FormState) -> list[Answers]:
    """What of a table's rows is sent. A row of which nothing is asked stays, empty: rows are known by their number."""
    kinds = [(column.key, type_of(column)) for column in one.columns]
    found = []
    for number, row in enumerate(rows):
        cells: Answers = {}
        for key, kind in kinds:
            path = f"{one.key}.{number}.{key}"
            value = state.values.get(path) if kind.is_computed else row.get(key)
            if value is not None and kind.takes_answer and state.asks(path):
                cells[key] = value
        found.append(cells)
    return found


def settled(schema: FormSchema, answers: Answers, sources: Sources) -> Answers:
    """The answers with what a draft kept as typed, and is valid now, in the shape that its type stores."""
    found = dict(answers)
    for one in schema:
        answer = found.get(one.key)
        if isinstance(answer, list) and one.columns:
            cells = FormSchema("", fields=one.columns)
            found[one.key] = [settled(cells, row, sources) for row in answer]
        elif isinstance(answer, str) and is_asked(one):
            kind = type_of(one)
            found[one.key] = kind.built_field(one, sources).clean(kind.initial(one, answer))
    return found


def answer_at(answers: Answers, path: str) -> Any:
    """The answer at a path; None where there is none."""
    match path.split("."):
        case [key]:
            return answers.get(key)
        case [table, number, column]:
            rows = answers.get(table)
            row = rows[int(number)] if isinstance(rows, list) and int(number) < len(rows) else {}
            return row.get(column)
    return None


def question_at(schema: FormSchema, path: str) -> FieldSchema | None:
    """The question or column at a path; None where nothing has that key."""
    key, *rest = path.split(".")
    one = schema.field(key)
    if one is None or len(rest) != 2:
        return one
    return next((column for column in one.columns if column.key == rest[1]), None)


def is_asked(schema: FieldSchema) -> bool:
    """Whether a person answers the question."""
    kind = type_of(schema)
    return kind.takes_answer and not kind.is_computed


def place_of(schema: FormSchema, path: str) -> str:
    """The path in words: the question, or table, row and column; the form where nothing has that key."""
    key, *rest = path.split(".")
    one = schema.field(key)
    if one is None:
        return schema.title
    if len(rest) != 2:
        return one.label
    column = next((column.label for column in one.columns if column.key == rest[1]), "")
    words = {"table": one.label, "row": int(rest[0]) + 1, "column": column}
    return _("%(table)s, row %(row)d, %(column)s") % words


def position_of(schema: FormSchema, path: str) -> tuple[int, int, int]:
    """Where the path stands in the form, to sort by; what stands nowhere comes last."""
    key, *rest = path.split(".")
    keys = [one.key for one in schema]
    if key not in keys:
        return len(keys), 0, 0
    place = keys.index(key)
    if len(rest) != 2:
        return place, -1, -1
    columns = [column.key for column in schema.fields[place].columns]
    return place, int(rest[0]), columns.index(rest[1]) if rest[1] in columns else -1


def missing() -> str:
    """What is said where an answer is needed."""
    return _("Please answer this question.")
