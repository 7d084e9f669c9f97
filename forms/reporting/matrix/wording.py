"""The words of the matrix: what a cell says to who reads it aloud, and how a rate is written."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from forms.collection.enums import ReportState
from forms.collection.rules import Rate
from forms.reporting.matrix.enums import CellKind
from forms.reporting.matrix.rules import Verdict


def percent(rate: Rate) -> str:
    """80 %, 33.3 %, or a dash where there is nothing to divide by."""
    return "—" if rate.percent is None else f"{rate.percent:.1f}".removesuffix(".0") + " %"


def worked_out(rate: Rate) -> str:
    """12 / 15 = 80 %: numerator and denominator beside every figure."""
    return "—" if rate.percent is None else f"{rate.part} / {rate.whole} = {percent(rate)}"


def words_of(found: Verdict) -> str:
    """What the cell says, in a few words: “Overdue: draft”, “Arrived late: waiting for review”."""
    kind = str(found.kind.label)
    more = _more(found)
    return pgettext("matrix cell", "%(kind)s: %(more)s") % {"kind": kind, "more": more} if more else kind


def _more(found: Verdict) -> str:
    state = str(found.state.label) if found.state else ""
    match found.kind:
        case CellKind.LATE:
            return state
        case CellKind.NIL:
            return pgettext("matrix cell", "%(state)s, late") % {"state": state} if found.late else state
        case CellKind.RETURNED:
            return pgettext("matrix cell", "overdue") if found.overdue else ""
        case CellKind.OVERDUE:
            return state or _("Not begun")
        case CellKind.DRAFT:
            return state if found.state == ReportState.SIGN_OFF else ""
        case CellKind.NOT_DUE:
            return "" if found.opened else _("Not open yet")
        case _:
            return ""
