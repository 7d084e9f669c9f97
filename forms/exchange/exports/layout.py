"""Which columns a file has: the union of what all versions of the form ask, by key, with the newest label. Pure."""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from forms.builder.fields import type_of
from forms.builder.fields.base import CellValue, FieldType
from forms.builder.fields.numeric import NumericType
from forms.builder.schema import FieldSchema, FormSchema
from forms.builder.versions.wording import title_of, type_name
from forms.exchange.exports.enums import Values
from portal.audit.spreadsheets import SIGNS

REPORT_COLUMNS: tuple[tuple[str, Promise], ...] = (
    ("id", gettext_lazy("Report number")),
    ("period", gettext_lazy("Reporting period")),
    ("unit", gettext_lazy("Reporting unit")),
    ("unit_code", gettext_lazy("Code of the unit")),
    ("kind", gettext_lazy("Kind of row")),
    ("state", gettext_lazy("State")),
    ("note", pgettext_lazy("export", "Note")),
    ("version", gettext_lazy("Sent for the nth time")),
    ("sent_at", gettext_lazy("Sent at")),
    ("sent_by", gettext_lazy("Sent by")),
    ("late", gettext_lazy("Late")),
    ("receipt", gettext_lazy("Receipt number")),
    ("form_version", gettext_lazy("Version of the form")),
)
"""What stands before the answers, by key; `rows.Row.facts` has them in this order."""

TABLE_COLUMNS: tuple[tuple[str, Promise], ...] = (
    ("id", gettext_lazy("Report number")),
    ("period", gettext_lazy("Reporting period")),
    ("unit", gettext_lazy("Reporting unit")),
    ("row", gettext_lazy("Row")),
)
"""What stands before the cells of a table's row: its report, and which row it is."""

Reader = Callable[[Any], CellValue]
"""What makes a cell of an answer."""
ColumnReader = Callable[[list[Any]], list[CellValue]]
"""The same for a column of many reports: what a cell costs is little then, and there are millions."""
Finish = Callable[[CellValue], CellValue]


@dataclass(frozen=True)
class Column:
    """A question's column."""

    key: str
    heading: str
    question: FieldSchema

    @property
    def kind(self) -> str:
        """The type of question in words."""
        return type_name(self.question.type)

    @property
    def codes(self) -> str:
        """The codes of a choice with their labels."""
        choices = self.question.options.get("choices")
        lines = choices if isinstance(choices, list | tuple) else ()
        return "; ".join(f"{one.get('code')}={one.get('label')}" for one in lines if isinstance(one, dict))


@dataclass(frozen=True)
class Table:
    """A repeating table: a sheet or file of its own."""

    key: str
    heading: str
    columns: tuple[Column, ...]


@dataclass
class Layout:
    """The columns of the main sheet, the tables, and how the answers of each form version are read."""

    values: Values
    columns: tuple[Column, ...] = ()
    tables: tuple[Table, ...] = ()
    left_out: int = 0
    """Sensitive questions that were not asked for."""
    readers: dict[int, "VersionReader"] = field(default_factory=dict)
    """By number of the form version."""

    def headings(self, facts: Iterable[tuple[str, Promise]], columns: Iterable[Column]) -> list[str]:
        """The first row of a sheet."""
        if self.values == Values.CODES:
            return [*(key for key, _label in facts), *(column.key for column in columns)]
        return [*(str(label) for _key, label in facts), *(column.heading for column in columns)]

    def cells(self, answered: Sequence[tuple[int | None, Mapping[str, Any]]]) -> list[tuple[CellValue, ...]]:
        """Cells of the main sheet for reports (form version, answers); blank where there is no version."""
        of_version: dict[int | None, list[int]] = {}
        for place, (version, _answers) in enumerate(answered):
            of_version.setdefault(version, []).append(place)
        found: list[tuple[CellValue, ...]] = [(None,) * len(self.columns)] * len(answered)
        for version, places in of_version.items():
            if version is not None:
                lines = self.readers[version].lines([answered[place][1] for place in places])
                for place, line in zip(places, lines, strict=True):
                    found[place] = line
        return found


@dataclass(frozen=True)
class VersionReader:
    """How answers to one version of the form become cells of the layout; None where it does not ask."""

    number: int
    columns: tuple[tuple[str, ColumnReader | None], ...]
    tables: Mapping[str, tuple[tuple[str, Reader | None], ...]]

    def lines(self, many: Sequence[Mapping[str, Any]]) -> list[tuple[CellValue, ...]]:
        """Cells of the main sheet for the answers of many reports."""
        if not self.columns:
            return [()] * len(many)
        blank: list[CellValue] = [None] * len(many)
        columns = [
            blank if read is None else read([answers.get(key) for answers in many]) for key, read in self.columns
        ]
        return list(zip(*columns, strict=True))

    def rows(self, table: str, answers: Mapping[str, Any]) -> list[list[CellValue]]:
        """Cells of each row of a table."""
        asked, given = self.tables.get(table, ()), answers.get(table)
        lines = given if asked and isinstance(given, list) else []
        return [
            [None if read is None or (answer := line.get(key)) is None else read(answer) for key, read in asked]
            for line in lines
            if isinstance(line, dict)
        ]


