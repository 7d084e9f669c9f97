"""Working out what follows from the answers: which questions are asked, what is calculated, what does not fit.

Every question is worked out after all that it depends on. What is hidden or takes no answer counts as blank for
everything else, whatever was typed there.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext

from forms.builder.answers import Answers
from forms.builder.fields import FIELD_TYPES
from forms.builder.logic import days
from forms.builder.logic.expressions import ExpressionError, compiled
from forms.builder.logic.operators import LogicOperator, Scope
from forms.builder.logic.outcome import Finding, FormState, LogicContext
from forms.builder.logic.plan import TABLE, Node, Plan, plan_of
from forms.builder.logic.values import as_text, exact, holds, number, plus, rounded
from forms.builder.schema import FieldSchema, FormSchema, RuleSchema


def state_of(schema: FormSchema, answers: Answers, context: LogicContext) -> FormState:
    """Everything that follows from the answers; answers that a draft keeps as typed count as blank."""
    return Working(plan_of(schema), answers, context).state(schema)


def totals_of(schema: FormSchema, answers: Answers) -> dict[str, int | float]:
    """The sums that tables show below their columns, by "table.column", as stored."""
    rows = {one.key: logic_value(one, answers.get(one.key)) for one in schema if one.type == TABLE}
    return totals_among(schema, rows)


def logic_value(schema: FieldSchema, answer: Any) -> Any:
    """The answer as expressions see it; None for blank, for what is not valid and for types that are not known."""
    if schema.type == TABLE:
        rows = answer if isinstance(answer, list) else []
        return [row_value(schema, row) for row in rows if isinstance(row, dict)]
    kind = FIELD_TYPES.get(schema.type)
    return kind.logic_value(schema, answer) if kind and kind.logic_type and answer is not None else None


def row_value(schema: FieldSchema, row: dict[str, Any]) -> dict[str, Any]:
    """A row of a table as expressions see it."""
    return {column.key: logic_value(column, row.get(column.key)) for column in schema.columns}


def last_values(schema: FormSchema, last: Answers) -> dict[str, Any]:
    """The last report's answers as expressions see them: valid when they were given, whatever days may be given now."""
    return {one.key: logic_value(unbounded(one), last[one.key]) for one in schema if one.key in last}


def unbounded(schema: FieldSchema) -> FieldSchema:
    """The question, or the table, without an earliest and a latest day."""
    columns = tuple(unbounded(column) for column in schema.columns)
    options = {name: value for name, value in schema.options.items() if name not in ("earliest", "latest")}
    return (
        schema
        if len(options) == len(schema.options) and not columns
        else replace(schema, options=options, columns=columns)
    )


def context_values(context: LogicContext) -> dict[str, Any]:
    """`context` as expressions see it; the unit as its code, like the answer to a question for a unit."""
    unit = None if context.unit is None else str(context.unit)
    return {"today": context.today.isoformat(), "unit": unit}


