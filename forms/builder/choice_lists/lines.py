"""The lines of a list of choices: what is stored of each, and what becomes of those that were published. Pure."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from forms.builder.rules import clean_line
from forms.builder.schema import KEY

MAX_CHOICES = 2000

Line = dict[str, Any]
"""{"code": "…", "label": "…", "retired": True, "within": [codes of the parent question's choices]}; what is not so is
left out."""


def lines_of(raw: Any) -> list[Line]:
    """The lines of a stored list, whichever way it was stored.

    That is our own JSON; or the lines of Wagtail's ListBlock ([{"type": "item", "id": …, "value": …}]), which pages and
    revisions kept until lists had a control of their own; or bare labels, as an interface may send them.
    """
    return [line_of(one) for one in raw] if isinstance(raw, list | tuple) else []


def line_of(raw: Any) -> Line:
    """One line; a code that is missing is empty."""
    if not isinstance(raw, dict):
        return {"code": "", "label": clean_line(str(raw))}
    given = {"code": raw.get("id"), "label": raw.get("value")} if "value" in raw else raw
    code, label, within = given.get("code"), given.get("label"), given.get("within")
    line: Line = {"code": code if isinstance(code, str) else "", "label": clean_line(str(label or ""))}
    if given.get("retired") is True:
        line["retired"] = True
    if isinstance(within, list) and (codes := [one for one in within if isinstance(one, str)]):
        line["within"] = list(dict.fromkeys(codes))
    return line


def with_codes(lines: Iterable[Line]) -> list[Line]:
    """The same lines; missing and malformed codes are replaced, and of two with one code the first keeps it."""
    seen: set[str] = set()
    found = []
    for line in lines:
        code = line["code"]
        if not KEY.fullmatch(code) or code in seen:
            code = str(uuid.uuid4())
        seen.add(code)
        found.append({**line, "code": code})
    return found


def with_published(lines: Sequence[Line], published: Iterable[Line]) -> list[Line]:
    """The lines, and behind them as retired those of the published version that are missing: somebody chose them."""
    codes = {line["code"] for line in lines}
    gone = [line_of(line) for line in published if line["code"] not in codes]
    return [*lines, *({**line, "retired": True} for line in gone)]


def repeated_label(lines: Iterable[Line]) -> str | None:
    """A label that two lines on offer share: who answers could not tell them apart."""
    seen: set[str] = set()
    for line in lines:
        if line.get("retired"):
            continue
        if line["label"] in seen:
            return str(line["label"])
        seen.add(line["label"])
    return None
