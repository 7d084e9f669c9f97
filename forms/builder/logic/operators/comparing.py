"""Whether values are the same, and which comes first. With something blank there is no telling: the result is null."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any, ClassVar

from django.utils.translation import gettext

from forms.builder.fields.base import LogicType
from forms.builder.logic.kinds import BOOLEAN, LIST, LISTS, ORDERED, ROW, Kind
from forms.builder.logic.operators.base import Checking, Literal, LogicOperator, OfValues, Scope
from forms.builder.logic.values import is_blank, order, same


@dataclass
class Same(OfValues):
    """=== and ==: true for the same, null where one is blank; beside a written null it asks whether something is."""

    least, most = 2, 2
    wanted: ClassVar[bool] = True

    @property
    def asks_for_blank(self) -> bool:
        """Whether null itself is written."""
        return any(isinstance(part, Literal) and part.value is None for part in self.parts)

    def compute(self, context: Scope, *values: Any) -> bool | None:
        """Compare."""
        one, other = values
        if self.asks_for_blank:
            return (is_blank(one) and is_blank(other)) is self.wanted
        if one is None or other is None:
            return None
        return same(one, other) is self.wanted

    def kind(self, context: Checking, *kinds: Kind) -> Kind:
        """True or false."""
        one, other = kinds
        if not self.asks_for_blank:
            self.check_pair(context, one, other)
            self.check_pair(context, other, one, mirrored=True)
        return BOOLEAN

    def check_pair(self, context: Checking, one: Kind, other: Kind, *, mirrored: bool = False) -> None:
        """Note what can never be the same."""
        if one.name == LogicType.CHOICE and other.name == LogicType.TEXT:
            check_code(self, context, one, other)
        elif one.name in LISTS or one.name == ROW:
            if not mirrored or other.name not in LISTS | {ROW}:
                message = gettext("%(part)s holds more than one value; ask whether it contains one.")
                self.object(context, message % {"part": one.in_words})
        elif not mirrored and not can_be_same(one, other):
            self.object(context, different(one, other))


@dataclass
class Different(Same):
    """!== and !=: the contrary."""

    wanted = False


@dataclass
class Ordered(OfValues):
    """< <= > >=: numbers by size, dates and times by the calendar."""

    least, most = 2, 2
    allowed: ClassVar[frozenset[int]] = frozenset()

    def compute(self, context: Scope, *values: Any) -> bool | None:
        """Compare each with the next: {"<=": [1, x, 5]} is x between 1 and 5."""
        found: bool | None = True
        for one, other in pairwise(values):
            which = order(one, other)
            if which is not None and which not in self.allowed:
                return False
            found = None if which is None else found
        return found

    def kind(self, context: Checking, *kinds: Kind) -> Kind:
        """True or false."""
        for one, other in pairwise(kinds):
            for part in (one, other):
                if not part.is_one_of(*ORDERED) and not any(part.reads_as(name) for name in ORDERED):
                    message = gettext(
                        "%(part)s is neither less nor more than anything; only numbers, dates and times are."
                    )
                    self.object(context, message % {"part": part.in_words})
                    return BOOLEAN
            if not can_be_same(one, other):
                self.object(context, different(one, other))
        return BOOLEAN


@dataclass
class Less(Ordered):
    """<, also with three parts."""

    most = 3
    allowed = frozenset({-1})


@dataclass
class AtMost(Ordered):
    """<=, also with three parts."""

    most = 3
    allowed = frozenset({-1, 0})


@dataclass
class More(Ordered):
    """>."""

    allowed = frozenset({1})


@dataclass
class AtLeast(Ordered):
    """>=."""

    allowed = frozenset({0, 1})


@dataclass
class Blank(OfValues):
    """Whether nothing was answered."""

    most = 1

    def compute(self, context: Scope, *values: Any) -> bool:
        """Null, an empty text and an empty list are blank."""
        return is_blank(values[0])

    def kind(self, context: Checking, *kinds: Kind) -> Kind:
        """True or false."""
        return BOOLEAN


@dataclass
class In(OfValues):
    """{"in": [item, list]}, or a text within a text."""

    least, most = 2, 2

    def compute(self, context: Scope, *values: Any) -> bool | None:
        """Look for the item."""
        item, whole = values
        if item is None or whole is None:
            return None
        if isinstance(whole, list):
            return any(same(item, one) for one in whole)
        return isinstance(item, str) and isinstance(whole, str) and item in whole

    def kind(self, context: Checking, *kinds: Kind) -> Kind:
        """True or false."""
        item, whole = kinds
        if whole.name == LogicType.CHOICES:
            check_code(self, context, whole, item)
        elif whole.name == LIST and item.name == LogicType.CHOICE:
            for code in whole.literal or ():
                check_code(self, context, item, Kind(LogicType.TEXT, literal=code))
        elif whole.name == LIST and whole.item is not None:
            if not can_be_same(item, whole.item):
                self.object(context, different(item, whole.item))
        else:
            self.expect(context, whole, LogicType.TEXT, LogicType.CHOICES, LIST)
            self.expect(context, item, LogicType.TEXT)
        return BOOLEAN


@dataclass
class Contains(In):
    """{"contains": [list, item]}: `in` the other way round."""

    def compute(self, context: Scope, *values: Any) -> bool | None:
        """Look for the item."""
        return super().compute(context, *reversed(values))

    def kind(self, context: Checking, *kinds: Kind) -> Kind:
        """True or false."""
        return super().kind(context, *reversed(kinds))


def can_be_same(one: Kind, other: Kind) -> bool:
    """Whether values of the two kinds can be the same at all."""
    if one.is_null or other.is_null or one.reads_as(other.name) or other.reads_as(one.name):
        return True
    if {one.name, other.name} == {LogicType.BOOLEAN, LogicType.TEXT}:
        return "na" in (one.literal, other.literal)  # yes, no or not applicable
    if {one.name, other.name} == {LogicType.CHOICE, LogicType.TEXT}:
        return True  # the code is looked at where it is compared
    if one.name == other.name == LogicType.CHOICE:
        return one.codes is None or other.codes is None or bool(one.codes & other.codes)
    return one.name == other.name


def different(one: Kind, other: Kind) -> str:
    """That two parts cannot be compared."""
    return gettext("%(one)s and %(other)s cannot be compared.") % {"one": one.in_words, "other": other.in_words}


def check_code(operator: LogicOperator, context: Checking, choice: Kind, given: Kind) -> None:
    """Note that a choice is asked for which the list does not have, or which is no choice at all."""
    if given.is_null or given.name == LogicType.CHOICE:
        return
    if given.name != LogicType.TEXT or given.literal is None:
        operator.object(context, different(choice, given))
    elif choice.codes is not None and given.literal not in choice.codes:
        message = gettext("it asks for a choice that “%(label)s” does not have; it may have been deleted.")
        operator.object(context, message % {"label": choice.label})
