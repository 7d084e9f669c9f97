"""From what a browser posted to what was done with it. Whatever happens, nothing that was typed is lost.

A sending that does not validate is kept as a draft; one that comes after somebody else's saving is shown beside theirs;
chosen files are stored before anything can fail, so that nobody chooses them twice.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING, Any
from uuid import UUID

from forms.builder.rendering import AnswerForm, DisplayRow, build_form, display
from forms.builder.schema import FormSchema
from forms.collection.models import ExpectedReport
from forms.submissions.errors import FileRefusedError, ReportRefusedError, StaleRevisionError
from forms.submissions.files import keep_file, reference
from forms.submissions.models import Submission, SubmissionVersion
from forms.submissions.services import begin, save_draft, sent_with, submit

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.http import QueryDict
    from django.utils.datastructures import MultiValueDict

    from portal.accounts.models import User

FILE_URL = "submissions:file"


class Outcome(Enum):
    """What became of a post."""

    SAVED = auto()
    ONE_MORE_ROW = auto()
    SENT = auto()
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


@dataclass(frozen=True)
class Posted:
    """What came from the page: the fields of the form, its files, and what the page itself carried."""

    data: "QueryDict | Mapping[str, Any]"
    files: "MultiValueDict[str, UploadedFile] | None"
    revision: int
    key: UUID
    sending: bool


def form_for(report: Submission | None, schema: FormSchema) -> AnswerForm:
    """The form showing what is stored, or empty where nothing is."""
    return _form(report, schema, report.answers if report is not None else {})


def typed_form(report: Submission | None, schema: FormSchema, posted: Posted) -> AnswerForm:
    """The form showing what was posted."""
    return build_form(
        schema,
        data=posted.data,
        files=posted.files,
        answers=report.answers if report is not None else {},
        stored_files=_owned(report),
        file_url_name=FILE_URL,
    )


def fill_in(*, user: "User", expected: ExpectedReport, posted: Posted, now: datetime.datetime) -> Filled:
    """Save or send what was posted. Raises a ReportRefusedError only where there is no report to begin."""
    known = sent_with(key=posted.key, expected=expected) if posted.sending else None
    report = begin(user=user, expected=expected, now=now)
    schema = report.form_version.form_schema
    form = typed_form(report, schema, posted)
    valid = form.is_valid()
    if known is not None:
        return Filled(Outcome.SENT, report, form, version=known)
    try:
        form.store(_keep(user, report, form.uploads()))
    except FileRefusedError as refusal:
        return Filled(Outcome.REFUSED, report, form, message=str(refusal))
    try:
        if posted.sending and valid:
            return _send(user, expected, form, report, posted, now)
        saved = save_draft(
            user=user, expected=expected, answers=form.draft_answers(), revision=posted.revision, now=now
        )
    except StaleRevisionError as refusal:
        report.refresh_from_db()
        typed = form.draft_answers()
        differences = _differences(schema, report.answers, typed)
        again = _form(report, schema, typed)
        return Filled(Outcome.CONFLICT, report, again, message=str(refusal), differences=differences)
    except ReportRefusedError as refusal:
        report.refresh_from_db()
        return Filled(Outcome.REFUSED, report, form, message=str(refusal))
    if form.row_wanted:
        return Filled(Outcome.ONE_MORE_ROW, saved, form)
    return Filled(Outcome.INVALID if posted.sending else Outcome.SAVED, saved, form)


def _send(
    user: "User",
    expected: ExpectedReport,
    form: AnswerForm,
    report: Submission,
    posted: Posted,
    now: datetime.datetime,
) -> Filled:
    """Send; where reports are not taken now, keep what was typed as a draft and say so."""
    try:
        sent = submit(
            user=user, expected=expected, answers=form.answers(), revision=posted.revision, key=posted.key, now=now
        )
    except StaleRevisionError:
        raise
    except ReportRefusedError as refusal:
        saved = save_draft(
            user=user, expected=expected, answers=form.draft_answers(), revision=posted.revision, now=now
        )
        return Filled(Outcome.REFUSED, saved, form, message=str(refusal))
    return Filled(Outcome.SENT, report, form, version=sent.version)


def _form(report: Submission | None, schema: FormSchema, answers: Mapping[str, Any]) -> AnswerForm:
    return build_form(schema, answers=dict(answers), stored_files=_owned(report), file_url_name=FILE_URL)


def _owned(report: Submission | None) -> dict[str, dict[str, Any]]:
    if report is None:
        return {}
    return {str(kept.pk): reference(kept) for kept in report.files.all()}


def _keep(
    user: "User", report: Submission, uploads: "Mapping[str, list[UploadedFile]]"
) -> dict[str, list[dict[str, Any]]]:
    return {
        path: [reference(keep_file(user=user, submission=report, upload=upload)) for upload in chosen]
        for path, chosen in uploads.items()
    }


def _differences(schema: FormSchema, theirs: Mapping[str, Any], mine: Mapping[str, Any]) -> list[Difference]:
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
