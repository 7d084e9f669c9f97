"""Builds, by clicking, a form that a file describes: every setting, condition, calculation and check of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from forms.builder.schema import FieldSchema, FormSchema
from tests.browser.form_builder import FormBuilder, Question
from tests.browser.form_dialogue import Condition
from tests.browser.same_form import LISTS

MOVING = {"earliest": "not_past", "latest": "not_future"}
"""What is ticked where a bound is the day of the answer."""
STARTS_WITH_DECIMALS = ("number", "calculated")
"""Types whose new questions have decimals; the editor takes them away where a form wants none."""
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
        question = self.by_path[left["var"]]
        choices = question.options.get("choices", [])
        label = next((one["label"] for one in choices if one["code"] == right), None)
        return label or (f"{right:g}" if question.type == "rating" else right)

    def condition(self, rule: dict[str, Any]) -> Condition:
        """One comparison."""
        ((operator, parts),) = rule.items()
        if operator in ("and", "or"):
            return (operator, [self.condition(one) for one in parts])
        if operator == "blank":
            return (self.label(parts[0]), "blank")
        if operator == "!":
            return (self.label(parts[0]["blank"][0]), "given")
        if operator in ("in", "contains"):
            whole, part = parts if operator == "contains" else reversed(parts)
            return (self.label(whole), "contains", self.value(whole, part))
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

    def build(self, schema: FormSchema) -> None:
        """Build it; it is neither saved nor published."""
        self.builder.new(schema.title, schema.intro)
        self.draw(False)
        made = list(self.add_questions(schema))
        for one, question, table in made:
            if one.logic:
                opened = [each for other, each, _table in made if other is table] + [question]
                for each in opened:
                    each.fold(away=False)
                self.set_logic(schema, one, question, table)
                for each in reversed(opened):
                    each.fold()
        for rule in schema.rules:
            table, column = self.place(schema, rule.at)
            whole = f"{table.label}（整张表）" if table.columns else table.label
            at = f"{table.label} › {column.label}" if column else whole
            conditions, join = Names.of(schema, table if column else None).group(rule.check)
            self.builder.check(at, *conditions, message=rule.message, severity=rule.severity, join=join)
        self.draw(True)

    def draw(self, wanted: bool) -> None:
        """Have the page drawn, or not: all stands where it stood, and nobody watches hundreds of steps."""
        self.builder.page.evaluate("seen => { document.body.style.opacity = seen ? '' : '0'; }", wanted)

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
                added.fold()
                yield column, added, one
            question.fold()

    def set_settings(self, one: FieldSchema, question: Question) -> None:
        """Give every setting its value, those last that lie behind the cogwheel."""
        options = dict(one.options)
        for name in LISTS:
            if name in options:
                question.type_lines(name, [choice["label"] for choice in options.pop(name)])
        prefill = options.pop("prefill", None)
        question.set(**dict(self.settings(one, options)))
        if prefill:
            self.prefill(question, prefill["from"])

    def settings(self, one: FieldSchema, options: dict[str, Any]) -> Iterator[tuple[str, Any]]:
        """Inputs and what is put into them."""
        if one.help_text:
            yield "help_text", one.help_text
        if one.required and one.type != "table":
            yield "required", True
        if one.type in STARTS_WITH_DECIMALS:
            options.setdefault("decimals", "")
        for name, value in options.items():
            if name in MOVING and value == "today":
                yield MOVING[name], True
            elif name != "totals" and not (name == "sensitive" and one.type == "id_number"):
                yield name, value

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
