"""Which answers of a form may be changed, where only some of them are to be mended. Pure: marks in, answers out.

A mark is a path: a question's key, "table.row" or "table.row.column", rows counted from 0; or "table.+", by which rows
may be added below those that were sent, which stay as they are. Open is what is marked, and
whatever follows from it: questions that are shown, asked for, offered or checked by what is open, and so on from there.
A mark of something calculated opens what it is calculated from.
Rows that were sent are not removed unless their table is open as a whole: the numbers of the marks stay true.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from forms.builder.answers import Answers
from forms.builder.fields import type_of
from forms.builder.logic.expressions import ExpressionError, Reference, compiled, references
from forms.builder.logic.plan import TABLE, Node, Plan, plan_of
from forms.builder.schema import FieldSchema, FormSchema

Rows = frozenset[int] | None
"""Numbers of rows; None for every row."""

MORE_ROWS = "+"
"""In the place of a row: rows that are not there yet."""

BLANK: tuple[Any, ...] = (None, "", [], {})


@dataclass(frozen=True)
class Scope:
    """What may be changed. `questions` are open as a whole; `columns` ("table.column") in some rows or in every row.

    `growing`: tables to which rows may be added, each with how many of its rows were sent and stay.
    """

    is_everything: bool = False
    questions: frozenset[str] = frozenset()
    columns: Mapping[str, Rows] = field(default_factory=dict)
    growing: Mapping[str, int] = field(default_factory=dict)

    def allows(self, path: str) -> bool:
        """Whether the answer at the path (a key, or "table.row.column") may be changed."""
        if self.is_everything:
            return True
        key, *rest = path.split(".")
        if key in self.questions:
            return True
        if len(rest) == 2 and key in self.growing and int(rest[0]) >= self.growing[key]:
            return True
        if len(rest) != 2 or (name := f"{key}.{rest[1]}") not in self.columns:
            return False
        rows = self.columns[name]
        return rows is None or int(rest[0]) in rows

    def touches(self, key: str) -> bool:
        """Whether anything of the question may be changed; of a table, any of its cells."""
        if self.is_everything or key in self.questions or key in self.growing:
            return True
        return any(name.startswith(f"{key}.") for name in self.columns)


EVERYTHING = Scope(is_everything=True)


def scope_of(schema: FormSchema, marks: Iterable[str], answers: Answers | None = None) -> Scope:
    """What the marks open in answers that were sent; everything where the whole form is marked (an empty path)."""
    marks = list(marks)
    if "" in marks:
        return EVERYTHING
    opening = _Opening(schema)
    for path in marks:
        opening.mark(path)
    opening.spread()
    growing = {key: len(_rows((answers or {}).get(key))) for key in opening.growing if key not in opening.questions}
    return Scope(questions=frozenset(opening.questions), columns=dict(opening.columns), growing=growing)


class _Opening:
    """Opens what is marked, then whatever reads it, until nothing is added any more."""

    def __init__(self, schema: FormSchema) -> None:
        self.schema, self.plan = schema, plan_of(schema)
        self.readers = dict[str, list[tuple[Node, bool]]]()
        self.questions: set[str] = set()
        self.columns: dict[str, Rows] = {}
        self.growing: set[str] = set()
        self.waiting: list[str] = []
        for node in self.plan.nodes.values():
            for name, in_row in _needs(node, self.plan):
                self.readers.setdefault(name, []).append((node, in_row))
        for rule in schema.rules:
            if rule.at in self.plan.nodes:
                node = self.plan.nodes[rule.at]
                for one in _reads(rule.check):
                    for name in self.plan.named(one, node.table):
                        self.readers.setdefault(name, []).append((node, one.space == "row"))

    def mark(self, path: str) -> None:
        """Open what one mark names; a mark of something that the form does not have opens nothing."""
        key, *rest = path.split(".")
        one = self.schema.field(key)
        if one is None:
            return
        if not rest or one.type != TABLE:
            self.open_with_sources(key)
        elif rest == [MORE_ROWS]:
            self.grow(one)
        elif rest[0].isdecimal():
            for column in one.columns:
                if rest[1:] in ([], [column.key]):
                    self.open_with_sources(f"{key}.{column.key}", frozenset({int(rest[0])}))

    def grow(self, table: FieldSchema) -> None:
        """Let rows be added; open what reads all rows. What reads its own row is free in a new one anyway."""
        self.growing.add(table.key)
        for name in (table.key, *(f"{table.key}.{column.key}" for column in table.columns)):
            for reader, in_row in self.readers.get(name, ()):
                if not (in_row and reader.table == table.key):
                    self.open(reader.name)

    def open_with_sources(self, name: str, rows: Rows = None) -> None:
        """Open what is marked; of what is calculated, what it is calculated from: nobody types the result."""
        waiting, seen = [(name, rows)], set[str]()
        while waiting:
            name, rows = waiting.pop()
            self.open(name, rows)
            node = self.plan.nodes.get(name)
            if node is None or not node.is_calculated or name in seen:
                continue
            seen.add(name)
            for one in node.reads:
                same_row = rows if one.space == "row" else None
                waiting.extend((source, same_row) for source in self.plan.named(one, node.table))

    def open(self, name: str, rows: Rows = None) -> None:
        """Open a question, or a column in these rows."""
        node = self.plan.nodes.get(name)
        if node is None:
            return
        if not node.table:
            if name in self.questions:
                return
            self.questions.add(name)
            for column in node.schema.columns:
                self.open(f"{name}.{column.key}")
        else:
            known = self.columns.get(name, frozenset())
            wider = None if rows is None or known is None else known | rows
            if name in self.columns and wider == known:
                return
            self.columns[name] = wider
        self.waiting.append(name)

    def spread(self) -> None:
        """Open what reads something that is open."""
        while self.waiting:
            name = self.waiting.pop()
            source = self.plan.nodes[name]
            rows = self.columns.get(name)
            for reader, in_row in self.readers.get(name, ()):
                same_rows = in_row and source.table and source.table == reader.table
                self.open(reader.name, rows if same_rows else None)


def _needs(node: Node, plan: Plan) -> Iterator[tuple[str, bool]]:
    """Names of what decides about a node, each with whether it stands in the same row."""
    for guard in node.guards:
        yield guard, bool(node.table)
    for one in node.reads:
        for name in plan.named(one, node.table):
            yield name, one.space == "row"
    if parent := node.schema.options.get("filter_by"):
        beside = f"{node.table}.{parent}"
        yield (beside, True) if node.table and beside in plan.nodes else (parent, False)


def _reads(check: Any) -> Iterator[Reference]:
    try:
        yield from references(compiled(check))
    except ExpressionError:
        return


def changed_outside(schema: FormSchema, scope: Scope, old: Answers, new: Answers) -> list[str]:
    """Paths at which an answer differs though it is not open; of a table with more or fewer rows, its key.

    What the server works out itself may always differ.
    """
    if scope.is_everything:
        return []
    return [path for one in schema if one.key not in scope.questions for path in _changed(one, scope, old, new)]


def _changed(one: FieldSchema, scope: Scope, old: Answers, new: Answers) -> Iterator[str]:
    kind = type_of(one)
    before, after = old.get(one.key), new.get(one.key)
    if kind.is_computed or not kind.takes_answer or _same(before, after):
        return
    if one.type != TABLE:
        yield one.key
        return
    rows, now = _rows(before), _rows(after)
    if (kept := scope.growing.get(one.key)) is not None and len(now) >= kept:
        rows, now = rows[:kept], now[:kept]
    if len(rows) != len(now):
        yield one.key
        return
    for number, (row, cells) in enumerate(zip(rows, now, strict=True)):
        for column in one.columns:
            path = f"{one.key}.{number}.{column.key}"
            if type_of(column).is_computed or scope.allows(path):
                continue
            if not _same(row.get(column.key), cells.get(column.key)):
                yield path


def _rows(answer: Any) -> list[Answers]:
    return [row for row in answer if isinstance(row, dict)] if isinstance(answer, list) else []


def _same(one: Any, other: Any) -> bool:
    return one == other or (one in BLANK and other in BLANK)
