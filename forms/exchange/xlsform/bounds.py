"""What a constraint says of the answer itself: bounds and length, apart from everything else."""

from dataclasses import dataclass, field

from forms.exchange.xlsform.xpath.parser import Call, Constant, Node, Operation, Own
from forms.exchange.xlsform.xpath.reader import MIRRORED, chained

LENGTH = "string-length"


@dataclass
class Bounds:
    """The parts of a constraint."""

    options: dict[str, int | float] = field(default_factory=dict)
    """minimum, maximum, max_length."""
    rest: list[Node] = field(default_factory=list)
    """What says anything else."""


def bounds_in(tree: Node, names: frozenset[str], *, whole: bool, pattern: str = "") -> Bounds:
    """The constraint taken apart: `names` are the settings that the question has, `whole` is for whole numbers.

    `pattern` is what the portal itself writes for the type, and checks anyway.
    """
    found = Bounds()
    for part in chained(tree, "and"):
        name, value = bound(part, whole=whole)
        if name in names and name not in found.options:
            found.options[name] = value
        elif not (isinstance(part, Call) and part.name == "regex" and pattern):
            found.rest.append(part)
    return found


def bound(node: Node, *, whole: bool) -> tuple[str, int | float]:
    """The setting and its value; an empty name for whatever else."""
    if not isinstance(node, Operation) or node.left is None or node.sign not in MIRRORED:
        return "", 0
    sign, subject, limit = node.sign, node.left, number_of(node.right)
    if limit is None:
        sign, subject, limit = MIRRORED[sign], node.right, number_of(node.left)
    if limit is None:
        return "", 0
    if isinstance(subject, Call) and subject.name == LENGTH and [type(part) for part in subject.parts] == [Own]:
        longest = {"<=": limit, "<": limit - 1}.get(sign)
        return ("max_length", longest) if longest is not None else ("", 0)
    if not isinstance(subject, Own):
        return "", 0
    if whole and sign in ("<", ">") and isinstance(limit, int):
        sign, limit = f"{sign}=", limit + (1 if sign == ">" else -1)
    return {">=": "minimum", "<=": "maximum"}.get(sign, ""), limit


def number_of(node: Node) -> int | float | None:
    """The number that is written there."""
    if isinstance(node, Constant) and not isinstance(node.value, str):
        return node.value
    if isinstance(node, Operation) and node.left is None:
        inner = number_of(node.right)
        return None if inner is None else -inner
    return None
