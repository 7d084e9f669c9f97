"""A sent version laid out for review: beside each answer what it was before, what was accepted last, what is said.

Pure: schemas and answers in, items out. Tables are aligned by row. Paths are those of the version that is shown; marks
carry the paths of the version that was returned.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from forms.builder.answers import Answers, DisplayRow
from forms.builder.fields import type_of
from forms.builder.fields.table import TableType, groups_of
from forms.builder.rendering import reasons_in_words
from forms.builder.schema import FieldSchema, FormSchema
from forms.builder.scope import MORE_ROWS
from forms.submissions.review.comparing import aligned, differ

MOST_CELLS = 600
"""Cells of a table that can be marked one by one; in larger ones rows are marked."""


@dataclass(frozen=True)
class Notes:
    """What is known at places of a version, by path."""

    marked: Mapping[str, str] = field(default_factory=dict)
    """Reasons of the last return, by paths of the version that was returned."""
    typed: Mapping[str, str] = field(default_factory=dict)
    """Marks that the reviewer has typed and that are not stored yet."""
    flags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    comments: Mapping[str, int] = field(default_factory=dict)
    """How many open threads."""


@dataclass(frozen=True)
class Cell:
    """One answer: as it is now, and as it was in the previous version and the last accepted report."""

    path: str
    this: DisplayRow
    previous: DisplayRow | None = None
    last: DisplayRow | None = None
    is_changed: bool = False
    differs_from_last: bool = False
    marked: str = ""
    typed: str = ""
    flags: tuple[str, ...] = ()
    comments: int = 0

    @property
    def anchor(self) -> str:
        """Id on the page."""
        return f"cell-{self.path}"


@dataclass(frozen=True)
class Line:
    """One row of a table. `number` counts from 1; None where the row is gone."""

    number: int | None
    path: str
    cells: tuple[Cell, ...]
    is_added: bool = False
    marked: str = ""
    typed: str = ""
    comments: int = 0

    @property
    def is_removed(self) -> bool:
        """Whether it was in the previous version and is not any more."""
        return self.number is None

    @property
    def is_changed(self) -> bool:
        """Whether anything of it differs from the previous version."""
        return self.is_added or self.is_removed or any(cell.is_changed for cell in self.cells)


@dataclass(frozen=True)
class Item:
    """One question with its answer; a heading has no cell, a table lines besides."""

    key: str
    label: str
    cell: Cell | None = None
    columns: tuple[str, ...] = ()
    groups: tuple[tuple[str, int], ...] = ()
    lines: tuple[Line, ...] = ()
    totals: tuple[tuple[str, str], ...] = ()
    reasons: tuple[tuple[str, str], ...] = ()
    marks_cells: bool = True
    more: "Cell | None" = None
    """Of a table: where further rows are asked for."""

    @property
    def is_table(self) -> bool:
        """Whether it is drawn as a table."""
        return bool(self.columns)

    @property
    def is_changed(self) -> bool:
        """Whether anything differs from the previous version."""
        return (self.cell is not None and self.cell.is_changed) or any(line.is_changed for line in self.lines)

    @property
    def is_marked(self) -> bool:
        """Whether anything in it was to be mended."""
        return any(one is not None and one.marked for one in (self.cell, self.more)) or any(
            line.marked or any(cell.marked for cell in line.cells) for line in self.lines
        )

    @property
    def is_different(self) -> bool:
        """Whether it belongs to the differences: changed, or to be mended and left as it was."""
        return self.is_changed or self.is_marked


@dataclass(frozen=True)
class Compared:
    """Answers beside which a version is read; None where there are none."""

    this: Answers
    previous: Answers | None = None
    last: Answers | None = None


def sheet_of(schema: FormSchema, compared: Compared, notes: Notes, hidden: frozenset[str] = frozenset()) -> list[Item]:
    """The items in the order of the questions. `hidden` are questions that were not asked: left out where blank."""
    reasons = reasons_in_words(schema, compared.this)
    found: list[Item] = []
    for one in schema:
        kind = type_of(one)
        if not kind.is_read:
            continue
        if not kind.takes_answer:
            found.append(Item(one.key, one.label))
            continue
        sides = (compared.this, compared.previous or {}, compared.last or {})
        if one.key in hidden and not any(side.get(one.key) for side in sides):
            continue
        item = _table(one, kind, compared, notes) if isinstance(kind, TableType) else _question(one, compared, notes)
        found.append(_with_reasons(item, tuple(reasons.get(one.key, ()))))
    return found


def _with_reasons(item: Item, reasons: tuple[tuple[str, str], ...]) -> Item:
    return Item(**{**item.__dict__, "reasons": reasons}) if reasons else item


def differences(items: Sequence[Item]) -> list[Item]:
    """The items that differ or were to be mended; of tables only such rows."""
    found = []
    for item in items:
        if item.is_different:
            lines = tuple(
                line for line in item.lines if line.is_changed or line.marked or any(cell.marked for cell in line.cells)
            )
            found.append(Item(**{**item.__dict__, "lines": lines, "totals": ()}))
    return found


def _question(one: FieldSchema, compared: Compared, notes: Notes) -> Item:
    answers = (compared.this, compared.previous, compared.last)
    values = [side.get(one.key) if side is not None else None for side in answers]
    has = [side is not None for side in answers]
    return Item(one.key, one.label, cell=_cell(one, one.key, values, has, notes, notes.marked.get(one.key, "")))


def _cell(
    one: FieldSchema, path: str, values: Sequence[object], has: Sequence[bool], notes: Notes, marked: str
) -> Cell:
    kind = type_of(one)
    this, previous, last = values
    return Cell(
        path,
        kind.display(one, this),
        kind.display(one, previous) if has[1] else None,
        kind.display(one, last) if has[2] else None,
        is_changed=has[1] and differ(this, previous),
        differs_from_last=has[2] and differ(this, last),
        marked=marked,
        typed=notes.typed.get(path, ""),
        flags=notes.flags.get(path, ()),
        comments=notes.comments.get(path, 0),
    )


def _table(one: FieldSchema, kind: TableType, compared: Compared, notes: Notes) -> Item:
    this = kind.rows(compared.this.get(one.key))
    previous = kind.rows(compared.previous.get(one.key)) if compared.previous is not None else this
    last = kind.rows(compared.last.get(one.key)) if compared.last is not None else []
    in_last = {newer: older for newer, older in aligned(this, last) if newer is not None and older is not None}
    columns = tuple(column for column in one.columns if type_of(column).takes_answer)
    shown = kind.display(one, compared.this.get(one.key))
    has_previous = compared.previous is not None
    lines = []
    for newer, older in aligned(this, previous):
        rows = (this[newer] if newer is not None else {}, previous[older] if older is not None else None)
        at_last = in_last.get(newer) if newer is not None else None
        lines.append(
            _line(
                one.key,
                columns,
                (newer, older if has_previous else None),
                (rows[0], rows[1] if has_previous else None, last[at_last] if at_last is not None else None),
                notes,
                is_added=has_previous and older is None,
            )
        )
    marked = notes.marked.get(one.key, "")
    whole = Cell(
        one.key,
        shown,
        marked=marked,
        typed=notes.typed.get(one.key, ""),
        flags=notes.flags.get(one.key, ()),
        comments=notes.comments.get(one.key, 0),
    )
    return Item(
        one.key,
        one.label,
        cell=whole,
        columns=tuple(column.label for column in columns),
        groups=groups_of(one),
        lines=tuple(lines),
        totals=shown.labelled_totals,
        more=Cell(
            more := f"{one.key}.{MORE_ROWS}",
            shown,
            marked=notes.marked.get(more, ""),
            typed=notes.typed.get(more, ""),
        ),
        marks_cells=len(this) * len(columns) <= MOST_CELLS,
    )


def _line(
    key: str,
    columns: Sequence[FieldSchema],
    numbers: tuple[int | None, int | None],
    rows: tuple[Answers, Answers | None, Answers | None],
    notes: Notes,
    *,
    is_added: bool,
) -> Line:
    newer, older = numbers
    path = f"{key}.{newer}" if newer is not None else f"{key}.gone-{older}"
    was = f"{key}.{older}" if older is not None else ""

    def cells() -> Iterator[Cell]:
        for column in columns:
            values = [row.get(column.key) if row is not None else None for row in rows]
            if newer is None:
                values[0] = values[1]
            has = (True, rows[1] is not None and newer is not None, rows[2] is not None)
            marked = notes.marked.get(f"{was}.{column.key}", "") if was else ""
            yield _cell(column, f"{path}.{column.key}", values, has, notes, marked)

    return Line(
        number=newer + 1 if newer is not None else None,
        path=path,
        cells=tuple(cells()),
        is_added=is_added,
        marked=notes.marked.get(was, "") if was else "",
        typed=notes.typed.get(path, ""),
        comments=notes.comments.get(path, 0),
    )