def layout_of(
    versions: Mapping[int, tuple[int, FormSchema]], values: Values, *, sensitive: bool, finish: Finish | None = None
) -> Layout:
    """The layout for these form versions: {row number: (version number, schema)}.

    `finish` makes of each value what the kind of file takes.

    Order and labels are the newest version's; what only older versions asked follows.
    """
    newest_first = [schema for _number, schema in sorted(versions.values(), key=lambda one: -one[0])]
    questions = _union(schema.fields for schema in newest_first)
    shown = [one for one in questions if sensitive or not type_of(one).is_sensitive(one)]
    layout = Layout(values, left_out=len(questions) - len(shown))
    tables: list[Table] = []
    for one in shown:
        if not one.columns:
            continue
        of_table = _union(
            found.columns for schema in newest_first if (found := schema.field(one.key)) is not None and found.columns
        )
        kept = [column for column in of_table if sensitive or not type_of(column).is_sensitive(column)]
        layout.left_out += len(of_table) - len(kept)
        tables.append(Table(one.key, title_of(one), tuple(_column(column) for column in kept)))
    layout.tables = tuple(tables)
    layout.columns = tuple(_column(one) for one in shown if not one.columns)
    layout.readers = {pk: _reader(layout, number, schema, finish or plain) for pk, (number, schema) in versions.items()}
    return layout


def _union(lists: Iterable[Iterable[FieldSchema]]) -> list[FieldSchema]:
    found: dict[str, FieldSchema] = {}
    for fields in lists:
        for one in fields:
            if type_of(one).takes_answer:
                found.setdefault(one.key, one)
    return list(found.values())


def _column(one: FieldSchema) -> Column:
    kind = type_of(one)
    unit = kind.unit_of(one) if isinstance(kind, NumericType) else ""
    return Column(one.key, f"{title_of(one)} ({unit})" if unit else title_of(one), one)


def _reader(layout: Layout, number: int, schema: FormSchema, finish: Finish) -> VersionReader:
    asked = {one.key: one for one in schema.fields}
    tables = {}
    for table in layout.tables:
        known = {one.key: one for one in asked[table.key].columns} if table.key in asked else {}
        tables[table.key] = tuple(
            (column.key, _read(known[column.key], layout.values, finish) if column.key in known else None)
            for column in table.columns
        )
    columns = tuple(
        (column.key, _read_column(asked[column.key], layout.values, finish) if column.key in asked else None)
        for column in layout.columns
    )
    return VersionReader(number, columns, tables)


def _read_column(one: FieldSchema, values: Values, finish: Finish) -> ColumnReader:
    """A column at a time: text that no kind of file changes, numbers and codes seen before pass without a call."""
    kind, known = type_of(one), dict[Any, CellValue]()
    read = _read(one, values, finish, known)

    def cell(answer: Any) -> CellValue:
        return None if answer is None else read(answer)

    def texts(column: list[Any]) -> list[CellValue]:
        return [one if type(one) is str and one[:1] not in SIGNS and one.isprintable() else cell(one) for one in column]

    def numbers(column: list[Any]) -> list[CellValue]:
        return [one if type(one) is int else cell(one) for one in column]

    def codes(column: list[Any]) -> list[CellValue]:
        return [known[one] if type(one) is str and one in known else cell(one) for one in column]

    if isinstance(kind, NumericType):
        return numbers
    return texts if is_text(kind) else codes


def _read(one: FieldSchema, values: Values, finish: Finish, known: dict[Any, CellValue] | None = None) -> Reader:
    """Answers as cells. What is looked up, the words of a code, is looked up once: choices repeat.

    `known` is where it is remembered.
    """
    kind: FieldType = type_of(one)
    cell = kind.code_cell if values == Values.CODES else kind.cell
    known = {} if known is None else known
    is_number, as_typed = isinstance(kind, NumericType), is_text(kind)

    def read(answer: Any) -> CellValue:
        given = type(answer)
        if is_number and (given is int or given is float):
            return cast(CellValue, answer)
        if as_typed and given is str:
            return finish(answer)
        key: Any = answer if given is str else None
        if given is bool:
            key = (answer,)  # 1 and True are the same key
        elif given is list and len(answer) <= MOST_CHOSEN and all(type(part) is str for part in answer):
            key = tuple(answer)
        if key is None:
            return finish(cell(one, answer))
        if key not in known:
            if len(known) >= MOST_KNOWN:
                known.clear()
            known[key] = finish(cell(one, answer))
        return known[key]

    return read


MOST_CHOSEN, MOST_KNOWN = 20, 1000


def is_text(kind: FieldType) -> bool:
    """Whether answers of this type are read as they were typed."""
    own = type(kind)
    return all(getattr(own, name) is getattr(FieldType, name) for name in ("cell", "code_cell", "in_words"))


def plain(value: CellValue) -> CellValue:
    """Yes and no in words: a workbook's TRUE reads badly in a list."""
    if value is True or value is False:
        return _("yes") if value else _("no")
    if isinstance(value, datetime.datetime) and value.tzinfo is not None:
        return timezone.localtime(value).replace(tzinfo=None)
    return value
