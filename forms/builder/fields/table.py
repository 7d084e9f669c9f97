"""A repeating table: the same few questions, answered row by row."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from forms.builder.answers import DisplayRow
from forms.builder.fields.base import FieldType, LogicType, RawBlock
from forms.builder.schema import FieldSchema

MAX_ROWS = 1000
USUAL_MAX_ROWS = 100
MAX_COLUMNS = 20


class TableType(FieldType):
    """Rows of questions. It draws no form field of its own: forms.builder.table_rows does, one form a row."""

    name = "table"
    label = _("Table")
    icon = "table"
    group = _("Arrangement")
    description = _("The same questions row by row: a list of problems, of people.")
    in_table = False
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
        columns = [(name, column_type.block()) for name, column_type in self.column_types.items()]
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
        required = bool(plain.options.get("min_rows"))
        return replace(plain, required=required, columns=columns)

    def options(self, raw: RawBlock) -> dict[str, Any]:
        """How many rows."""
        return {name: raw[name] for name in ("min_rows", "max_rows") if raw.get(name)}

    def raw_options(self, schema: FieldSchema) -> RawBlock:
        """Columns and how many rows."""
        columns = [
            {"type": column.type, "id": column.key, "value": self.column_types[column.type].raw(column)}
            for column in schema.columns
        ]
        rows: RawBlock = {name: schema.options[name] for name in ("min_rows", "max_rows") if name in schema.options}
        return {"columns": columns, **rows}

    def rows(self, answer: Any) -> list[dict[str, Any]]:
        """The rows of an answer."""
        return [row for row in answer if isinstance(row, dict)] if isinstance(answer, list) else []

    def logic_value(self, schema: FieldSchema, answer: Any) -> list[dict[str, Any]]:
        """Its rows, each with what expressions see of its cells; an empty list where there are none."""
        types = [(column, self.column_types[column.type]) for column in schema.columns]
        return [
            {column.key: kind.logic_value(column, row.get(column.key)) for column, kind in types if kind.logic_type}
            for row in self.rows(answer)
        ]

    def display(self, schema: FieldSchema, answer: Any) -> DisplayRow:
        """Columns and rows in words."""
        rows = tuple(
            tuple(self.column_types[column.type].display(column, row.get(column.key)) for column in schema.columns)
            for row in self.rows(answer)
        )
        return DisplayRow(schema.label, "table", columns=tuple(column.label for column in schema.columns), rows=rows)

    def in_words(self, schema: FieldSchema, answer: Any) -> str:
        """One line a row."""
        return "\n".join(self.row_in_words(schema, row) for row in self.rows(answer))

    def row_in_words(self, schema: FieldSchema, row: dict[str, Any]) -> str:
        """Its cells, one after the other."""
        return "，".join(filter(None, (self.words_of(column, row) for column in schema.columns)))

    def words_of(self, column: FieldSchema, row: dict[str, Any]) -> str:
        """One cell for the index: label and words, unless the column is sensitive."""
        return self.column_types[column.type].searchable(column, row.get(column.key))

    def searchable(self, schema: FieldSchema, answer: Any) -> str:
        """The label over its rows."""
        lines = "" if self.is_sensitive(schema) else self.in_words(schema, answer)
        return f"{schema.label}：\n{lines}" if lines else ""
