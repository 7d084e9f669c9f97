"""What the units wrote: a section for each question that is answered with a text, a paragraph for each unit."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from forms.builder.fields.table import TableType
from forms.builder.schema import FormSchema
from forms.reporting.indicators.questions import Question, questions
from forms.reporting.indicators.services import Schemas
from forms.reporting.rollups.cutting import as_read, sentences
from forms.reporting.rollups.drafting import Piece, Place, Words, heading
from forms.reporting.rollups.enums import BlockKind, Origin, Part
from forms.reporting.rollups.gathering import Report

TEXT = "long_text"
"""The type of question whose answers are told: short texts are names and places, and belong into a table."""


class Answer(NamedTuple):
    """What a report says to a question; of a table's column, one for each row."""

    text: str
    row: int | None = None


def text_questions(schemas: Schemas, form_id: int) -> list[Question]:
    """The questions in the order of the newest version; what only older versions asked comes last."""
    found: dict[str, Question] = {}
    for _pk, schema in reversed(schemas.by_form.get(form_id, [])):
        for one in questions(schema):
            if one.schema.type == TEXT and not one.is_sensitive:
                found.setdefault(one.path, one)
    return list(found.values())


def answers_to(path: str, schema: FormSchema | None, report: Report) -> list[Answer]:
    """What the report says to the question, as its own version of the form asked it; blank answers are left out."""
    asked = next((one for one in questions(schema) if one.path == path), None) if schema else None
    if asked is None or asked.schema.type != TEXT or asked.is_sensitive or isinstance(asked.kind, TableType):
        return []
    if asked.table is None:
        given = [Answer(_text(asked, report.answers))]
    else:
        rows = report.answers.get(asked.table.key)
        cells = rows if isinstance(rows, list) else []
        given = [Answer(_text(asked, row), number) for number, row in enumerate(cells, start=1)]
    return [one for one in given if one.text.strip()]


def pieces_of(path: str, label: str, answers: Sequence[Answer], report: Report) -> Iterator[Words]:
    """The sentences of the answers."""
    for answer in answers:
        for piece in sentences(answer.text):
            if words := as_read(piece):
                yield Words(words, Origin.REPORTED, [Place(report, path, label, answer.row, piece)])


def paragraph(question: Question, schemas: Schemas, report: Report) -> Piece | None:
    """The paragraph of one report in the section of a question; None where it says nothing."""
    answers = answers_to(question.path, schemas.by_version.get(report.version.form_version_id), report)
    words = list(pieces_of(question.path, question.label, answers, report))
    if not words:
        return None
    return Piece(BlockKind.PARAGRAPH, Part.TEXT, question=question.path, unit_id=report.unit.pk, words=words)


def sections(reports: Sequence[Report], schemas: Schemas, form_id: int) -> list[Piece]:
    """A heading and the paragraphs of each question that anybody answered."""
    found: list[Piece] = []
    for question in text_questions(schemas, form_id):
        told = [one for report in reports if (one := paragraph(question, schemas, report)) is not None]
        if told:
            found += [heading(Part.TEXT, question.label, question.path), *told]
    return found


def _text(asked: Question, cells: object) -> str:
    value = asked.value(cells)
    return value if isinstance(value, str) else ""
