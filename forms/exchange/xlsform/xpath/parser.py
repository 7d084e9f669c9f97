"""Expressions as trees: a Pratt parser over the words (https://www.w3.org/TR/1999/REC-xpath-19991116, section 3)."""

from dataclasses import dataclass
from typing import Union

from django.utils.translation import gettext as _

from forms.exchange.xlsform.xpath.tokens import END, Token, XPathError, tokens_of

DEEPEST = 60
"""Expressions within each other."""

BINDS = {
    "or": 1,
    "and": 2,
    "=": 3,
    "!=": 3,
    "<": 4,
    "<=": 4,
    ">": 4,
    ">=": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "div": 6,
    "mod": 6,
}
"""How tightly each operator binds; all take their left side first."""

UNARY = 7
OPERATORS_IN_WORDS = frozenset({"or", "and", "div", "mod"})


@dataclass(frozen=True)
class Constant:
    """A text or a number."""

    value: str | int | float
    at: int = 0


@dataclass(frozen=True)
class Reference:
    """An answer."""

    name: str
    at: int = 0
    is_last: bool = False


@dataclass(frozen=True)
class Own:
    """A dot: the answer to the question itself."""

    at: int = 0


@dataclass(frozen=True)
class Call:
    """A function and its parts."""

    name: str
    parts: tuple["Node", ...]
    at: int = 0


@dataclass(frozen=True)
class Operation:
    """Two sides with an operator between them; the negative has no left side."""

    sign: str
    left: "Node | None"
    right: "Node"
    at: int = 0


Node = Union[Constant, Reference, Own, Call, Operation]  # noqa: UP007 - a forward reference


def parse(expression: str) -> Node:
    """The tree of the expression; XPathError, with the place, where it is none."""
    return Parser(expression).whole()


class Parser:
    """Reads one expression."""

    def __init__(self, expression: str) -> None:
        self.tokens = list(tokens_of(expression))
        self.place = 0
        self.depth = 0

    @property
    def next(self) -> Token:
        """The word at hand."""
        return self.tokens[self.place]

    def take(self) -> Token:
        """The word at hand; go on to the one after it."""
        token = self.next
        self.place = min(self.place + 1, len(self.tokens) - 1)
        return token

    def whole(self) -> Node:
        """All of it."""
        node = self.expression(0)
        if self.next.kind != END:
            raise self.strange(self.next)
        return node

    def expression(self, binds: int) -> Node:
        """What binds more tightly than so much."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise XPathError(_("the expression is nested too deeply."))
        left = self.operand()
        while self.is_operator(self.next) and BINDS[self.next.text] > binds:
            sign = self.take()
            left = Operation(sign.text, left, self.expression(BINDS[sign.text]), sign.at)
        self.depth -= 1
        return left

    def is_operator(self, token: Token) -> bool:
        """Whether the word stands between two sides."""
        return token.text in BINDS and (token.kind == "sign" or token.kind == "word")

    def operand(self) -> Node:
        """What stands on a side."""
        token = self.take()
        match token.kind:
            case "text":
                return Constant(token.text[1:-1], token.at)
            case "number":
                number = float(token.text)
                return Constant(int(number) if number.is_integer() and "." not in token.text else number, token.at)
            case "reference":
                return Reference(token.text, token.at, token.is_last)
            case "self":
                return Own(token.at)
            case "word" if self.next.text == "(" and self.next.kind == "sign":
                self.take()
                return Call(token.text, self.parts(), token.at)
            case "sign" if token.text == "(":
                inner = self.expression(0)
                self.expect(")")
                return inner
            case "sign" if token.text == "-":
                return Operation("-", None, self.expression(UNARY), token.at)
        raise self.strange(token)

    def parts(self) -> tuple[Node, ...]:
        """The parts of a function, up to its closing bracket."""
        found: list[Node] = []
        if self.next.kind == "sign" and self.next.text == ")":
            self.take()
            return ()
        while True:
            found.append(self.expression(0))
            if self.next.kind == "sign" and self.next.text == ",":
                self.take()
                continue
            self.expect(")")
            return tuple(found)

    def expect(self, sign: str) -> None:
        """Take the sign."""
        if self.next.kind != "sign" or self.next.text != sign:
            raise self.strange(self.next)
        self.take()

    def strange(self, token: Token) -> XPathError:
        """A word that cannot stand where it stands."""
        if token.kind == END:
            return XPathError(_("the expression breaks off."))
        values = {"sign": token.text, "at": token.at}
        return XPathError(_("“%(sign)s” at character %(at)d cannot be read.") % values)
