"""The rows of the sheet survey as groups, repeats and questions within each other."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from forms.exchange.imported import ImportRefusedError
from forms.exchange.xlsform.findings import place
from forms.exchange.xlsform.headings import Line

FRAME = re.compile(r"(begin|end)[ _]+(group|repeat|loop|lgroup|looped group)\b.*", re.IGNORECASE)
KINDS = {"group": "group", "repeat": "repeat", "lgroup": "repeat", "looped group": "repeat", "loop": "loop"}
YES = frozenset({"yes", "true", "true()"})
DEEPEST = 20


@dataclass
class Node:
    """A row; a group or a repeat with the rows in it."""

    line: Line
    kind: str
    """group, repeat, loop or question."""
    children: list["Node"] = field(default_factory=list)


def tree_of(lines: Sequence[Line]) -> list[Node]:
    """The rows in their groups; ImportRefusedError where a beginning or an end is missing."""
    root: list[Node] = []
    path: list[Node] = []
    for line in lines:
        if is_disabled(line):
            continue
        children = path[-1].children if path else root
        frame = FRAME.fullmatch(line.get("type"))
        if frame is None:
            if line.get("type"):
                children.append(Node(line, "question"))
            elif line.get("name") or line.get("label"):
                raise refusal(line, _("the question has no type."))
            continue
        kind = KINDS[frame[2].casefold()]
        if frame[1].casefold() == "begin":
            if len(path) >= DEEPEST:
                raise refusal(line, _("groups are nested too deeply."))
            path.append(Node(line, kind))
            children.append(path[-1])
        elif not path or path[-1].kind != kind:
            raise refusal(line, _("“%(type)s” ends what has not begun.") % {"type": line.get("type")})
        else:
            path.pop()
    if path:
        line = path[-1].line
        raise refusal(line, _("“%(type)s” has no end.") % {"type": line.get("type")})
    return root


def is_disabled(line: Line) -> bool:
    """Whether the row is switched off."""
    return any(name.casefold() == "disabled" and cell.casefold() in YES for name, cell in line.others.items())


def refusal(line: Line, fault: str) -> ImportRefusedError:
    """The error at a row."""
    return ImportRefusedError(_("%(place)s: %(fault)s") % {"place": place(line.number), "fault": fault})
