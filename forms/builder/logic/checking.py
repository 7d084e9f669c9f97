"""What is wrong with a form's logic before anybody fills it in, said in the editor's words: labels, never keys."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from forms.builder.fields import FIELD_TYPES
from forms.builder.fields.base import LogicType
from forms.builder.logic.expressions import ExpressionError, TooLargeError, UnknownOperatorError, compiled
from forms.builder.logic.kinds import ANY, IN_WORDS, ROW, UNUSABLE, Kind
from forms.builder.logic.operators import Checking
from forms.builder.logic.plan import CALCULATED, TABLE, Node, Plan, plan_of
from forms.builder.schema import FieldSchema, FormSchema, RuleSchema

SLOTS: Mapping[str, Promise] = {
    "show": _("The condition under which “%(label)s” is shown"),
    "require": _("The condition under which “%(label)s” must be answered"),
    "enable": _("The condition under which “%(label)s” may be answered"),
    "value": _("The calculation of “%(label)s”"),
}

RESULTS: Mapping[str, tuple[str, ...]] = {
    "number": (LogicType.NUMBER,),
    "text": (LogicType.TEXT, LogicType.NUMBER, LogicType.DATE, LogicType.TIME, LogicType.DATETIME, LogicType.MONTH),
    "date": (LogicType.DATE,),
}
"""What a calculation may give, by the question's option `result`."""


@dataclass(frozen=True)
class Problem:
    """Something that must be mended before the form is published."""

    path: str
    """Where: a question's key, or "table.column"."""
    message: str
    """A whole sentence that names the question or the check."""
    slot: str = ""
    """Which of the question's expressions (schema.LOGIC_SLOTS), if it is one."""
    rule: str = ""
    """Key of the check, if it is one."""


def problems_of(schema: FormSchema) -> list[Problem]:
    """Everything wrong with conditions, calculations and checks, in the order of the form."""
    return list(Inspection(schema).problems())


class Inspection:
    """One form being looked through."""

    def __init__(self, schema: FormSchema) -> None:
        self.schema = schema

    @cached_property
    def plan(self) -> Plan:
        """What depends on what."""
        return plan_of(self.schema)

    @cached_property
    def answers(self) -> dict[str, Kind]:
        """The kinds of all answers."""
        return {one.key: kind_of(one) for one in self.schema}

    def problems(self) -> Iterator[Problem]:
        """Question by question, then circles, then checks."""
        for node in self.plan.nodes.values():
            yield from self.of_node(node)
        for circle in self.plan.circles:
            yield self.of_circle(circle)
        for rule in self.schema.rules:
            yield from self.of_rule(rule)

    def of_node(self, node: Node) -> Iterator[Problem]:
        """What is wrong with a question's own expressions."""
        label = named(node.schema)
        if node.schema.type == CALCULATED and "value" not in node.schema.logic:
            message = gettext("“%(label)s” has no calculation yet.") % {"label": label}
            yield Problem(node.name, message, "value")
        for slot, rule in node.schema.logic.items():
            place = str(SLOTS[slot]) % {"label": label}
            allowed = RESULTS.get(node.schema.options.get("result", "number"), ()) if slot == "value" else ()
            for message in self.complaints(rule, node.table, allowed):
                yield Problem(node.name, sentence(place, message), slot)

    def of_circle(self, circle: tuple[str, ...]) -> Problem:
        """That questions wait for each other."""
        labels = [f"“{named(self.plan.nodes[name].schema)}”" for name in circle]
        holder = next((name for name in circle if self.plan.nodes[name].logic), circle[0])
        message = gettext("These depend on each other in a circle: %(chain)s. Please break it at one of them.")
        slot = next(iter(self.plan.nodes[holder].logic), "")
        return Problem(holder, message % {"chain": " → ".join(labels)}, slot)

    def of_rule(self, rule: RuleSchema) -> Iterator[Problem]:
        """What is wrong with a check."""
        place = gettext("The check “%(message)s”") % {"message": rule.message}
        if rule.at not in self.plan.nodes:
            message = gettext("the question at which its message stands is not in the form; it may have been deleted.")
            yield Problem(rule.at, sentence(place, message), rule=rule.key)
        table, _dot, column = rule.at.partition(".")
        if rule.check is None:
            yield Problem(rule.at, sentence(place, gettext("it does not say yet what must hold.")), rule=rule.key)
            return
        for message in self.complaints(rule.check, table if column else "", (LogicType.BOOLEAN,)):
            yield Problem(rule.at, sentence(place, message), rule=rule.key)

    def complaints(self, rule: Any, table: str, allowed: tuple[str, ...]) -> list[str]:
        """What is wrong with one expression, each thing once."""
        try:
            operator = compiled(rule)
        except TooLargeError:
            return [gettext("it is too long. Please divide it among several questions.")]
        except UnknownOperatorError:
            return [gettext("it uses an operation that this portal does not know. Please build it anew.")]
        except ExpressionError:
            return [gettext("it is not complete. Please build it anew.")]
        rows = self.answers[table].item if table in self.answers else None
        context = Checking(
            {
                "answers": self.answers,
                "last": self.answers,
                "row": dict(rows.parts) if rows else {},
                "context": {"today": Kind(LogicType.DATE), "unit": Kind(LogicType.CHOICE)},
            }
        )
        kind = operator.typecheck(context)
        found = [one.message for one in context.diagnostics]
        if allowed and not found and not kind.is_one_of(*allowed) and not any(kind.reads_as(one) for one in allowed):
            message = gettext("it gives %(found)s where %(wanted)s is needed.")
            found = [message % {"found": IN_WORDS[kind.name], "wanted": IN_WORDS[allowed[0]]}]
        return list(dict.fromkeys(found))


def kind_of(schema: FieldSchema) -> Kind:
    """The kind of a question's answers."""
    label, codes = named(schema), None
    if schema.type == TABLE:
        return Kind(
            LogicType.ROWS, label, item=Kind(ROW, parts={column.key: kind_of(column) for column in schema.columns})
        )
    known = FIELD_TYPES.get(schema.type)
    if known is None:
        return Kind(ANY, label)
    kind = known.logic_type_of(schema)
    if kind is None:
        return Kind(UNUSABLE, label)
    if kind in (LogicType.CHOICE, LogicType.CHOICES) and isinstance(schema.options.get("choices"), list):
        codes = frozenset(one["code"] for one in schema.options["choices"] if isinstance(one, dict) and "code" in one)
    return Kind(kind, label, codes=codes)


def named(schema: FieldSchema) -> str:
    """The label, or what stands for one where there is none."""
    known = FIELD_TYPES.get(schema.type)
    return schema.label or (str(known.label) if known else gettext("question without a label"))


def sentence(place: str, message: str) -> str:
    """Where it is and what."""
    return gettext("%(place)s: %(message)s") % {"place": place, "message": message}
