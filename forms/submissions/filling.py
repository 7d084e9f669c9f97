"""From what a browser posted to what was done with it. Whatever happens, nothing that was typed is lost.

A sending that does not validate is kept as a draft; one that comes after somebody else's saving is shown beside theirs;
chosen files are stored before anything can fail, so that nobody chooses them twice. A form with pages is saved page by
page and sent as a whole.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING, Any
from uuid import UUID

from forms.builder.answers import Answers
from forms.builder.checking import settled
from forms.builder.pages import FormPart, parts_of
from forms.builder.rendering import AnswerForm, DisplayRow, Fault, build_form, check_answers, display
from forms.builder.schema import FormSchema
from forms.collection.models import ExpectedReport
from forms.submissions.errors import FileRefusedError, ReportRefusedError, StaleRevisionError
from forms.submissions.files import keep_file, reference
from forms.submissions.models import Submission, SubmissionVersion
from forms.submissions.prefill import first_answers
from forms.submissions.services import begin, save_draft, sent_with, submit
from forms.submissions.signing import hand_in, needs_sign_off
from forms.submissions.surroundings import Surroundings

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.http import QueryDict
    from django.utils.datastructures import MultiValueDict

    from portal.accounts.models import User

SUMMARY = FormPart(number=0, title="", fields=())
"""The last page of a form with pages: it asks nothing, shows everything, and sends."""


class Outcome(Enum):
    """What became of a post."""

    SAVED = auto()
    ONE_MORE_ROW = auto()
    SENT = auto()
    HANDED_IN = auto()
    """To the unit's own reviewer."""
    INVALID = auto()
    CONFLICT = auto()
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


def part_of(schema: FormSchema, page: int | None) -> FormPart | None:
    """The page that was posted; None for a form on one page."""
    parts = parts_of(schema)
    if page is None or len(parts) == 1:
        return None
    return next((part for part in parts if part.number == page), SUMMARY)


def form_for(around: Surroundings, part: FormPart | None = None, *, checked: bool = False) -> AnswerForm:
    """The form showing what is stored, or what a new report begins with; `checked` also says what is wrong."""
    answers = around.report.answers if around.report is not None else first_answers(around)
    return _form(around, answers, part, checked=checked)


def typed_form(around: Surroundings, posted: Posted) -> AnswerForm:
    """The form showing what was posted."""
    return build_form(
        around.schema,
        data=posted.data,
        files=posted.files,
        answers=around.report.answers if around.report is not None else first_answers(around),
        stored_files=around.files,
        context=around.context,
        part=part_of(around.schema, posted.page),
        **around.known,
    )


def fill_in(*, user: "User", expected: ExpectedReport, posted: Posted, now: datetime.datetime) -> Filled:
    """Save or send what was posted. Raises a ReportRefusedError only where there is no report to begin."""
    known = sent_with(key=posted.key, expected=expected) if posted.sending else None
    report = begin(user=user, expected=expected, now=now)
    around = Surroundings(user, report.expected, report.form_version.form_schema, now, report, posted.sending)
    form = typed_form(around, posted)
    valid = form.is_valid()
    if known is not None:
        return Filled(Outcome.SENT, report, form, version=known)
    if posted.sending and report.pending_key == posted.key:
        return Filled(Outcome.HANDED_IN, report, form)
    try:
        form.store(_keep(user, report, form.uploads()))
    except FileRefusedError as refusal:
        return Filled(Outcome.REFUSED, report, form, message=str(refusal))
    faults = _faults(form) if posted.sending and form.part is not None else []
    try:
        if posted.sending and valid and not faults:
            return _send(around, form, posted)
        saved = _save(around, form, posted)
    except StaleRevisionError as refusal:
        report.refresh_from_db()
        typed = form.draft_answers()
        differences = _differences(around.schema, report.answers, typed)
        again = _form(around, typed, form.part)
        return Filled(Outcome.CONFLICT, report, again, message=str(refusal), differences=differences)
    except ReportRefusedError as refusal:
        report.refresh_from_db()
        return Filled(Outcome.REFUSED, report, form, message=str(refusal))
    if form.row_wanted:
        return Filled(Outcome.ONE_MORE_ROW, saved, form)
    stays = posted.sending or (posted.checking and not valid)
    return Filled(Outcome.INVALID if stays else Outcome.SAVED, saved, form, faults=faults)


def _send(around: Surroundings, form: AnswerForm, posted: Posted) -> Filled:
    """Send; where reports are not taken now, keep what was typed as a draft and say so."""
    report = around.report
    assert report is not None  # noqa: S101 - it has been begun
    answers = form.answers()
    if form.part is not None:
        answers = settled(around.schema, answers, form.sources)
    given: dict[str, Any] = {
        "user": around.user,
        "expected": around.expected,
        "answers": answers,
        "revision": posted.revision,
        "key": posted.key,
        "seconds": posted.seconds,
        "now": around.now,
    }
    try:
        if needs_sign_off(around.user, around.expected):
            return Filled(Outcome.HANDED_IN, hand_in(**given), form)
        sent = submit(**given)
    except StaleRevisionError:
        raise
    except ReportRefusedError as refusal:
        return Filled(Outcome.REFUSED, _save(around, form, posted), form, message=str(refusal))
    return Filled(Outcome.SENT, report, form, version=sent.version)


def _save(around: Surroundings, form: AnswerForm, posted: Posted) -> Submission:
    return save_draft(
        user=around.user,
        expected=around.expected,
        answers=form.draft_answers(),
        revision=posted.revision,
        seconds=posted.seconds,
        now=around.now,
    )


def _faults(form: AnswerForm) -> list[Fault]:
    """What is wrong with all pages together."""
    return check_answers(form.form_schema, form.draft_answers(), form.sources, form.context, form.state)


def _form(
    around: Surroundings, answers: Mapping[str, Any], part: FormPart | None, *, checked: bool = False
) -> AnswerForm:
    return build_form(
        around.schema,
        answers=dict(answers),
        context=around.context,
        part=part,
        checked=checked,
        **around.known,
    )


def _keep(
    user: "User", report: Submission, uploads: "Mapping[str, list[UploadedFile]]"
) -> dict[str, list[dict[str, Any]]]:
    return {
        path: [reference(keep_file(user=user, submission=report, upload=upload)) for upload in chosen]
        for path, chosen in uploads.items()
    }


def _differences(schema: FormSchema, theirs: Answers, mine: Answers) -> list[Difference]:
    different = []
    for one in schema.fields:
        if theirs.get(one.key) != mine.get(one.key):
            alone = FormSchema(title=schema.title, fields=(one,))
            different.append(
                Difference(
                    display(alone, {key: value for key, value in theirs.items() if key == one.key}),
                    display(alone, {key: value for key, value in mine.items() if key == one.key}),
                )
            )
    return different
