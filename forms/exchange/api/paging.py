"""Paging by cursor: from the last row's number on, so that what is added meanwhile shifts nothing.

A cursor is opaque and signed, and holds for the question it was made for: with other filters it is refused.
"""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.core.signing import BadSignature, dumps, loads
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from forms.exchange.api.problems import Code, Refused

Row = TypeVar("Row", bound=Model)
SALT = "portal.api.cursor"
LONGEST = 500
MOST_ROWS = 200


def page_of(
    rows: "QuerySet[Row]", *, question: Mapping[str, Any], cursor: str | None, limit: int
) -> tuple[list[Row], dict[str, str | None]]:
    """The rows after the cursor by ascending number, and the cursors to go on with (`shapes.Page`).

    Refused for what is no cursor of this question.
    """
    asked = {name: str(value) for name, value in sorted(question.items()) if value not in (None, "")}
    if cursor:
        rows = rows.filter(pk__gt=_place(cursor, asked))
    found = list(rows.order_by("pk")[: limit + 1])
    more = len(found) > limit
    found = found[:limit]
    resume = dumps({"after": found[-1].pk, "asked": asked}, salt=SALT) if found else cursor or None
    return found, {"next": resume if more else None, "resume": resume}


def _place(cursor: str, asked: dict[str, str]) -> int:
    try:
        known = loads(cursor[:LONGEST], salt=SALT)
    except BadSignature as error:
        detail = _("The cursor is not one that this interface has given out.")
        raise Refused(Code.CURSOR_INVALID, detail) from error
    if known["asked"] != asked:
        detail = _("The cursor belongs to a question with other filters; begin without one.")
        raise Refused(Code.CURSOR_OF_OTHER_QUESTION, detail)
    return int(known["after"])
