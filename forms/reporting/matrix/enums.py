"""The closed vocabulary of the matrix: what a cell may say, with the mark that says it without colour."""

from django.db import models
from django.utils.translation import pgettext_lazy


class CellKind(models.TextChoices):
    """What one unit's report for one period has come to."""

    ACCEPTED = "accepted", pgettext_lazy("matrix", "Accepted, in time")
    LATE = "late", pgettext_lazy("matrix", "Arrived late")
    NIL = "nil", pgettext_lazy("matrix", "Nil report")
    WAITING = "waiting", pgettext_lazy("matrix", "Waiting for review")
    RETURNED = "returned", pgettext_lazy("matrix", "Returned")
    OVERDUE = "overdue", pgettext_lazy("matrix", "Overdue")
    DRAFT = "draft", pgettext_lazy("matrix", "Draft")
    NOT_DUE = "not_due", pgettext_lazy("matrix", "Not due yet")
    WAIVED = "waived", pgettext_lazy("matrix", "Waived")
    NOT_EXPECTED = "none", pgettext_lazy("matrix", "Not expected")

    @property
    def mark(self) -> str:
        """One character, different for each: colour is never the only sign."""
        return MARKS[self]


MARKS = {
    CellKind.ACCEPTED: "✓",
    CellKind.LATE: "◑",
    CellKind.NIL: "∅",
    CellKind.WAITING: "●",
    CellKind.RETURNED: "↩",
    CellKind.OVERDUE: "!",
    CellKind.DRAFT: "✎",
    CellKind.NOT_DUE: "○",
    CellKind.WAIVED: "×",
    CellKind.NOT_EXPECTED: "–",
}

TROUBLED = frozenset({CellKind.OVERDUE, CellKind.RETURNED})
"""What somebody has to do something about."""
