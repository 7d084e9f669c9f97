"""The words of an expression (XPath 1.0, 3.7, with ODK's ${name})."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

LONGEST = 10_000
"""Characters of one expression."""

TOKEN = re.compile(
    r"""(?P<space>\s+)
    | (?P<reference>\$\{\s*(?P<last>last-saved\#)?(?P<name>[^{}\s]+)\s*\})
    | (?P<text>"[^"]*"|'[^']*')
    | (?P<number>\d+(?:\.\d*)?|\.\d+)
    | (?P<sign>!=|<=|>=|=|<|>|\+|-|\*|\(|\)|,)
    | (?P<word>[^\W\d][\w.-]*(?::[^\W\d][\w.-]*)?)
    | (?P<path>//|/|\.\.|::|\[|\]|@|\|)
    | (?P<self>\.)
    """,
    re.VERBOSE,
)


class XPathError(ValueError):
    """The expression cannot be taken over; the message says why, in words."""


@dataclass(frozen=True)
class Token:
    """One word: its kind, its text, and at which character it stands, counted from 1."""

    kind: str
    text: str
    at: int
    is_last: bool = False
    """Of a reference: whether it means the report sent before."""


END = "end"


def tokens_of(expression: str) -> Iterator[Token]:
    """The words in order, then END; XPathError at the first that is none."""
    if len(expression) > LONGEST:
        raise XPathError(_("the expression is too long."))
    at = 0
    while at < len(expression):
        match = TOKEN.match(expression, at)
        if match is None:
            values = {"sign": expression[at], "at": at + 1}
            raise XPathError(_("“%(sign)s” at character %(at)d cannot be read.") % values)
        kind = str(match.lastgroup) if match.lastgroup not in ("name", "last") else "reference"
        if kind == "path":
            message = _("paths such as “%(sign)s” at character %(at)d have no counterpart; name questions by ${…}.")
            raise XPathError(message % {"sign": match.group(), "at": at + 1})
        if kind != "space":
            text = match["name"] if kind == "reference" else match.group()
            yield Token(kind, text, at + 1, match["last"] is not None)
        at = match.end()
    yield Token(END, "", len(expression) + 1)
