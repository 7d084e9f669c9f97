"""From what a browser posted to what was done with it. Whatever happens, nothing that was typed is lost.

A sending that does not validate is kept as a draft; one that comes after somebody else's saving is shown beside theirs;
chosen files are stored before anything can fail, so that nobody chooses them twice. A form with pages is saved page by
page and sent as a whole.
"""

import datetime
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from forms.builder.answers import REASONS, Answers
from forms.builder.checking import computed, settled
from forms.builder.fields import type_of
from forms.builder.logic.state import state_of
from forms.builder.pages import FormPart, parts_of
from forms.builder.rendering import AnswerForm, DisplayRow, Fault, build_form, check_answers, display
from forms.builder.schema import FormSchema
from forms.collection.models import ExpectedReport
from forms.submissions.drafts.merging import changed_elsewhere, merge
from forms.submissions.drafts.parts import join, split
from forms.submissions.drafts.services import save_parts
from forms.submissions.errors import FileRefusedError, ReportRefusedError, StaleRevisionError
from forms.submissions.files import keep_file, reference
from forms.submissions.locks import locked_questions
from forms.submissions.models import Submission
from forms.submissions.posted import Difference, Filled, Outcome, Posted
from forms.submissions.prefill import first_answers
from forms.submissions.services import begin, new_report, save_draft, sent_with, submit
from forms.submissions.signing import hand_in, needs_sign_off
from forms.submissions.steps import require_owed
from forms.submissions.surroundings import Surroundings

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from portal.accounts.models import User

SUMMARY = FormPart(number=0, title="", fields=())
"""The last page of a form with pages: it asks nothing, shows everything, and sends."""

ATTEMPTS = 5
"""How often a sending is tried anew where somebody else's saving of other questions came in between."""


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
        restriction=around.restriction,
        **around.known,
    )


def fill_in(*, user: "User", expected: ExpectedReport, posted: Posted, now: datetime.datetime) -> Filled:
    """Save or send what was posted. Raises a ReportRefusedError only where there is no report to begin."""
    report = _report(user, expected, posted, now)
    begun = not report._state.adding
    known = sent_with(key=posted.key, expected=expected) if posted.sending and begun else None
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
    work = _Merging if posted.bases is not None and posted.digest == report.form_version.digest else _Whole
    return work(around, form, posted).take(valid=valid, faults=faults)


def _report(user: "User", expected: ExpectedReport, posted: Posted, now: datetime.datetime) -> Submission:
    """The report that was posted to. What is sent without files needs none stored beforehand: sending stores it.

    Then it is the report as the caller has read it; whether it has moved on since, the step itself finds out.
    """
    if not posted.sending or posted.files:
        return begin(user=user, expected=expected, now=now)
    read: Submission | None = getattr(expected, "submission", None)
    if read is None:
        require_owed(expected)
        return new_report(user, expected, now)
    return read


@dataclass(frozen=True)
class _Whole:
    """All answers at once, on the revision at which the page was opened."""

    around: Surroundings
    form: AnswerForm
    posted: Posted

    @property
    def report(self) -> Submission:
        """The report; it has been begun."""
        assert self.around.report is not None  # noqa: S101
        return self.around.report

    def take(self, *, valid: bool, faults: list[Fault]) -> Filled:
        """Send or save; where neither is possible say why, with what was typed."""
        try:
            if self.posted.sending and valid and not faults and not self.form.attempts:
                return self.send()
            return self.save(valid=valid, faults=faults)
        except StaleRevisionError as refusal:
            return self.stale(refusal)
        except ReportRefusedError as refusal:
            if self.report._state.adding:
                raise
            self.report.refresh_from_db()
            return Filled(Outcome.REFUSED, self.report, self.form, message=str(refusal))

    def send(self) -> Filled:
        """Send on the page's revision."""
        return self.send_at(self.posted.revision)

    def send_at(self, revision: int) -> Filled:
        """Send; where reports are not taken now, keep what was typed as a draft and say so."""
        around, form, posted = self.around, self.form, self.posted
        answers = form.answers()
        if form.part is not None:
            answers = settled(around.schema, answers, form.sources)
        given: dict[str, Any] = {
            "user": around.user,
            "expected": around.expected,
            "answers": answers,
            "revision": revision,
            "key": posted.key,
            "seconds": posted.seconds,
            "now": around.now,
        }
        try:
            if needs_sign_off(around.user, around.expected):
                return Filled(Outcome.HANDED_IN, hand_in(**given), form)
            sent = submit(**given, just_read=True)
        except StaleRevisionError:
            raise
        except ReportRefusedError as refusal:
            saved = self.save(valid=True, faults=[])
            return replace(saved, outcome=Outcome.REFUSED, message=str(refusal))
        return Filled(Outcome.SENT, sent.version.submission, form, version=sent.version)

    def save(self, *, valid: bool, faults: list[Fault]) -> Filled:
        """Keep the draft."""
        saved = save_draft(
            user=self.around.user,
            expected=self.around.expected,
            answers=self.form.draft_answers(),
            revision=self.posted.revision,
            seconds=self.posted.seconds,
            now=self.around.now,
        )
        return self.kept(saved, self.form, valid=valid, faults=faults)

    def kept(self, saved: Submission, form: AnswerForm, *, valid: bool, faults: list[Fault]) -> Filled:
        """What is shown of a kept draft."""
        if self.form.attempts:
            message = _("Only what the reviewer marked can be changed; everything else stays as it was sent.")
            return Filled(Outcome.REFUSED, saved, self.form, message=message)
        if self.form.row_wanted:
            return Filled(Outcome.ONE_MORE_ROW, saved, form)
        stays = self.posted.sending or (self.posted.checking and not valid)
        return Filled(Outcome.INVALID if stays else Outcome.SAVED, saved, form, faults=faults)

    def stale(self, refusal: StaleRevisionError) -> Filled:
        """Both versions, side by side."""
        if self.report._state.adding:  # begun by somebody else since it was read, or the page told of what never was
            self.around.report = begin(user=self.around.user, expected=self.around.expected, now=self.around.now)
        else:
            self.report.refresh_from_db()
        typed = self.form.draft_answers()
        keys = [one.key for one in self.around.schema if self.report.answers.get(one.key) != typed.get(one.key)]
        differences = _differences(self.around.schema, self.report.answers, typed, keys)
        again = _form(self.around, typed, self.form.part)
        return Filled(
            Outcome.CONFLICT,
            self.report,
            again,
            message=str(refusal),
            differences=differences,
            other=self.report.updated_by,
        )


