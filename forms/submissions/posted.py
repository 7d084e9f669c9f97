"""What comes from the page on which a report is filled in, and what was done with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING, Any
from uuid import UUID

from forms.builder.rendering import AnswerForm, DisplayRow, Fault
from forms.submissions.models import Submission, SubmissionVersion

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.http import QueryDict
    from django.utils.datastructures import MultiValueDict

    from portal.accounts.models import User


class Outcome(Enum):
    """What became of a post."""

    SAVED = auto()
    ONE_MORE_ROW = auto()
    SENT = auto()
    HANDED_IN = auto()
    """To the unit's own reviewer."""
    INVALID = auto()
    CONFLICT = auto()
    MERGED = auto()
    """Not sent: somebody else has changed answers that the sender has not seen; they stand in the form now."""
    REFUSED = auto()


@dataclass(frozen=True)
class Difference:
    """A question that two people answered differently: their stored answer and what was typed here."""

    theirs: list[DisplayRow]
    mine: list[DisplayRow]


@dataclass(frozen=True)
class Filled:
    """The outcome, with the form as it was typed and the report as it is stored now."""

    outcome: Outcome
    report: Submission
    form: AnswerForm
    version: SubmissionVersion | None = None
    message: str = ""
    differences: list[Difference] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    """What keeps a form with pages from being sent, on whichever page."""
    other: "User | None" = None
    """Who had saved what differs."""


@dataclass(frozen=True)
class Posted:
    """What came from the page: the fields of the form, its files, and what the page itself carried."""

    data: "QueryDict | Mapping[str, Any]"
    files: "MultiValueDict[str, UploadedFile] | None"
    revision: int
    key: UUID
    sending: bool
    checking: bool = False
    """Whether the next page is wanted: then what is wrong on this one is said first."""
    page: int | None = None
    """The page of the form that was posted, 0 for the summary; None where all of it was."""
    seconds: int = 0
    """How long the page was worked in."""
    bases: Mapping[str, str] | None = None
    """On what the answers of the page were based, by question (`drafts.merging`); None where it does not say so: then
    the revision decides for all of them."""
    digest: str = ""
    """Of the form that the page showed."""
