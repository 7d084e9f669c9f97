"""JsonLogic as XPath.

What was not answered is null in JsonLogic and '' in XPath. Comparing is then false in both, except for `!=`: it is true
in ODK where ours does not hold. That is let stand, both ways: who writes it thinks of answers that are there.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from forms.builder.fields.base import LogicType
from forms.exchange.xlsform.xpath.scope import Question, Scope
from forms.exchange.xlsform.xpath.texts import (
    AND,
    ATOM,
    EQUAL,
    OR,
    ORDER,
    PRODUCT,
    SUM,
    InexpressibleError,
    Text,
    literal,
    quoted,
)


def to_xpath(rule: Any, scope: Scope) -> str:
    """The condition or calculation as XPath; InexpressibleError where there is none."""
    return Writer(scope).write(rule).text


def to_xpath_condition(rule: Any, scope: Scope) -> str:
    """As to_xpath, for what is true or false."""
    return Writer(scope).condition(rule).text


def parts_of(rule: dict[str, Any]) -> tuple[str, list[Any]]:
    """The operator and its parts."""
    if len(rule) != 1:
        raise InexpressibleError
    ((operator, parts),) = rule.items()
    return operator, parts if isinstance(parts, list) else [parts]


class Writer:
    """Writes one expression."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.writers: dict[str, Callable[[list[Any]], Text]] = {
            **{sign: self.ordered(sign) for sign in ("<", "<=", ">", ">=")},
            "var": self.var,
            "===": self.same,
            "==": self.same,
            "!==": self.different,
            "!=": self.different,
            "blank": self.blank,
            "contains": self.contains,
            "in": self.is_in,
            "and": self.both,
            "or": self.either,
            "!": self.negated,
            "if": self.chosen,
            "+": self.chain("+", SUM),
            "-": self.chain("-", SUM),
            "*": self.chain("*", PRODUCT),
            "/": self.chain("div", PRODUCT),
            "%": self.chain("mod", PRODUCT),
            "min": self.call("min"),
            "max": self.call("max"),
            "round": self.call("round", 2),
            "concat": self.call("concat"),
            "cat": self.call("concat"),
            "length": self.call("string-length", 1),
            "sum": self.sum,
            "average": self.average,
            "least": self.aggregate("min"),
            "greatest": self.aggregate("max"),
            "count": self.count,
            "days_between": self.days_between,
            "add_days": self.add_days,
            "year_of": self.part_of_date("%Y"),
            "month_of": self.part_of_date("%n"),
        }

    def write(self, rule: Any) -> Text:
        """Whatever gives a value."""
        if not isinstance(rule, dict):
            return literal(rule)
        operator, parts = parts_of(rule)
        if operator not in self.writers:
            raise InexpressibleError
        try:
            return self.writers[operator](parts)
        except (ValueError, IndexError) as error:
            raise InexpressibleError from error

    def condition(self, rule: Any) -> Text:
        """Whatever is true or false; yes-or-no answers are texts in XLSForm."""
        if not isinstance(rule, dict) or rule.keys() != {"var"}:
            return self.write(rule)
        question = self.question(rule)
        if question is None or question.kind is not LogicType.BOOLEAN:
            raise InexpressibleError
        return Text(f"{self.reference(question)} = 'yes'", EQUAL)

    # --- answers ----------------------------------------------------------------------------------------------------

    def question(self, rule: Any) -> Question | None:
        """The question that a `var` names, and that may be named from here."""
        if not isinstance(rule, dict) or rule.keys() != {"var"} or not isinstance(rule["var"], str):
            return None
        space, _dot, key = rule["var"].partition(".")
        if space == "row" and self.scope.table:
            return self.scope.by_key(key, self.scope.table)
        return self.scope.by_key(key) if space == "answers" else None

    def reference(self, question: Question) -> str:
        """${name}; a dot for the question's own answer."""
        return "." if question == self.scope.own else f"${{{question.name}}}"

    def var(self, parts: list[Any]) -> Text:
        """An answer, today, or the last report's answer."""
        (path,) = parts
        if path == "context.today":
            return Text("today()")
        question = self.question({"var": path})
        if question is not None and question.kind not in (None, LogicType.ROWS):
            return Text(self.reference(question))
        last = self.scope.by_key(path.removeprefix("last.")) if str(path).startswith("last.") else None
        if last is not None and last.kind is not None:
            return Text(f"${{last-saved#{last.name}}}")
        raise InexpressibleError

    def column(self, rule: Any) -> Question:
        """The column of {"map": [table, {"var": column}]}, seen from outside its table."""
        operator, parts = parts_of(rule) if isinstance(rule, dict) else ("", [])
        if operator != "map":
            raise InexpressibleError
        rows, inner = parts
        table = self.question(rows)
        name = inner.get("var") if isinstance(inner, dict) and inner.keys() == {"var"} else None
        found = self.scope.by_key(name, table.key) if table and isinstance(name, str) else None
        if found is None or found.table == self.scope.table:
            raise InexpressibleError
        return found

    # --- comparing --------------------------------------------------------------------------------------------------

    def same(self, parts: list[Any], sign: str = "=") -> Text:
        """= and !=."""
        one, other = parts
        if one is None or other is None:
            blank = self.blank([one if other is None else other])
            return blank if sign == "=" else Text(f"not({blank.text})")
        for part, constant in ((one, other), (other, one)):
            question = self.question(part)
            if question and question.kind is LogicType.BOOLEAN and isinstance(constant, bool):
                return Text(f"{self.reference(question)} {sign} '{'yes' if constant else 'no'}'", EQUAL)
            if isinstance(constant, bool) or (question and question.kind in (LogicType.CHOICES, LogicType.ROWS)):
                raise InexpressibleError
        return Text(f"{self.value(one, other).within(ORDER)} {sign} {self.value(other, one).within(ORDER)}", EQUAL)

    def different(self, parts: list[Any]) -> Text:
        """!=."""
        return self.same(parts, "!=")

    def value(self, rule: Any, beside: Any) -> Text:
        """One side of a comparison: a constant beside a date is a date."""
        question = self.question(beside)
        is_date = isinstance(rule, str) and question is not None and question.kind is LogicType.DATE
        is_date = is_date or (isinstance(rule, str) and beside == {"var": "context.today"})
        return Text(f"date({quoted(rule)})") if is_date else self.write(rule)

    def ordered(self, sign: str) -> Callable[[list[Any]], Text]:
        """< and its like; three parts are two comparisons."""

        def write(parts: list[Any]) -> Text:
            pairs = [
                Text(f"{self.value(one, other).within(SUM)} {sign} {self.value(other, one).within(SUM)}", ORDER)
                for one, other in pairwise(parts)
            ]
            return self.joined(pairs, "and", AND)

        return write

    def blank(self, parts: list[Any]) -> Text:
        """X = ''."""
        (part,) = parts
        question = self.question(part)
        if question is not None and question.kind is LogicType.ROWS:
            return Text(f"count(${{{question.name}}}) = 0", EQUAL)
        return Text(f"{self.write(part).within(ORDER)} = ''", EQUAL)

    def contains(self, parts: list[Any]) -> Text:
        """Codes are selected, texts contained."""
        whole, item = parts
        if isinstance(whole, list):
            return self.joined([self.same([item, one]) for one in whole], "or", OR)
        question = self.question(whole)
        if question is not None and question.kind is LogicType.CHOICES:
            return Text(f"selected({self.reference(question)}, {self.write(item).text})")
        return Text(f"contains({self.write(whole).text}, {self.write(item).text})")

    def is_in(self, parts: list[Any]) -> Text:
        """`contains` the other way round."""
        item, whole = parts
        return self.contains([whole, item])

    # --- deciding ---------------------------------------------------------------------------------------------------

    def joined(self, parts: Sequence[Text], word: str, holds: int) -> Text:
        """Several with the same word between them."""
        if not parts:
            raise InexpressibleError
        if len(parts) == 1:
            return parts[0]
        return Text(f" {word} ".join(part.within(holds + 1) for part in parts), holds)

    def both(self, parts: list[Any]) -> Text:
        """And."""
        return self.joined([self.condition(part) for part in parts], "and", AND)

    def either(self, parts: list[Any]) -> Text:
        """Or."""
        return self.joined([self.condition(part) for part in parts], "or", OR)

    def negated(self, parts: list[Any]) -> Text:
        """not()."""
        (part,) = parts
        return Text(f"not({self.condition(part).text})")

    def chosen(self, parts: list[Any]) -> Text:
        """if(condition, value, otherwise), one within the other where there are more conditions."""
        if len(parts) == 1:
            return self.write(parts[0])
        if len(parts) == 2:
            parts = [*parts, None]
        first, then, *rest = parts
        if first == {"blank": [rest[0]]} and len(rest) == 1:
            return Text(f"coalesce({self.write(rest[0]).text}, {self.write(then).text})")
        otherwise = Text("''") if rest == [None] else self.chosen(rest)
        return Text(f"if({self.condition(first).text}, {self.or_nothing(then)}, {otherwise.text})")

    def or_nothing(self, rule: Any) -> str:
        """The value; null is the empty text."""
        return "''" if rule is None else self.write(rule).text

    # --- numbers ----------------------------------------------------------------------------------------------------

    def chain(self, sign: str, holds: int) -> Callable[[list[Any]], Text]:
        """Numbers with a sign between them, from left to right."""

        def write(parts: list[Any]) -> Text:
            texts = [self.write(part) for part in parts]
            if len(texts) == 1:
                return Text(f"-{texts[0].within(ATOM)}", PRODUCT) if sign == "-" else texts[0]
            first, *rest = texts
            return Text(f" {sign} ".join([first.within(holds), *(one.within(holds + 1) for one in rest)]), holds)

        return write

    def call(self, name: str, most: int = 99) -> Callable[[list[Any]], Text]:
        """A function of the same name and parts."""

        def write(parts: list[Any]) -> Text:
            if not 1 <= len(parts) <= most:
                raise InexpressibleError
            return Text(f"{name}({', '.join(self.write(part).text for part in parts)})")

        return write

    def aggregate(self, name: str) -> Callable[[list[Any]], Text]:
        """A function of a table's column."""

        def write(parts: list[Any]) -> Text:
            (part,) = parts
            return Text(f"{name}(${{{self.column(part).name}}})")

        return write

    def sum(self, parts: list[Any]) -> Text:
        """Of a column; of single answers, of which blanks count nothing."""
        if len(parts) == 1:
            return self.aggregate("sum")(parts)
        return Text(" + ".join(f"coalesce({self.write(part).text}, 0)" for part in parts), SUM)

    def average(self, parts: list[Any]) -> Text:
        """Of a column."""
        (part,) = parts
        name = self.column(part).name
        return Text(f"sum(${{{name}}}) div count-non-empty(${{{name}}})", PRODUCT)

    def count(self, parts: list[Any]) -> Text:
        """Rows of a table, choices that are ticked, cells of a column that are not blank."""
        (part,) = parts
        question = self.question(part)
        if question is None:
            return self.aggregate("count-non-empty")(parts)
        if question.kind is LogicType.ROWS:
            return Text(f"count(${{{question.name}}})")
        if question.kind is LogicType.CHOICES:
            return Text(f"count-selected({self.reference(question)})")
        raise InexpressibleError

    # --- dates ------------------------------------------------------------------------------------------------------

    def days_between(self, parts: list[Any]) -> Text:
        """The second less the first."""
        one, other = (f"decimal-date-time({self.value(part, {'var': 'context.today'}).text})" for part in parts)
        return Text(f"{other} - {one}", SUM)

    def add_days(self, parts: list[Any]) -> Text:
        """A date again."""
        day, number = parts
        moved = (
            f"decimal-date-time({self.value(day, {'var': 'context.today'}).text}) + {self.write(number).within(SUM)}"
        )
        return Text(f"format-date(date({moved}), '%Y-%m-%d')")

    def part_of_date(self, pattern: str) -> Callable[[list[Any]], Text]:
        """The year or the month as a number."""

        def write(parts: list[Any]) -> Text:
            (part,) = parts
            return Text(f"number(format-date({self.write(part).text}, '{pattern}'))")

        return write