class Working:
    """One form being worked out."""

    def __init__(self, plan: Plan, answers: Answers, context: LogicContext) -> None:
        self.plan = plan
        self.raw = answers
        self.context = context
        self.answers: dict[str, Any] = {}
        """As far as they are known; rows are filled in column by column."""
        self.data: dict[str, Any] = {"answers": self.answers, "row": None, "context": context_values(context)}
        self.scope = Scope(self.data)
        self.hidden: set[str] = set()
        self.disabled: set[str] = set()
        self.required: set[str] = set()
        self.values: dict[str, Any] = {}
        self.notices: dict[str, str] = {}

    def state(self, schema: FormSchema) -> FormState:
        """The outcome."""
        self.data["last"] = last_values(schema, self.context.last)
        for node in self.plan.order:
            if not node.table:
                self.work_out_question(node)
            elif node.table in self.answers:
                self.work_out_column(node)
        return FormState(
            hidden=frozenset(self.hidden),
            disabled=frozenset(self.disabled),
            required=frozenset(self.required),
            values=self.values,
            findings=tuple(finding for rule in schema.rules for finding in self.findings(rule)),
            notices=self.notices,
            totals=totals_among(schema, self.answers),
        )

    def work_out_question(self, node: Node) -> None:
        """A question, a heading or a table without its cells."""
        key = node.schema.key
        if node.schema.type == TABLE:
            raw = self.raw.get(key)
            rows: list[dict[str, Any]] = [{} for row in raw if isinstance(row, dict)] if isinstance(raw, list) else []
            self.answers[key] = rows if self.is_asked(node, key, node.guards) else []
        else:
            self.answers[key] = self.answer(node, key, node.guards, self.raw.get(key))

    def work_out_column(self, node: Node) -> None:
        """The cells of a column, row by row."""
        rows: list[dict[str, Any]] = self.answers[node.table]
        if not rows:
            return
        raw = [row for row in self.raw[node.table] if isinstance(row, dict)]
        if not (node.logic or node.guards or node.is_calculated):
            for row, given in zip(rows, raw, strict=True):
                row[node.schema.key] = logic_value(node.schema, given.get(node.schema.key))
            return
        guards = [guard.partition(".")[2] for guard in node.guards]
        for place, row in enumerate(rows):
            self.data["row"] = row
            path = f"{node.table}.{place}."
            row[node.schema.key] = self.answer(
                node, path + node.schema.key, [path + guard for guard in guards], raw[place].get(node.schema.key)
            )
        self.data["row"] = None

    def is_asked(self, node: Node, path: str, guards: Any) -> bool:
        """Whether an answer is taken; notes where it is hidden, disabled, required."""
        show, enable, require = (node.logic.get(slot) for slot in ("show", "enable", "require"))
        if any(guard in self.hidden for guard in guards) or not self.applies(show, True):
            self.hidden.add(path)
            return False
        if not self.applies(enable, True):
            self.disabled.add(path)
            return False
        if self.applies(require, False):
            self.required.add(path)
        return True

    def applies(self, condition: LogicOperator | None, usual: bool) -> bool:
        """Whether a condition applies."""
        return usual if condition is None else holds(condition.evaluate(self.scope))

    def answer(self, node: Node, path: str, guards: Any, raw: Any) -> Any:
        """The value of a question or cell; None where none is taken."""
        is_asked = self.is_asked(node, path, guards)
        if node.is_calculated:
            found = self.calculated(node, path) if is_asked else None
            self.values[path] = found
            return found
        return logic_value(node.schema, raw) if is_asked and raw is not None else None

    def calculated(self, node: Node, path: str) -> Any:
        """The calculated value, as the question gives it out."""
        if "value" not in node.logic:
            return None
        self.scope.divided_by_zero = False
        found = in_shape(node.schema, node.logic["value"].evaluate(self.scope))
        if self.scope.divided_by_zero:
            self.notices[path] = gettext("This cannot be calculated: it would divide by zero.")
        return found

    def findings(self, rule: RuleSchema) -> Iterator[Finding]:
        """Where a check does not hold, unless nothing is asked there."""
        try:
            check = compiled(rule.check)
        except ExpressionError:
            return
        table, _dot, column = rule.at.partition(".")
        if not column:
            if self.fails(check) and rule.at not in self.hidden:
                yield Finding(rule, rule.at)
            return
        rows = self.answers.get(table)
        for place, row in enumerate(rows if isinstance(rows, list) else []):
            self.data["row"] = row
            path = f"{table}.{place}.{column}"
            if path not in self.hidden and self.fails(check):
                yield Finding(rule, path, place)
        self.data["row"] = None

    def fails(self, check: LogicOperator) -> bool:
        """Whether a check does not hold; one that cannot be told does."""
        found = check.evaluate(self.scope)
        return found is not None and not holds(found)


def in_shape(schema: FieldSchema, value: Any) -> Any:
    """A calculated value as the question says: a number with its decimals, a text or a date."""
    match schema.options.get("result", "number"):
        case "text":
            return as_text(value) or None
        case "date":
            return value if days.day_of(value) == value else None
        case _:
            found, decimals = number(value), schema.options.get("decimals")
            if found is None:
                return None
            return exact(found) if decimals is None else rounded(found, decimals)


def totals_among(schema: FormSchema, answers: Answers) -> dict[str, int | float]:
    """The sums of the columns that tables sum up."""
    found = {}
    for table in schema:
        wanted = table.options.get("totals")
        for column in wanted if table.type == TABLE and isinstance(wanted, list) else ():
            total: int | float | None = 0
            for row in answers.get(table.key) or ():
                one = number(row.get(column))
                total = total if one is None or total is None else plus(float(total), one)
            if total is not None:
                found[f"{table.key}.{column}"] = total
    return found
