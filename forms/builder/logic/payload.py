"""What the browser needs to work out the same as the server, and no more of anybody's answers than that."""

from collections.abc import Iterator
from typing import Any

from django.utils.html import json_script
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, pgettext

from forms.builder.answers import Answers
from forms.builder.logic.expressions import ExpressionError, Reference, compiled, references
from forms.builder.logic.outcome import LogicContext
from forms.builder.logic.plan import TABLE, Node, Plan, plan_of
from forms.builder.logic.state import context_values, last_values, logic_value
from forms.builder.schema import FieldSchema, FormSchema, RuleSchema

SHAPING = ("result", "decimals", "unit")
"""Options that say how a calculated value is given out."""


def browser_payload(schema: FormSchema, answers: Answers, context: LogicContext) -> dict[str, Any]:
    """The logic of the form as plain JSON for static/js/form-logic.js.

    `answers` holds what is stored; the browser takes from it what is not on the page. Only what some expression reads
    is sent of it and of the last report. `nodes` stand in the order in which they are worked out.
    """
    plan = plan_of(schema)
    rules = [rule for rule in schema.rules if is_expression(rule)]
    read = {in_table(one, node.table) for node in plan.nodes.values() for one in node.reads} | set(reads_of(rules))
    wanted = set(wanted_names(schema, plan, rules, read))
    return {
        "nodes": [node_in_json(node) for node in plan.order if node.name in wanted],
        "rules": [{**rule.to_json(), "label": label_at(plan, rule)} for rule in rules],
        "totals": {one.key: one.options["totals"] for one in schema if sums_up(one)},
        "answers": values_read(schema, answers, read, "answers"),
        "last": values_read(schema, context.last, read, "last"),
        "context": context_values(context),
        "words": words(),
    }


def payload_script(payload: dict[str, Any]) -> SafeString:
    """The payload as the element that static/js/form-logic.js looks for; it belongs inside the form."""
    return mark_safe(json_script(payload).replace("<script ", "<script data-form-logic ", 1))  # noqa: S308 - escaped there


def is_expression(rule: RuleSchema) -> bool:
    """Whether the check can be evaluated."""
    try:
        compiled(rule.check)
    except ExpressionError:
        return False
    return rule.check is not None


def reads_of(rules: list[RuleSchema]) -> Iterator[Reference]:
    """What the checks read; a row's columns as columns of its table."""
    for rule in rules:
        table = rule.at.partition(".")[0]
        for one in references(compiled(rule.check)):
            yield in_table(one, table)


def in_table(reference: Reference, table: str) -> Reference:
    """A row's column as the column of its table."""
    return Reference("answers", table, reference.key) if reference.space == "row" else reference


def wanted_names(schema: FormSchema, plan: Plan, rules: list[RuleSchema], read: set[Reference]) -> Iterator[str]:
    """Names of the nodes that have logic, that hide with others, or that are read, shown a message or summed up."""
    for node in plan.nodes.values():
        if node.logic or node.is_calculated or any(plan.nodes[guard].logic for guard in guards_of(node, plan)):
            yield from (node.name, *guards_of(node, plan), *filter(None, [node.table]))
    for one in read:
        yield from plan.named(one)
    for rule in rules:
        yield from (name for name in (rule.at, rule.at.partition(".")[0]) if name in plan.nodes)
    for table in schema:
        if sums_up(table):
            yield from (table.key, *(f"{table.key}.{column}" for column in table.options["totals"]))


def guards_of(node: Node, plan: Plan) -> list[str]:
    """The headings above a node, and those above them."""
    return [name for guard in node.guards for name in (guard, *plan.nodes[guard].guards)]


def sums_up(schema: FieldSchema) -> bool:
    """Whether the field is a table with a row of totals."""
    return schema.type == TABLE and isinstance(schema.options.get("totals"), list)


def node_in_json(node: Node) -> dict[str, Any]:
    """One node, with what its input needs to be read."""
    kind = node.kind
    found: dict[str, Any] = {
        "key": node.schema.key,
        "table": node.table,
        "type": node.schema.type,
        "kind": str(kind.logic_type_of(node.schema) or "") if kind else "",
        "label": node.schema.label,
        "guards": list(node.guards),
        "logic": {slot: node.schema.logic[slot] for slot in node.logic},
        "calculated": node.is_calculated,
    }
    if node.is_calculated:
        found["options"] = {name: node.schema.options[name] for name in SHAPING if name in node.schema.options}
    elif kind and (reading := kind.reading(node.schema)):
        found["reading"] = reading
    return found


def label_at(plan: Plan, rule: RuleSchema) -> str:
    """The label of the question at which a check's message stands."""
    node = plan.nodes.get(rule.at)
    return node.schema.label if node else ""


def values_read(schema: FormSchema, answers: Answers, read: set[Reference], space: str) -> dict[str, Any]:
    """The answers that are read, of tables the columns."""
    found: dict[str, Any] = {}
    for one in schema:
        columns = {each.column for each in read if each.space == space and each.key == one.key}
        if not columns or one.key not in answers:
            continue
        value = logic_value(one, answers[one.key]) if space == "answers" else last_values(schema, answers)[one.key]
        if one.type == TABLE and "*" not in columns:
            value = [{name: cell for name, cell in row.items() if name in columns} for row in value]
        found[one.key] = value
    return found


def words() -> dict[str, str]:
    """What the browser says."""
    return {
        "division": gettext("This cannot be calculated: it would divide by zero."),
        "appeared": gettext("Now also asked: %(labels)s."),
        "gone": gettext("No longer asked: %(labels)s."),
        "and_more": gettext("%(labels)s and others"),
        "separator": pgettext("between the names in a list", ", "),
        "required": pgettext("question", "required"),
        "explanation": gettext("Explanation"),
    }
