"""XPath as JsonLogic: the part of ODK's functions that the portal's operators can say."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from forms.builder.fields.base import LogicType
from forms.exchange.xlsform.xpath.parser import Call, Constant, Node, Operation, Own, Reference, parse
from forms.exchange.xlsform.xpath.scope import Question, Scope
from forms.exchange.xlsform.xpath.tokens import XPathError

YES_NO = {"yes": True, "no": False}
MIRRORED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
COMPARISONS = {"=": "===", "!=": "!==", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
ARITHMETIC = {"+": "+", "-": "-", "*": "*", "div": "/", "mod": "%"}
SAME_NAME = {"round": "round", "concat": "concat", "min": "min", "max": "max"}
DAY_PATTERN = "%Y-%m-%d"


@dataclass(frozen=True)
class Value:
    """A part as JsonLogic, with the kind of value it gives as far as that is known."""

    logic: Any
    kind: LogicType | None = None
    question: Question | None = None


def from_xpath(expression: str, scope: Scope) -> Any:
    """The JsonLogic of the expression; XPathError, in words, where there is none."""
    return Reader(scope).value(parse(expression)).logic


def kind_of_xpath(expression: str, scope: Scope) -> LogicType | None:
    """Of what kind the expression's value is; None where that cannot be told."""
    return Reader(scope).value(parse(expression)).kind


