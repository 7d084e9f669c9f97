"""What a person reads of one report: which version, which history, which steps they may take."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from forms.builder.logic.outcome import LogicContext
from forms.builder.models import FormVersion
from forms.builder.rendering import display, has_sensitive
from forms.collection.enums import OWED
from forms.submissions.enums import Party, Step
from forms.submissions.models import Petition, Submission, SubmissionEvent, SubmissionFile, SubmissionVersion
from forms.submissions.permissions import is_own_work, may_have_originals, may_review, may_sign_off, may_write
from forms.submissions.pictures import originals
from forms.submissions.rules import file_ids, steps_from
from portal.units.access import access_for

if TYPE_CHECKING:
    from forms.builder.rendering import DisplayRow
    from portal.accounts.models import User


@dataclass(frozen=True)
class Reading:
    """A report as one person sees it. `version` is None where the working copy is shown, to its own unit only."""

    report: Submission
    version: SubmissionVersion | None
    versions: list[SubmissionVersion]
    rows: "list[DisplayRow]"
    nil_note: str
    """What a nil report says; empty for one that is filled in."""
    files: list[SubmissionFile]
    originals: dict[str, str]
    """Photos that the person may have as they were taken, by number: when and where that was, in words."""
    events: list[SubmissionEvent]
    may_write: bool
    collects: bool
    """Whether the person is a coordinator of the collecting unit."""
    may_sign_off: bool
    may_recall: bool
    may_withdraw: bool
    may_review: bool
    may_ask_to_reopen: bool
    petitions: "list[Petition]"
    is_own: bool
    is_sensitive: bool
    """Whether the form asks for personal or sensitive data; whoever reads such a report of another unit is recorded."""

    @property
    def latest(self) -> SubmissionVersion | None:
        """The last sent version the person sees."""
        return self.versions[0] if self.versions else None

    @property
    def shows_latest(self) -> bool:
        """Whether what is shown is what a reviewer decides on."""
        return self.version is not None and self.version == self.latest


def read(*, user: "User", report: Submission, number: int | None = None) -> Reading | None:
    """The report as the person sees it, or the sent version of that number; None where there is no such version.

    The unit sees its working copy while the report lies with it, everybody else the last version they may see.
    """
    expected = report.expected
    versions = list(
        SubmissionVersion.objects.visible_to(user)
        .filter(submission=report)
        .select_related("sent_by", "form_version")
        .defer("answers")
    )
    own = expected.unit_id in access_for(user).unit_ids()
    working = own and report.report_state in OWED
    steps = steps_from(report.report_state, Party.UNIT) if own and may_write(user, expected) else frozenset()
    version: SubmissionVersion | None = None
    if number is not None or not working:
        version = next((one for one in versions if number in (None, one.number)), None)
        if version is None:
            return None
    form_version: FormVersion = version.form_version if version else report.form_version
    answers: dict[str, Any] = version.answers if version else report.answers
    petitions = list(Petition.objects.visible_to(user).filter(expected=expected).with_names())
    files = list(SubmissionFile.objects.visible_to(user).filter(submission=report, pk__in=list(file_ids(answers))))
    return Reading(
        report=report,
        version=version,
        versions=versions,
        rows=display(form_version.form_schema, answers, context=_context(report, version)),
        nil_note=version.nil_note if version else report.nil_note,
        files=files,
        originals=originals(files) if may_have_originals(user, expected) else {},
        events=list(
            SubmissionEvent.objects.visible_to(user)
            .filter(submission=report)
            .select_related("user", "for_whom", "version", "form_version")
        ),
        may_write=Step.SAVE in steps,
        collects=may_review(user, expected),
        may_sign_off=may_sign_off(user, expected)
        and Step.SEND_BACK in steps_from(report.report_state, Party.UNIT_REVIEWER)
        and not is_own_work(user, report),
        may_recall=Step.RECALL in steps,
        may_withdraw=Step.WITHDRAW in steps,
        may_review=may_review(user, expected)
        and bool(steps_from(report.report_state, Party.REVIEWER) & {Step.ACCEPT, Step.RETURN}),
        may_ask_to_reopen=may_review(user, expected)
        and Step.REOPEN in steps_from(report.report_state, Party.REVIEWER)
        and not any(one.is_open for one in petitions),
        petitions=petitions,
        is_own=own,
        is_sensitive=has_sensitive(form_version.form_schema),
    )


def _context(report: Submission, version: SubmissionVersion | None) -> LogicContext:
    """What conditions knew when the version was sent, as far as it is still known."""
    day = timezone.localdate(version.sent_at) if version else timezone.localdate()
    return LogicContext(today=day, unit=report.expected.unit_id)
