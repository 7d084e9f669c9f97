"""Builds, by clicking, a form that a file describes: every setting, condition, calculation and check of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from forms.builder.schema import FieldSchema, FormSchema
from tests.browser.form_builder import PASTE, Condition, FormBuilder, Question

LISTS = ("choices", "statements")
COMPARED = {"===": "is", "!==": "is_not", "<": "less", "<=": "at_most", ">": "more", ">=": "at_least"}

Group = tuple[list[Condition], str]
"""Conditions, and how they are joined."""


@dataclass(frozen=True)
class Names:
    """Questions by the path that expressions know them by."""

    by_path: dict[str, FieldSchema]

    @classmethod
    def of(cls, schema: FormSchema, table: FieldSchema | None = None) -> "Names":
        """All questions, and the columns of a table as a row knows them, and as a filter does."""
        found: dict[str, FieldSchema] = {}
        for one in schema:
            found |= {f"answers.{one.key}": one, f"last.{one.key}": one}
        for column in table.columns if table else ():
            found |= {f"row.{column.key}": column, column.key: column}
        return cls(found)

    def label(self, rule: Any) -> str:
        """What menus show of a question."""
        return self.by_path[rule["var"]].label

    def value(self, left: Any, right: Any) -> Any:
        """What a question is compared with, as the dialogue takes it."""
        if isinstance(right, dict):
            return "=today" if right["var"] == "context.today" else f"={self.label(right)}"
        if isinstance(right, bool):
            return "是" if right else "否"
        options = self.by_path[left["var"]].options.get("choices", [])
        return next((one["label"] for one in options if one["code"] == right), right)

    def condition(self, rule: dict[str, Any]) -> Condition:
        """One comparison."""
        ((operator, parts),) = rule.items()
        if operator in ("and", "or"):
            return (operator, [self.condition(one) for one in parts])
        if operator == "blank":
            return (self.label(parts[0]), "blank")
        if operator == "!":
            return (self.label(parts[0]["blank"][0]), "given")
        if operator == "in":
            return (self.label(parts[1]), "contains", self.value(parts[1], parts[0]))
        return (self.label(parts[0]), COMPARED[operator], self.value(*parts))

    def group(self, rule: dict[str, Any]) -> Group:
        """The outermost group."""
        ((operator, parts),) = rule.items()
        if operator in ("and", "or"):
            return [self.condition(one) for one in parts], operator
        return [self.condition(rule)], "and"

    def term(self, rule: Any) -> Any:
        """A part of a calculation."""
        return f"={self.label(rule)}" if isinstance(rule, dict) else rule


def calculation(schema: FormSchema, names: Names, rule: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The pattern that makes a calculation, and its parts."""
    ((operator, parts),) = rule.items()
    match operator, parts:
        case "count", [{"filter": [{"var": path}, condition]}]:
            table = names.by_path[path]
            rows = Names.of(schema, table).group(condition)[0]
            return "column", {"how": "count", "of": table.label, "where": rows}
        case "count", [{"var": path}]:
            return "column", {"how": "count", "of": names.by_path[path].label}
        case "sum", [{"map": [{"var": path}, {"var": column}]}]:
            table = names.by_path[path]
            label = next(one.label for one in table.columns if one.key == column)
            return "column", {"how": "sum", "of": f"{table.label} › {label}"}
        case "sum", _:
            return "total", {"of": [names.label(one) for one in parts]}
        case "*", [{"/": [first, second]}, 100]:
            return "percent", {"first": names.term(first), "second": names.term(second)}
        case "-", [first, {"var": path}] if path.startswith("last."):
            return "last", {"of": names.label(first)}
        case "days_between", [start, end]:
            return "between", {"start": names.term(start), "end": names.term(end)}
        case "add_days", [date, count]:
            return "shift", {"date": names.label(date), "count": count}
        case _, [first, second]:
            return "chain", {"first": names.term(first), "then": [(operator, names.term(second))]}
    raise ValueError(rule)


