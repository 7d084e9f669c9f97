"""A report on paper as it was filed: what is on it and how it is laid out."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from forms.builder.answers import DisplayRow
from forms.submissions.models import Submission, SubmissionFile, SubmissionVersion
from forms.submissions.pictures import ensure_copies
from forms.submissions.reading import Reading, read
from forms.submissions.receipts.numbers import NotANumberError, WrongCheckError, parse_number

if TYPE_CHECKING:
    from portal.accounts.models import User

UPRIGHT = 7
"""Columns, the row's number beside them, that an upright page takes; more of them turn the page."""

DENSE = 12
"""More columns than this are set in smaller type."""

ON_A_PAGE = 18
"""More columns than this no page takes: each row is printed as a list of its own."""


@dataclass(frozen=True)
class Paper:
    """A sent version for printing, as one person may see it."""

    reading: Reading
    version: SubmissionVersion

    @cached_property
    def parts(self) -> list[tuple[DisplayRow, str]]:
        """Every answer with how it is set: "" as it is, "dense" in smaller type, "listed" row by row."""
        return [(row, layout_of(row)) for row in self.reading.rows]

    @property
    def is_landscape(self) -> bool:
        """Whether a table needs the long side of the page."""
        return any(UPRIGHT < len(row.columns) <= ON_A_PAGE for row in self.reading.rows if row.rows)

    @cached_property
    def pictures(self) -> Mapping[str, SubmissionFile]:
        """The photos by number, each with its copy that tells neither when nor where; without those that are lost."""
        copied = (_with_copy(kept) for kept in self.reading.files if kept.is_picture)
        return {str(kept.pk): kept for kept in copied if kept is not None}


def layout_of(row: DisplayRow) -> str:
    """How a table of so many columns is set."""
    if len(row.columns) > ON_A_PAGE:
        return "listed"
    return "dense" if len(row.columns) > DENSE else ""


def _with_copy(kept: SubmissionFile) -> SubmissionFile | None:
    try:
        return ensure_copies(kept=kept)
    except FileNotFoundError:
        return None


def paper_of(*, user: "User", typed: str) -> Paper | None:
    """The sent version of a receipt's number; None where there is none or the person may not see it."""
    try:
        number = parse_number(typed)
    except (NotANumberError, WrongCheckError):
        return None
    versions = SubmissionVersion.objects.visible_to(user).only("submission", "number")
    version = versions.filter(receipt_number=number).first()
    if version is None:
        return None
    report = Submission.objects.with_names().get(pk=version.submission_id)
    reading = read(user=user, report=report, number=version.number)
    return Paper(reading, reading.version) if reading is not None and reading.version is not None else None