class Reader:
    """Translates one expression."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.functions: dict[str, Callable[[Call], Value]] = {
            "true": lambda call: Value(True, LogicType.BOOLEAN),
            "false": lambda call: Value(False, LogicType.BOOLEAN),
            "not": lambda call: Value({"!": [self.only(call)]}, LogicType.BOOLEAN),
            "today": lambda call: Value({"var": "context.today"}, LogicType.DATE),
            "selected": self.selected,
            "count-selected": lambda call: Value({"count": [self.only(call)]}, LogicType.NUMBER),
            "if": self.choose,
            "coalesce": self.coalesce,
            "contains": lambda call: Value({"contains": self.several(call, 2)}, LogicType.BOOLEAN),
            "string-length": lambda call: Value({"length": [self.only(call)]}, LogicType.NUMBER),
            "string": lambda call: Value({"concat": [self.only(call)]}, LogicType.TEXT),
            "concat": lambda call: Value({"concat": self.several(call)}, LogicType.TEXT),
            "number": self.number,
            "round": lambda call: Value({"round": self.several(call)}, LogicType.NUMBER),
            "min": lambda call: self.extreme(call, "least", "min"),
            "max": lambda call: self.extreme(call, "greatest", "max"),
            "sum": lambda call: Value({"sum": [self.column(call)]}, LogicType.NUMBER),
            "count": self.count,
            "count-non-empty": lambda call: Value({"count": [self.column(call)]}, LogicType.NUMBER),
            "date": self.date,
            "decimal-date-time": self.date,
            "format-date": self.format_date,
        }

    def value(self, node: Node) -> Value:
        """The part as JsonLogic."""
        match node:
            case Constant(value=constant):
                return Value(constant, LogicType.TEXT if isinstance(constant, str) else LogicType.NUMBER)
            case Reference():
                return self.reference(node)
            case Own():
                if self.scope.own is None:
                    raise XPathError(_("a dot means the question's own answer, which there is none of here."))
                return self.answer(self.scope.own)
            case Call():
                return self.call(node)
            case Operation():
                return self.operation(node)

    # --- answers ----------------------------------------------------------------------------------------------------

    def named(self, name: str) -> Question:
        """The question of that name."""
        found = self.scope.by_name(name)
        if found is None:
            raise XPathError(_("“%(name)s” is no question of this form, or was left out.") % {"name": name})
        if found.kind is None:
            raise XPathError(_("answers to “%(name)s” cannot be used in conditions.") % {"name": name})
        return found

    def reference(self, node: Reference) -> Value:
        """An answer; of a column only from within its row."""
        question = self.named(node.name)
        if node.is_last:
            if question.table:
                raise XPathError(_("the last report's “%(name)s” stands in a table.") % {"name": node.name})
            return Value({"var": f"last.{question.key}"}, question.kind)
        if question.table and question.table != self.scope.table:
            message = _("“%(name)s” has a value in every row of its table; it must be summed up or counted.")
            raise XPathError(message % {"name": node.name})
        return self.answer(question)

    def answer(self, question: Question) -> Value:
        """The answer to a question in reach."""
        return Value({"var": question.path}, question.kind, question)

    def column(self, call: Call) -> Any:
        """The values of a column, for a function that takes many."""
        (node,) = self.parts(call, 1)
        question = self.named(node.name) if isinstance(node, Reference) and not node.is_last else None
        if question is None or not question.table or question.table == self.scope.table:
            message = _("%(name)s() must name a column of a table, from outside the table.")
            raise XPathError(message % {"name": call.name})
        return {"map": [{"var": f"answers.{question.table}"}, {"var": question.key}]}

    # --- operators --------------------------------------------------------------------------------------------------

    def operation(self, node: Operation) -> Value:
        """Two sides, or the negative of one."""
        if node.left is None:
            value = self.value(node.right)
            is_number = isinstance(value.logic, int | float) and not isinstance(value.logic, bool)
            return Value(-value.logic if is_number else {"-": [value.logic]}, LogicType.NUMBER)
        if node.sign in ("and", "or"):
            parts = [self.condition(part) for part in chained(node, node.sign)]
            return Value({node.sign: parts}, LogicType.BOOLEAN)
        if node.sign in COMPARISONS:
            return self.comparison(node.sign, self.value(node.left), self.value(node.right))
        if node.sign in ("+", "*"):
            return self.arithmetic(node.sign, [self.value(part) for part in chained(node, node.sign)])
        return self.arithmetic(node.sign, [self.value(node.left), self.value(node.right)])

    def condition(self, node: Node) -> Any:
        """What is true or false."""
        return self.value(node).logic

    def comparison(self, sign: str, one: Value, other: Value) -> Value:
        """Two values compared; '' asks for a blank, 'yes' and 'no' are the answers of a yes-or-no question."""
        if isinstance(one.logic, str) and not isinstance(other.logic, str):
            return self.comparison(MIRRORED[sign], other, one)
        constant = other.logic
        if constant == "" and sign in ("=", "!="):
            blank = {"blank": [one.logic]}
            return Value(blank if sign == "=" else {"!": [blank]}, LogicType.BOOLEAN)
        if one.question is not None and isinstance(constant, str):
            constant = self.code(one.question, constant)
            if one.kind is LogicType.CHOICES:
                return Value(self.several_same(sign, one, constant), LogicType.BOOLEAN)
        return Value({COMPARISONS[sign]: [one.logic, constant]}, LogicType.BOOLEAN)

    def several_same(self, sign: str, one: Value, code: Any) -> Any:
        """Equality of several choices with one: true where just this one is ticked."""
        if sign not in ("=", "!="):
            raise XPathError(_("several choices are neither less nor more than anything."))
        alone = {"and": [{"contains": [one.logic, code]}, {"===": [{"count": [one.logic]}, 1]}]}
        return alone if sign == "=" else {"!": [alone]}

    def code(self, question: Question, name: str) -> Any:
        """What stands for a choice's name."""
        if question.kind is LogicType.BOOLEAN:
            return YES_NO.get(name, name)
        return question.codes.get(name, name)

    def arithmetic(self, sign: str, values: list[Value]) -> Value:
        """Numbers; the difference of two dates is days, a date and a number is a date."""
        kinds = [value.kind for value in values]
        if sign == "-" and kinds == [LogicType.DATE, LogicType.DATE]:
            return Value({"days_between": [values[1].logic, values[0].logic]}, LogicType.NUMBER)
        if LogicType.DATE in kinds:
            return self.moved(sign, values)
        return Value({ARITHMETIC[sign]: [value.logic for value in values]}, LogicType.NUMBER)

    def moved(self, sign: str, values: list[Value]) -> Value:
        """A date so many days later or earlier."""
        if len(values) != 2 or sign not in "+-" or (sign == "-" and values[0].kind is not LogicType.DATE):
            raise XPathError(_("dates can be subtracted and moved by days, nothing else."))
        day, days = values if values[0].kind is LogicType.DATE else values[::-1]
        if days.kind is LogicType.DATE:
            raise XPathError(_("dates can be subtracted and moved by days, nothing else."))
        number = days.logic if sign == "+" else {"-": [days.logic]}
        return Value({"add_days": [day.logic, number]}, LogicType.DATE)

    # --- functions --------------------------------------------------------------------------------------------------

    def call(self, node: Call) -> Value:
        """A function of ODK."""
        if node.name not in self.functions:
            raise XPathError(_("the function %(name)s() has no counterpart.") % {"name": node.name})
        return self.functions[node.name](node)

    def parts(self, call: Call, count: int | None = None) -> tuple[Node, ...]:
        """The function's parts; XPathError for another number of them."""
        if (count is not None and len(call.parts) != count) or (count is None and not call.parts):
            raise XPathError(_("the function %(name)s() has too few or too many parts.") % {"name": call.name})
        return call.parts

    def only(self, call: Call) -> Any:
        """The one part."""
        (part,) = self.parts(call, 1)
        return self.value(part).logic

    def several(self, call: Call, count: int | None = None) -> list[Any]:
        """All parts."""
        return [self.value(part).logic for part in self.parts(call, count)]

    def selected(self, call: Call) -> Value:
        """Whether a choice is ticked."""
        whole, item = (self.value(part) for part in self.parts(call, 2))
        code = item.logic
        if whole.question is not None and isinstance(code, str):
            code = self.code(whole.question, code)
        many = whole.kind is LogicType.CHOICES
        return Value({"contains" if many else "===": [whole.logic, code]}, LogicType.BOOLEAN)

    def choose(self, call: Call) -> Value:
        """if(condition, value, otherwise)."""
        condition, then, otherwise = (self.value(part) for part in self.parts(call, 3))
        rest = otherwise.logic["if"] if is_choice(otherwise.logic) else [nothing(otherwise.logic)]
        kinds = {part.kind for part in (then, otherwise) if part.logic != ""}
        kind = kinds.pop() if len(kinds) == 1 else None
        return Value({"if": [condition.logic, nothing(then.logic), *rest]}, kind)

    def coalesce(self, call: Call) -> Value:
        """The first unless it is blank."""
        one, other = (self.value(part) for part in self.parts(call, 2))
        kind = one.kind if one.kind is other.kind else None
        return Value({"if": [{"blank": [one.logic]}, nothing(other.logic), one.logic]}, kind)

    def extreme(self, call: Call, of_column: str, of_values: str) -> Value:
        """Min and max: of a column, or of several values."""
        if len(call.parts) == 1:
            return Value({of_column: [self.column(call)]}, LogicType.NUMBER)
        return Value({of_values: self.several(call)}, LogicType.NUMBER)

    def count(self, call: Call) -> Value:
        """Rows of a table, named by the table or one of its columns."""
        (node,) = self.parts(call, 1)
        question = self.named(node.name) if isinstance(node, Reference) and not node.is_last else None
        if question is None or (question.kind is not LogicType.ROWS and not question.table):
            raise XPathError(_("count() must name a table."))
        key = question.table or question.key
        return Value({"count": [{"var": f"answers.{key}"}]}, LogicType.NUMBER)

    def number(self, call: Call) -> Value:
        """A number as it is; the year or the month of a date."""
        (node,) = self.parts(call, 1)
        value = self.value(node)
        if value.kind is not LogicType.NUMBER:
            raise XPathError(_("a text cannot be turned into a number."))
        return value

    def date(self, call: Call) -> Value:
        """A date as it is, also as a number of days; a text is taken for a date."""
        (node,) = self.parts(call, 1)
        value = self.value(node)
        if value.kind not in (LogicType.DATE, LogicType.TEXT, LogicType.DATETIME):
            raise XPathError(_("%(name)s() must be given a date.") % {"name": call.name})
        return Value(value.logic, LogicType.DATE)

    def format_date(self, call: Call) -> Value:
        """A date as it is, its year or its month."""
        day, pattern = self.parts(call, 2)
        value = self.value(day)
        name = {"%Y": "year_of", "%n": "month_of", "%m": "month_of"}.get(str(getattr(pattern, "value", "")))
        if value.kind is LogicType.DATE and name:
            return Value({name: [value.logic]}, LogicType.NUMBER)
        if value.kind is LogicType.DATE and pattern == Constant(DAY_PATTERN, getattr(pattern, "at", 0)):
            return value
        raise XPathError(_("the function %(name)s() has no counterpart.") % {"name": call.name})


def chained(node: Node, sign: str) -> list[Node]:
    """The parts of a chain with the same operator: a and b and c."""
    if isinstance(node, Operation) and node.sign == sign and node.left is not None:
        return [*chained(node.left, sign), node.right]
    return [node]


def is_choice(logic: Any) -> bool:
    """Whether it is an `if`."""
    return isinstance(logic, dict) and logic.keys() == {"if"}


def nothing(logic: Any) -> Any:
    """The empty text is null."""
    return None if logic == "" else logic