class FormClicker:
    """An editor who builds what a schema asks for."""

    def __init__(self, builder: FormBuilder) -> None:
        self.builder = builder

    def build(self, schema: FormSchema) -> int:
        """Build it and publish it; the page's number."""
        self.builder.new(schema.title, schema.intro)
        made = list(self.add_questions(schema))
        for one, question, table in made:
            self.set_logic(schema, one, question, table)
        for rule in schema.rules:
            table, column = self.place(schema, rule.at)
            whole = f"{table.label}（整张表）" if table.columns else table.label
            at = f"{table.label} › {column.label}" if column else whole
            conditions, join = Names.of(schema, table if column else None).group(rule.check)
            self.builder.check(at, *conditions, message=rule.message, severity=rule.severity, join=join)
        return self.builder.publish()

    def add_questions(self, schema: FormSchema) -> Iterator[tuple[FieldSchema, Question, FieldSchema | None]]:
        """Add every question and column; each with the table it stands in."""
        for one in schema:
            question = self.builder.question(one.type, one.label)
            self.set_settings(one, question)
            yield one, question, None
            for column in one.columns:
                added = question.column(column.type, column.label)
                self.set_settings(column, added)
                if column.key in one.options.get("totals", ()):
                    added.set(total=True)
                yield column, added, one

    def set_settings(self, one: FieldSchema, question: Question) -> None:
        """Give every setting its value."""
        if one.help_text:
            question.set(help_text=one.help_text)
        if one.required and one.type != "table":
            question.set(required=True)
        for name, value in one.options.items():
            if name in LISTS:
                self.paste(question, name, [choice["label"] for choice in value])
            elif name == "prefill":
                self.prefill(question, value["from"])
            elif name not in ("totals",) and not (name == "sensitive" and one.type == "id_number"):
                self.give(question, name, value)

    def give(self, question: Question, name: str, value: Any) -> None:
        """One setting; menus by the value behind their words."""
        field = question.setting(name).first
        question.show_settings(field)
        if field.evaluate("input => input.tagName") == "SELECT":
            field.select_option(value=str(value))
        else:
            question.give(field, value)

    def paste(self, question: Question, name: str, labels: list[str]) -> None:
        """Paste the lines of a list into its grid."""
        grids = question.element.locator(".choices-grid")
        grid = grids.nth(1) if name == "choices" and grids.count() > 1 else grids.first
        grid.locator("[data-label]").first.evaluate(PASTE, "\n".join(labels))
        question.builder.page.wait_for_function(
            "([name, count]) => JSON.parse(document.getElementsByName(name)[0].value || '[]').length === count",
            arg=[f"{question.prefix}-value-{name}", len(labels)],
        )

    def prefill(self, question: Question, source: str) -> None:
        """Choose what a new report begins with."""
        kept = question.builder.page.locator(f'[name="{question.prefix}-value-prefill"]')
        menu = question.builder.page.locator('[data-controller="prefill"]', has=kept).locator("select")
        question.show_settings(menu)
        menu.select_option(value=source)

    def set_logic(self, schema: FormSchema, one: FieldSchema, question: Question, table: FieldSchema | None) -> None:
        """Set every condition, and the calculation."""
        names = Names.of(schema, table)
        for slot, rule in one.logic.items():
            if slot == "value":
                pattern, parts = calculation(schema, names, rule)
                question.calculate(pattern, **parts)
            else:
                conditions, join = names.group(rule)
                question.when(slot, *conditions, join=join)

    def place(self, schema: FormSchema, at: str) -> tuple[FieldSchema, FieldSchema | None]:
        """The question, or the table and its column, at which a check stands."""
        key, _dot, column = at.partition(".")
        question = schema.field(key)
        assert question is not None, at
        return question, next((one for one in question.columns if one.key == column), None)


def without_keys(schema: FormSchema) -> dict[str, Any]:
    """What a form asks, with names in the place of keys: the same for two forms built apart."""
    names: dict[str, str] = {}
    for number, one in enumerate(schema, start=1):
        names[one.key] = f"q{number}"
        names |= {column.key: f"c{place}" for place, column in enumerate(one.columns, start=1)}
        for part in (one, *one.columns):
            for name in LISTS:
                names |= {line["code"]: line["label"] for line in part.options.get(name, [])}
    names |= {rule.key: f"r{number}" for number, rule in enumerate(schema.rules, start=1)}
    return dict(renamed(schema.to_json(), names))


def renamed(value: Any, names: dict[str, str]) -> Any:
    """Every text of the JSON that is a key, or a path of keys, under its new name."""
    if isinstance(value, dict):
        return {name: renamed(part, names) for name, part in value.items()}
    if isinstance(value, list):
        return [renamed(part, names) for part in value]
    return ".".join(names.get(part, part) for part in value.split(".")) if isinstance(value, str) else value
