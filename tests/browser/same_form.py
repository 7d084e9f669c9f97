"""Whether two forms that were made apart ask the same: each question of one has a key unlike the other's."""

import re
from collections.abc import Mapping
from typing import Any

from forms.builder.schema import FieldSchema, FormSchema

LISTS = ("choices", "statements")
ANSWER = re.compile(r"(answers|last)\.")


def without_keys(schema: FormSchema) -> dict[str, Any]:
    """What the form asks, with numbers in the place of keys and labels in the place of codes."""
    return Unkeyed(schema).form()


class Unkeyed:
    """A form as JSON, its keys renamed wherever they stand, and nothing else."""

    def __init__(self, schema: FormSchema) -> None:
        self.schema = schema
        self.numbers = {one.key: f"q{number}" for number, one in enumerate(schema, start=1)}

    def form(self) -> dict[str, Any]:
        """All of it."""
        said: dict[str, Any] = self.schema.to_json()
        said["fields"] = [self.question(one, None) for one in self.schema]
        said["rules"] = [
            {
                **one.to_json(),
                "key": f"r{number}",
                "at": self.place(one.at),
                "check": self.rule(one.check, self.at(one.at)),
            }
            for number, one in enumerate(self.schema.rules, start=1)
        ]
        return said

    def question(self, one: FieldSchema, table: FieldSchema | None) -> dict[str, Any]:
        """A question, or a column of the table."""
        said: dict[str, Any] = {**one.to_json(), "key": self.name(one.key, table)}
        options = dict(one.options)
        for name in LISTS:
            if name in options:
                options[name] = [{**line, "code": line["label"]} for line in options[name]]
        if "totals" in options:
            options["totals"] = [self.name(key, one) for key in options["totals"]]
        # A column's conditions see its row; a table's see all rows.
        logic = {slot: self.rule(rule, table) for slot, rule in one.logic.items()}
        said |= {"options": options, "logic": logic, "columns": [self.question(column, one) for column in one.columns]}
        return said

    def at(self, path: str) -> FieldSchema | None:
        """The table in whose rows a check holds, if it stands at a column."""
        key, _dot, column = path.partition(".")
        return self.schema.field(key) if column else None

    def place(self, path: str) -> str:
        """Where a check stands."""
        key, _dot, column = path.partition(".")
        return ".".join([self.name(key, None), *([self.name(column, self.schema.field(key))] if column else [])])

    def name(self, key: str, table: FieldSchema | None) -> str:
        """The number of a question, or of a column of the table."""
        if table is None:
            return self.numbers[key]
        return f"c{1 + [column.key for column in table.columns].index(key)}"

    def rule(self, rule: Any, table: FieldSchema | None) -> Any:
        """An expression; columns are those of the table."""
        if not isinstance(rule, dict):
            return rule
        ((operator, parts),) = rule.items()
        if operator == "var":
            return {operator: self.variable(parts, table)}
        if operator in ("map", "filter"):
            rows, each = parts
            return {operator: [self.rule(rows, table), self.rule(each, self.rows_of(rows) or table)]}
        codes = self.codes(parts, table)
        return {
            operator: [codes.get(part, part) if isinstance(part, str) else self.rule(part, table) for part in parts]
        }

    def variable(self, path: str, table: FieldSchema | None) -> str:
        """The path of an answer, of a row's column, or of a column where rows are gone through."""
        question = self.asked(path, table)
        scope, dot, key = path.rpartition(".")
        return path if question is None else f"{scope}{dot}{self.name(key, None if ANSWER.match(path) else table)}"

    def asked(self, path: str, table: FieldSchema | None) -> FieldSchema | None:
        """The question or column behind a path; None for today's date."""
        key = path.rpartition(".")[2]
        if path.startswith("context."):
            return None
        if ANSWER.match(path):
            return self.schema.field(key)
        assert table is not None, path
        return next(column for column in table.columns if column.key == key)

    def rows_of(self, rows: Mapping[str, Any]) -> FieldSchema | None:
        """The table whose rows are gone through."""
        ((operator, parts),) = rows.items()
        return self.schema.field(parts.rpartition(".")[2]) if operator == "var" else self.rows_of(parts[0])

    def codes(self, parts: list[Any], table: FieldSchema | None) -> dict[str, str]:
        """Labels by code, of the question that something is compared with."""
        paths = [part["var"] for part in parts if isinstance(part, dict) and "var" in part]
        questions = [question for path in paths if (question := self.asked(path, table))]
        return {line["code"]: line["label"] for one in questions for line in one.options.get("choices", [])}