class _Merging(_Whole):
    """Question by question, on what the page says that its answers were based on."""

    @property
    def bases(self) -> Mapping[str, str]:
        """What the page says."""
        return self.posted.bases or {}

    def typed(self) -> dict[str, Any]:
        """The typed parts of the questions that the page names."""
        here = {one.key for one in self.form.schemas}
        return split(self.around.schema, self.form.draft_answers(), here & self.bases.keys())

    def send(self) -> Filled:
        """Send what the sender has seen; never an answer that somebody else has put there since."""
        if self.form.part is not None:
            return super().send()
        for _attempt in range(ATTEMPTS):
            typed = self.typed()
            stored = split(self.around.schema, self.report.answers, typed)
            unseen = changed_elsewhere(stored, typed, self.bases)
            if unseen or merge(stored, typed, self.bases, locked_questions(self.report)).refused:
                return self.save(valid=True, faults=[], unseen=unseen)
            try:
                return self.send_at(self.report.revision)
            except StaleRevisionError:
                self.report.refresh_from_db()
        raise StaleRevisionError

    def save(self, *, valid: bool, faults: list[Fault], unseen: Collection[str] = ()) -> Filled:
        """Keep what was changed here and nowhere else; show both where somebody else changed the same."""
        around, form, typed = self.around, self.form, self.typed()
        saved = save_parts(
            user=around.user,
            expected=around.expected,
            schema=around.schema,
            digest=self.posted.digest,
            typed=typed,
            bases=self.bases,
            settle=settling(around, form),
            seconds=self.posted.seconds,
            asked=True,
            now=around.now,
        )
        answers = saved.report.answers
        if saved.merge.conflicts:
            mine = join(around.schema, answers, saved.merge.conflicts)
            differences = _differences(around.schema, answers, mine, saved.merge.conflicts)
            again = _form(around, mine, form.part)
            said = str(StaleRevisionError())
            return Filled(
                Outcome.CONFLICT,
                saved.report,
                again,
                message=said,
                differences=differences,
                other=saved.saved_before_by,
            )
        if unseen:
            differences = _differences(around.schema, answers, form.draft_answers(), unseen)
            again = _form(around, answers, form.part)
            return Filled(Outcome.MERGED, saved.report, again, differences=differences, other=saved.saved_before_by)
        if split(around.schema, answers, typed) != typed:  # somebody else's answers stand on this page too
            form = _form(around, answers, form.part, checked=not valid)
        return self.kept(saved.report, form, valid=valid, faults=faults)


def settling(around: Surroundings, form: AnswerForm) -> Callable[[Answers], Answers]:
    """What puts in order whatever follows from all answers together, once other people's have been added."""

    def settle(answers: Answers) -> Answers:
        asked = {key: value for key, value in answers.items() if key not in worked_out}
        state = state_of(around.schema, asked, around.context)
        return form.in_order({**asked, **computed(around.schema, asked, state, form.given())})

    worked_out = {one.key for one in around.schema if type_of(one).is_computed}
    return settle


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
        restriction=around.restriction,
        **around.known,
    )


def _keep(
    user: "User", report: Submission, uploads: "Mapping[str, list[UploadedFile]]"
) -> dict[str, list[dict[str, Any]]]:
    return {
        path: [reference(keep_file(user=user, submission=report, upload=upload)) for upload in chosen]
        for path, chosen in uploads.items()
    }


def in_words(schema: FormSchema, answers: Mapping[str, Any], key: str) -> list[DisplayRow]:
    """One question with its answer, for reading."""
    alone = replace(schema, fields=tuple(one for one in schema.fields if one.key == key))
    reasons = {REASONS: answers[REASONS]} if REASONS in answers else {}
    return display(alone, {**({key: answers[key]} if key in answers else {}), **reasons})


def _differences(
    schema: FormSchema, theirs: Mapping[str, Any], mine: Mapping[str, Any], keys: Collection[str]
) -> list[Difference]:
    asked = [one.key for one in schema if one.key in keys]
    return [Difference(in_words(schema, theirs, key), in_words(schema, mine, key)) for key in asked]
