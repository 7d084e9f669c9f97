"""What the pages of versions show: rows of plain facts with their words."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from forms.builder.fields import FieldType, type_of
from forms.builder.schema import FieldSchema, FormSchema, RuleSchema
from forms.builder.versions.burden import Size, size_of
from forms.builder.versions.comparing import Comparison, Line, Mark, compare
from forms.builder.versions.providers import reports
from forms.builder.versions.widening import offered, placed
from forms.builder.versions.wording import (
    MARK_ICONS,
    change_in_words,
    changes_of,
    in_one_line,
    mark_name,
    severity_name,
    title_of,
    type_name,
)

if TYPE_CHECKING:
    from forms.builder.models import FormPage, FormVersion

DRAFT = "draft"


@dataclass(frozen=True)
class VersionRow:
    """A version in the list."""

    version: "FormVersion"
    size: Size
    changes: str
    """Since the version before, in one line; empty for the first."""
    reports: int
    previous: int
    """Number of the version before; 0 for the first."""


def rows_of(page: "FormPage") -> list[VersionRow]:
    """The versions of a form, newest first; two queries."""
    versions = list(page.versions.select_related("published_by").order_by("-number"))
    used = reports().used_by(page) if versions else {}
    schemas = [version.form_schema for version in versions]
    earlier: list[FormSchema | None] = [*schemas[1:], None]
    numbers = [*(version.number for version in versions[1:]), 0]
    return [
        VersionRow(
            version,
            size_of(schema),
            in_one_line(compare(before, schema)) if before is not None else "",
            used.get(version.pk, 0),
            number,
        )
        for version, schema, before, number in zip(versions, schemas, earlier, numbers, strict=True)
    ]


@dataclass(frozen=True)
class Widening:
    """A question of the draft and the types it may be widened to."""

    path: str
    title: str
    type: str
    offers: list[FieldType]


def widenings_of(schema: FormSchema) -> list[Widening]:
    """Every question and column whose type may be widened."""
    return [
        Widening(path, title_in(schema, path, one), type_name(one.type), offers)
        for path, one in placed(schema)
        if (offers := offered(one, in_table="." in path))
    ]


def title_in(schema: FormSchema, path: str, one: FieldSchema) -> str:
    """The question's words, of a column behind its table's."""
    table = schema.field(path.partition(".")[0]) if "." in path else None
    return f"{title_of(table)} · {title_of(one)}" if table else title_of(one)


@dataclass(frozen=True)
class Badge:
    """A mark as it is drawn: never by colour alone."""

    name: str
    words: str
    icon: str


def badges(marks: frozenset[Mark]) -> list[Badge]:
    """The marks in a fixed order."""
    return [Badge(mark.value, mark_name(mark), MARK_ICONS[mark]) for mark in Mark if mark in marks]


@dataclass(frozen=True)
class Cell:
    """One side of a row: the question or check as that version has it."""

    place: int
    title: str
    kind: str
    is_required: bool = False
    help_text: str = ""
    choices: tuple[tuple[str, bool], ...] = ()
    """Labels, and whether they are retired."""


@dataclass(frozen=True)
class Pair:
    """One row of the comparison."""

    old: Cell | None
    new: Cell | None
    badges: list[Badge]
    words: list[str]
    columns: "list[Pair]" = field(default_factory=list)

    @cached_property
    def differs(self) -> bool:
        """Whether anything happened."""
        return bool(self.badges)


@dataclass(frozen=True)
class Run:
    """Neighbouring rows: either one that differs, or some that do not and are folded away."""

    pairs: list[Pair]
    is_folded: bool


def side_by_side(old: FormSchema, new: FormSchema) -> dict[str, Any]:
    """What the template draws of two schemas."""
    comparison = compare(old, new)
    return {
        "comparison": comparison,
        "heading_changes": [change_in_words(change) for change in comparison.heading],
        "summary": in_one_line(comparison),
        "questions": runs(comparison.questions),
        "checks": runs(comparison.checks),
    }


def runs(lines: tuple[Line, ...]) -> list[Run]:
    """The lines in runs of neighbours that do or do not differ."""
    found: list[Run] = []
    for line in lines:
        pair = pair_of(line)
        if pair.differs:
            found.append(Run([pair], is_folded=False))
        elif found and found[-1].is_folded:
            found[-1].pairs.append(pair)
        else:
            found.append(Run([pair], is_folded=True))
    return found


def pair_of(line: Line) -> Pair:
    """A line as it is drawn."""
    columns = [pair_of(column) for column in line.columns if column.differs]
    return Pair(
        cell_of(line.old, line.old_place),
        cell_of(line.new, line.new_place),
        badges(line.marks),
        changes_of(line),
        columns,
    )


def cell_of(one: FieldSchema | RuleSchema | None, place: int) -> Cell | None:
    """One side of a line."""
    if one is None:
        return None
    if isinstance(one, RuleSchema):
        return Cell(place, one.message, severity_name(one.severity))
    return Cell(place, title_of(one), type_name(one.type), one.required, one.help_text, tuple(choices_in(one)))


def choices_in(one: FieldSchema) -> Iterator[tuple[str, bool]]:
    """Labels of the choices; of a table the labels of its columns."""
    if one.columns:
        yield from ((title_of(column), False) for column in one.columns if type_of(column).takes_answer)
    yield from ((choice["label"], bool(choice.get("retired"))) for choice in one.options.get("choices") or [])


__all__ = ["DRAFT", "Comparison", "rows_of", "side_by_side", "widenings_of"]
