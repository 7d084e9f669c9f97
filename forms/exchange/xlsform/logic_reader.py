"""Conditions, calculation and constraint of a row."""

from typing import Any

from django.utils.translation import gettext as _

from forms.builder.fields import FIELD_TYPES
from forms.builder.schema import FieldSchema
from forms.exchange.xlsform.bounds import bounds_in
from forms.exchange.xlsform.mapping import PATTERNS
from forms.exchange.xlsform.planned import Planned, title
from forms.exchange.xlsform.planning import READ_ONLY
from forms.exchange.xlsform.row_reader import NO, NOTES, YES, RowReader
from forms.exchange.xlsform.xpath.parser import Node, parse
from forms.exchange.xlsform.xpath.reader import Reader
from forms.exchange.xlsform.xpath.tokens import XPathError

WHOLE = frozenset({"integer", "rating"})
BOUNDS = frozenset({"minimum", "maximum", "max_length"})
UNCONSTRAINED = frozenset({"section", "page_break", "note", "rich_note", "matrix"})
Logic = dict[str, Any]


class LogicReader(RowReader):
    """Reads expressions."""

    def read(self, planned: Planned, base: FieldSchema) -> Logic:
        """Conditions and calculation."""
        found = dict(base.logic)
        for slot, column, read in (
            ("show", "relevant", self.relevant),
            ("require", "required", self.require),
            ("enable", "read_only", self.enable),
            ("value", "calculation", self.value),
        ):
            if planned.changed(column):
                self.put(planned, found, slot, column, read(planned))
        groups = [
            self.expression(planned, line.get("relevant"), "relevant", line)
            for line in planned.conditions
            if line.get("relevant")
        ]
        parts = [part for part in groups if part is not None]
        if parts:
            own = [found["show"]] if "show" in found else []
            found["show"] = both([*parts, *own])
        return found

    def put(self, planned: Planned, logic: Logic, slot: str, column: str, rule: Any) -> None:
        """Take an expression where the question may have one."""
        logic.pop(slot, None)
        if rule is None:
            return
        if slot in FIELD_TYPES[planned.type].logic_slots:
            logic[slot] = rule
        else:
            sentence = _("“%(name)s”: a question of this type cannot have this condition; it was left out.")
            self.leave_out(planned, sentence % {"name": title(planned.line)}, column)

    def relevant(self, planned: Planned) -> Any:
        """When it is shown."""
        if planned.other_of:
            path = f"row.{planned.other_of}" if planned.table else f"answers.{planned.other_of}"
            asked = self.scope.by_key(planned.other_of, planned.table)
            many = asked is not None and asked.kind == "choices"
            return {"contains" if many else "===": [{"var": path}, "other"]}
        text = planned.line.get("relevant")
        if not text or text.casefold() in YES:
            return None
        return self.expression(planned, text, "relevant")

    def require(self, planned: Planned) -> Any:
        """When it must be answered; always is `required`."""
        text = planned.line.get("required")
        return None if text.casefold() in YES | NO else self.expression(planned, text, "required")

    def enable(self, planned: Planned) -> Any:
        """When an answer is taken: the contrary of read_only."""
        text = planned.line.get("read_only")
        if text.casefold() in NO or planned.type == "calculated" or planned.type in NOTES:
            return None
        if text.casefold() in READ_ONLY:
            sentence = _("“%(name)s” cannot be answered; it was taken as one that can.")
            self.leave_out(planned, sentence % {"name": title(planned.line)}, "read_only")
            return None
        rule = self.expression(planned, text, "read_only")
        if rule is None:
            return None
        is_negated = isinstance(rule, dict) and rule.keys() == {"!"} and isinstance(rule["!"], list)
        return rule["!"][0] if is_negated else {"!": [rule]}

    def value(self, planned: Planned) -> Any:
        """What it is calculated of."""
        text = planned.line.get("calculation")
        if not text:
            return None
        if planned.type != "calculated":
            sentence = _("“%(name)s” is answered and calculated; it was taken as one that is answered.")
            self.leave_out(planned, sentence % {"name": title(planned.line)}, "calculation")
            return None
        return self.expression(planned, text, "calculation")

    def constrain(self, planned: Planned, options: dict[str, Any], label: str) -> None:
        """Bounds and length as settings, the rest as a check."""
        if planned.type in UNCONSTRAINED:
            return
        message = planned.line.get("constraint_message")
        if not planned.changed("constraint"):
            if planned.changed("constraint_message"):
                self.rules.reword(planned, message)
            return
        if planned.base is not None:
            for name in BOUNDS:
                options.pop(name, None)
        rest = self.bounds(planned, options, message)
        check = self.check(planned, rest)
        usual = _("“%(name)s” does not fit; please look again.") % {"name": label}
        self.rules.replace(planned, check, message, usual)

    def bounds(self, planned: Planned, options: dict[str, Any], message: str) -> list[Node]:
        """Take bounds and length as settings; what remains. With words of its own the whole is a check."""
        text = planned.line.get("constraint")
        if not text:
            return []
        try:
            tree = parse(text)
        except XPathError:
            # Named by expression(), with the place.
            self.expression(planned, text, "constraint")
            return []
        names = frozenset(FIELD_TYPES[planned.type].option_blocks()) & BOUNDS
        if message and planned.base is None:
            names = frozenset()
        whole = planned.type in WHOLE or planned.cell.base == "integer"
        found = bounds_in(tree, names, whole=whole, pattern=PATTERNS.get(planned.type, ""))
        options.update(found.options)
        return found.rest

    def check(self, planned: Planned, rest: list[Node]) -> Any:
        """The remaining conditions as one; those that cannot be read are named."""
        found = []
        reader = Reader(self.here(planned, own=True))
        for part in rest:
            try:
                found.append(reader.value(part).logic)
            except XPathError as error:
                values = {"name": title(planned.line), "expression": planned.line.get("constraint"), "fault": error}
                sentence = _("“%(name)s”: a part of “%(expression)s” was left out: %(fault)s")
                self.leave_out(planned, sentence % values, "constraint")
        return both(found)


def both(parts: list[Any]) -> Any:
    """All of them together; None for none."""
    if len(parts) < 2:
        return parts[0] if parts else None
    flat: list[Any] = []
    for part in parts:
        is_and = isinstance(part, dict) and part.keys() == {"and"} and isinstance(part["and"], list)
        flat += part["and"] if is_and else [part]
    return {"and": flat}
