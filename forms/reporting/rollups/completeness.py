"""The first section: who has reported, in sentences with numbers, and in a table of the units.

The numbers are those of the matrix of units and periods (`forms.reporting.matrix`), which are the dashboard's.
"""

import datetime
from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from forms.collection.enums import ARRIVED
from forms.collection.rules import Rate
from forms.reporting.matrix.enums import CellKind
from forms.reporting.matrix.wording import percent, words_of
from forms.reporting.rollups.drafting import Piece, Place, Words, heading
from forms.reporting.rollups.enums import BlockKind, Origin, Part
from forms.reporting.rollups.gathering import Gathered, Standing

RATES, WAIVED, OUTSTANDING, NIL = "rates", "waived", "outstanding", "nil"
"""Names of the sentences."""

OWING = frozenset({CellKind.OVERDUE, CellKind.DRAFT, CellKind.NOT_DUE, CellKind.RETURNED})


def instant(at: datetime.datetime) -> str:
    """An instant of the site's zone as a document writes it."""
    return timezone.localtime(at).strftime(pgettext("roll-up instant", "%Y-%m-%d %H:%M"))


def section(found: Gathered) -> list[Piece]:
    """The heading, the sentences, the table."""
    return [heading(Part.COMPLETENESS, pgettext("roll-up", "Who has reported")), *body(found)]


def body(found: Gathered) -> list[Piece]:
    """The sentences and the table, without the heading."""
    rule = {"rule": str(rule_in_words()), "as_of": found.now.isoformat()}
    return [
        Piece(BlockKind.PARAGRAPH, Part.COMPLETENESS, facts=rule, words=list(_words(found))),
        Piece(
            BlockKind.TABLE,
            Part.COMPLETENESS,
            text=pgettext("roll-up", "Reports by unit"),
            facts={**table(found), "as_of": found.now.isoformat()},
        ),
    ]


def rule_in_words() -> str:
    """By which rule the rates are worked out."""
    return pgettext(
        "roll-up",
        "Completeness = reports that have arrived ÷ reports expected; timeliness = reports that were first sent in"
        " time ÷ reports expected. A returned report has not arrived; a waived one is not expected.",
    )


def _words(found: Gathered) -> Iterator[Words]:
    counted = found.matrix.count
    accepted = [Place(one, text="") for one in found.reports]
    names = {
        "at": instant(found.now),
        "expected": counted.expected,
        "arrived": counted.arrived,
        "completeness": _percent(counted.completeness),
        "timely": counted.timely,
        "timeliness": _percent(counted.timeliness),
        "accepted": len(found.reports),
    }
    said = pgettext(
        "roll-up",
        "As of %(at)s, reports were expected of %(expected)s units; %(arrived)s have reported (%(completeness)s),"
        " %(timely)s of them in time (%(timeliness)s); %(accepted)s reports have been accepted.",
    )
    facts = {name: names[name] for name in ("expected", "arrived", "timely", "accepted")}
    yield Words(said % names, Origin.COMPUTED, accepted, RATES, facts)
    yield from _named(found, CellKind.WAIVED)
    yield from _outstanding(found)
    yield from _nil(found)


def _named(found: Gathered, kind: CellKind) -> Iterator[Words]:
    units = [str(one.unit) for one in found.standings if one.verdict.kind == kind]
    if units:
        said = ngettext("%(n)s unit need not report: %(units)s.", "%(n)s units need not report: %(units)s.", len(units))
        facts = {"units": units}
        yield Words(said % {"n": len(units), "units": _list(units)}, Origin.COMPUTED, name=WAIVED, facts=facts)


def _outstanding(found: Gathered) -> Iterator[Words]:
    units = [str(one.unit) for one in found.standings if one.verdict.kind in OWING]
    if units:
        said = ngettext(
            "%(n)s unit has not reported yet: %(units)s.", "%(n)s units have not reported yet: %(units)s.", len(units)
        )
        facts = {"units": units}
        yield Words(said % {"n": len(units), "units": _list(units)}, Origin.COMPUTED, name=OUTSTANDING, facts=facts)


def _nil(found: Gathered) -> Iterator[Words]:
    if not found.nil:
        return
    units = [str(one.unit) for one in found.nil]
    said = ngettext(
        "%(n)s unit has nothing to report for this period: %(units)s.",
        "%(n)s units have nothing to report for this period: %(units)s.",
        len(units),
    )
    places = [Place(one, text=one.nil_note) for one in found.nil]
    facts = {"units": units}
    yield Words(said % {"n": len(units), "units": _list(units)}, Origin.COMPUTED, places, NIL, facts)


def table(found: Gathered) -> dict[str, Any]:
    """Head and rows, one row a unit."""
    head = [
        pgettext("roll-up table", "No."),
        pgettext("roll-up table", "Unit"),
        pgettext("roll-up table", "Report"),
        pgettext("roll-up table", "First sent"),
        pgettext("roll-up table", "In time"),
    ]
    rows = [[str(number), *_row(one)] for number, one in enumerate(found.standings, start=1)]
    return {"head": head, "rows": rows, "numeric": [0]}


def _row(one: Standing) -> list[str]:
    arrived = one.verdict.state in ARRIVED
    sent = timezone.localtime(one.first_sent_at).strftime("%m-%d %H:%M") if arrived and one.first_sent_at else "—"
    timely = "—" if not arrived else _("late") if one.verdict.late else pgettext("roll-up table", "yes")
    return [str(one.unit), words_of(one.verdict), sent, timely]


def _percent(rate: Rate) -> str:
    """As a document writes it: 75%, without the space of a table."""
    return percent(rate).replace(" ", "")


def _list(units: list[str]) -> str:
    return pgettext("between names", ", ").join(units)
