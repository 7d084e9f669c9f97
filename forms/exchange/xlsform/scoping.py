"""The names of a form that is being read, for its expressions."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from forms.builder.fields.base import LogicType
from forms.builder.schema import FieldSchema
from forms.exchange.xlsform.choice_lists import ChoiceLists
from forms.exchange.xlsform.planned import Planned
from forms.exchange.xlsform.xpath.reader import from_xpath, kind_of_xpath
from forms.exchange.xlsform.xpath.scope import Question, Scope, kind_of
from forms.exchange.xlsform.xpath.tokens import XPathError


def scope_of_planned(plan: Sequence[Planned], lists: ChoiceLists) -> Scope:
    """All questions with what kind their answers are; of calculations that follows from the questions before them.

    A calculation that cannot be read is marked and is no part of it, and so on for those that need it.
    """
    found: dict[str, Question] = {}
    for planned in in_order(plan):
        question = question_of(planned, lists)
        if is_foreign_calculation(planned):
            question = replace(question, kind=calculated(planned, Scope(tuple(found.values()))))
        found[planned.name] = question
    calculations = [planned for planned in in_order(plan) if is_foreign_calculation(planned)]
    while unreadable := first_unreadable(calculations, Scope(tuple(found.values()))):
        calculations.remove(unreadable)
        del found[unreadable.name]
    return Scope(tuple(found.values()))


def is_foreign_calculation(planned: Planned) -> bool:
    """Whether its calculation was not written by the portal."""
    return planned.type == "calculated" and planned.base is None


def first_unreadable(calculations: Sequence[Planned], scope: Scope) -> Planned | None:
    """The first that cannot be read, marked as such."""
    for planned in calculations:
        try:
            from_xpath(planned.line.get("calculation"), scope.at(table=planned.table))
        except XPathError as error:
            planned.fault = str(error)
            return planned
    return None


def in_order(plan: Sequence[Planned]) -> Iterator[Planned]:
    """Every question that has a name, columns behind their table."""
    for planned in plan:
        if planned.name and planned.type != "matrix":
            yield planned
        yield from in_order(planned.children)


def question_of(planned: Planned, lists: ChoiceLists) -> Question:
    """What expressions see of it."""
    schema = planned.base or FieldSchema(planned.key, planned.type, "")
    codes = {"OK": "OK"} if planned.cell.base == "acknowledge" else lists.codes(planned.cell.list_name)
    return Question(planned.name, planned.key, kind_of(schema), planned.table, codes)


def calculated(planned: Planned, scope: Scope) -> LogicType:
    """Text and dates are named as such; whatever else is a number."""
    try:
        kind = kind_of_xpath(planned.line.get("calculation"), scope.at(table=planned.table))
    except XPathError:
        return LogicType.NUMBER
    return kind if kind in (LogicType.TEXT, LogicType.DATE) else LogicType.NUMBER
