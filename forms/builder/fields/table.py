"""A repeating table: the same few questions, answered row by row."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from forms.builder.answers import DisplayRow
from forms.builder.fields.base import FieldType, LogicType
from forms.builder.fields.display_only import SectionType
from forms.builder.fields.setting_blocks import FieldBlock, RawBlock
from forms.builder.schema import FieldSchema

MAX_ROWS = 1000
USUAL_MAX_ROWS = 100
MAX_COLUMNS = 20
TOTAL = "total"
"""Setting of a column's block that asks for its total; in the schema `totals` of the table lists the columns' keys."""


class TableType(FieldType):
    """Rows of questions. It draws no form field of its own: forms.builder.table_rows does, one form a row."""

    name = "table"
    label = _("Table")
    icon = "table"
    group = _("Arrangement")
    description = _("The same questions row by row: a list of problems, of people.")
    in_table = False
    prefills = ("last",)
    rare = ("min_rows", "max_rows", "sensitive")
    logic_type = LogicType.ROWS
    logic_slots = frozenset({"show"})

    def __init__(self, column_types: Mapping[str, FieldType]) -> None:
        self.column_types = column_types

    def shared_blocks(self) -> dict[str, blocks.Block]:
        """Whether rows must be there is said by their number."""
        shared = super().shared_blocks()
        del shared["required"]
        return shared

    def option_blocks(self) -> dict[str, blocks.Block]:
        """Columns, and how many rows."""
        columns = [(name, self.column_block(column_type)) for name, column_type in self.column_types.items()]
        return {
            "columns": blocks.StreamBlock(columns, max_num=MAX_COLUMNS, collapsed=True, label=_("Columns")),
            "min_rows": blocks.IntegerBlock(
                required=False,
                min_value=0,
                max_value=MAX_ROWS,
                label=_("At least how many rows"),
                help_text=_("The table may stay empty if nothing is given."),
            ),
            "max_rows": blocks.IntegerBlock(
                required=False,
                min_value=1,
                max_value=MAX_ROWS,
                label=_("At most how many rows"),
                help_text=format_lazy(_("{count} if nothing is given."), count=USUAL_MAX_ROWS),
            ),
        }

    def column_block(self, column_type: FieldType) -> FieldBlock:
        """The block of a column; numbers may be added up below the table."""
        total = blocks.BooleanBlock(required=False, label=_("Total below the table"))
        return column_type.block({TOTAL: total} if column_type.has_total else None)

    def check(self, raw: RawBlock) -> Mapping[str, str]:
        """The numbers of rows must leave room."""
        least, most = raw.get("min_rows") or 0, raw.get("max_rows") or USUAL_MAX_ROWS
        if least > most:
            return {"max_rows": gettext("Fewer rows are allowed than are asked for.")}
        return {}

    def schema(self, key: str, raw: RawBlock) -> FieldSchema:
        """The table with its columns, required if it asks for rows."""
        plain = super().schema(key, raw)
        columns = tuple(
            self.column_types[block["type"]].schema(block["id"], block["value"]) for block in raw.get("columns") or []
        )
        totals = [block["id"] for block in raw.get("columns") or [] if block["value"].get(TOTAL)]
        options = {**plain.options, "totals": totals} if totals else plain.options
        return replace(plain, required=bool(options.get("min_rows")), columns=columns, options=options)

    def options(self, raw: RawBlock) -> dict[str, Any]:
        """How many rows."""
        return {name: raw[name] for name in ("min_rows", "max_rows") if raw.get(name)}

    def raw_options(self, schema: FieldSchema) -> RawBlock:
        """Columns and how many rows."""
        columns = [
            {"type": column.type, "id": column.key, "value": self.raw_column(schema, column)}
            for column in schema.columns
        ]
        rows: RawBlock = {name: schema.options[name] for name in ("min_rows", "max_rows") if name in schema.options}
        return {"columns": columns, **rows}

    def raw_column(self, schema: FieldSchema, column: FieldSchema) -> RawBlock:
        """The settings of a column's block."""
        kind = self.column_types[column.type]
        totals = {TOTAL: column.key in schema.options.get("totals", ())} if kind.has_total else {}
        return {**kind.raw(column), **totals}

    def rows(self, answer: Any) -> list[dict[str, Any]]:
        """The rows of an answer."""
        return [row for row in answer if isinstance(row, dict)] if isinstance(answer, list) else []

    def count_wrong(self, schema: FieldSchema, count: int) -> list[str]:
        """What is wrong with the number of rows."""
        least, most = limits(schema)
        if count < least:
            message = ngettext(
                "Please fill in at least %(count)d row.", "Please fill in at least %(count)d rows.", least
            )
            return [message % {"count": least}]
        if count > most:
            message = gettext("%(count)d rows are filled in; this table takes at most %(most)d. Please remove some.")
            return [message % {"count": count, "most": most}]
        return []

    def asked_columns(self, schema: FieldSchema) -> list[tuple[FieldSchema, FieldType]]:
        """The columns that hold answers, with their types; not the headings over groups of columns."""
        kinds = [(column, self.column_types[column.type]) for column in schema.columns]
        return [(column, kind) for column, kind in kinds if kind.takes_answer]

    def logic_value(self, schema: FieldSchema, answer: Any) -> list[dict[str, Any]]:
        """Its rows, each with what expressions see of its cells; an empty list where there are none."""
        types = [(column, kind) for column, kind in self.asked_columns(schema) if kind.logic_type]
        return [
            {column.key: kind.logic_value(column, row.get(column.key)) for column, kind in types}
            for row in self.rows(answer)
        ]

    def totals(self, schema: FieldSchema, rows: list[dict[str, Any]]) -> dict[str, int | float]:
        """The totals of the columns that have one, by key; blank cells and what is no number are passed over."""
        wanted = schema.options.get("totals", ())
        kinds = [(column, kind) for column, kind in self.asked_columns(schema) if column.key in wanted]
        return {
            column.key: added([kind.logic_value(column, row.get(column.key)) for row in rows]) for column, kind in kinds
        }

    def totals_in_words(self, schema: FieldSchema, rows: list[dict[str, Any]]) -> dict[str, str]:
        """The same as read, with units of measure."""
        kinds = {column.key: (column, kind) for column, kind in self.asked_columns(schema)}
        found = {}
        for key, total in self.totals(schema, rows).items():
            column, kind = kinds[key]
            found[key] = kind.in_words(column, total)
        return found

    def display(self, schema: FieldSchema, answer: Any) -> DisplayRow:
        """Columns and rows in words."""
        kinds = self.asked_columns(schema)
        given = self.rows(answer)
        rows = tuple(tuple(kind.display(column, row.get(column.key)) for column, kind in kinds) for row in given)
        totals = self.totals_in_words(schema, given)
        return DisplayRow(
            schema.label,
            "table",
            columns=tuple(column.label for column, _kind in kinds),
            groups=groups_of(schema),
            rows=rows,
            totals=tuple(totals.get(column.key, "") for column, _kind in kinds) if totals else (),
            key=schema.key,
        )

    def in_words(self, schema: FieldSchema, answer: Any) -> str:
        """One line a row."""
        return "\n".join(self.row_in_words(schema, row) for row in self.rows(answer))

    def row_in_words(self, schema: FieldSchema, row: dict[str, Any]) -> str:
        """Its cells, one after the other; a full stop at the end of one gives way to the comma."""
        cells = filter(None, (self.words_of(column, row) for column in schema.columns))
        return "，".join(cell.rstrip("。") for cell in cells)

    def words_of(self, column: FieldSchema, row: dict[str, Any]) -> str:
        """One cell for the index: label and words, unless the column is sensitive."""
        return self.column_types[column.type].searchable(column, row.get(column.key))


def limits(schema: FieldSchema) -> tuple[int, int]:
    """The least and the greatest number of rows."""
    return schema.options.get("min_rows", 0), schema.options.get("max_rows", USUAL_MAX_ROWS)


def added(values: list[Any]) -> int | float:
    """The exact decimal sum: 0.1 + 0.2 is 0.3, as whoever typed them expects."""
    total = sum((Decimal(repr(value)) for value in values if isinstance(value, int | float)), Decimal())
    return int(total) if total == total.to_integral_value() else float(total)


def groups_of(schema: FieldSchema) -> tuple[tuple[str, int], ...]:
    """Headings over groups of columns, each with how many columns it spans; ("", n) over columns without one."""
    groups: list[tuple[str, int]] = [("", 0)]
    for column in schema.columns:
        label, count = groups[-1]
        if column.type == SectionType.name:
            groups.append((column.label, 0))
        else:
            groups[-1] = (label, count + 1)
    found = tuple(group for group in groups if group[1])
    return found if any(label for label, _count in found) else ()
