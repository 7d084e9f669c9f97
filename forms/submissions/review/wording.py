"""Flags in words, with the numbers that they rest on."""

from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from forms.submissions.review.flags import Flag, FlagKind


def flag_in_words(flag: Flag) -> str:
    """Why the answer is worth a second look."""
    why = dict(flag.why)
    match flag.kind:
        case FlagKind.WARNING:
            return _("Warning: %(warning)s Explanation: %(reason)s") % {**why, "reason": why.get("reason") or "—"}
        case FlagKind.OWN_HISTORY:
            return _of_column(why) + _(
                "%(value)s is far from what this unit reported in its last %(count)s accepted periods: "
                "median %(median)s, usual deviation %(spread)s."
            ) % _numbers(why)
        case FlagKind.PEERS:
            return _of_column(why) + _(
                "%(value)s is far from what the other %(count)s units reported for this period: "
                "median %(median)s, usual deviation %(spread)s."
            ) % _numbers(why)
        case FlagKind.COPIED_LAST:
            return _("%(percent)s per cent the same text as last time (%(name)s).") % _share(why)
        case FlagKind.COPIED_PEER:
            return _("%(percent)s per cent the same text as that of %(name)s for this period.") % _share(why)


def _of_column(why: dict[str, Any]) -> str:
    return _("Sum of “%(column)s”: ") % why if why.get("column") else ""


def _numbers(why: dict[str, Any]) -> dict[str, str]:
    return {name: _short(value) for name, value in why.items() if name != "column"}


def _short(value: float) -> str:
    rounded = round(value, 2)
    return str(number_format(int(rounded) if rounded == int(rounded) else rounded))


def _share(why: dict[str, object]) -> dict[str, object]:
    return {"percent": int(100 * float(str(why["share"]))), "name": why["name"]}
