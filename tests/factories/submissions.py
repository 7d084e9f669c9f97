"""Reports in every state, made by the services themselves."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from forms.builder.schema import FormSchema
from forms.collection.enums import ReportState
from forms.collection.models import ExpectedReport
from forms.submissions.files import keep_file, reference
from forms.submissions.models import Submission, SubmissionFile
from forms.submissions.review.services import accept, return_report
from forms.submissions.services import begin, save_draft, submit
from forms.submissions.signing import hand_in
from portal.accounts.models import User
from portal.units.enums import Role
from tests.factories.collection import (
    ANSWERS,
    ExpectedReportFactory,
    PeriodFactory,
    RequirementFactory,
    published_form,
)
from tests.factories.units import person


@dataclass
class Sides:
    """An expected report and one person on either side of it."""

    expected: ExpectedReport
    reporter: User
    coordinator: User

    @property
    def report(self) -> Submission:
        """The report as it is stored now."""
        return Submission.objects.with_names().get(pk=self.expected.pk)


def sides(expected: ExpectedReport | None = None) -> Sides:
    """An expected report with a reporter of its unit and a coordinator of the unit that collects it."""
    expected = expected or ExpectedReportFactory.create()
    owner = expected.period.requirement.owner
    return Sides(expected, person(Role.REPORTER, expected.unit), person(Role.COORDINATOR, owner))


def send(found: Sides, answers: dict[str, Any] | None = None, *, key: uuid.UUID | None = None) -> Submission:
    """Send the report (once more, if it was returned)."""
    existing = Submission.objects.filter(pk=found.expected.pk).first()
    submit(
        user=found.reporter,
        expected=found.expected,
        answers=ANSWERS if answers is None else answers,
        revision=existing.revision if existing else 0,
        key=key or uuid.uuid4(),
    )
    return found.report


def report_in(
    state: ReportState, expected: ExpectedReport | None = None, answers: dict[str, Any] | None = None
) -> Sides:
    """A report that has come as far as the state."""
    found = sides(expected)
    if state == ReportState.DRAFT:
        save_draft(user=found.reporter, expected=found.expected, answers=answers or ANSWERS, revision=0)
        return found
    if state == ReportState.SIGN_OFF:
        hand_in(
            user=found.reporter,
            expected=found.expected,
            answers=ANSWERS if answers is None else answers,
            revision=0,
            key=uuid.uuid4(),
        )
        return found
    report = send(found, answers)
    if state == ReportState.RETURNED:
        return_report(user=found.coordinator, submission=report, version=1, reason="请补充救助人次。")
    if state == ReportState.ACCEPTED:
        accept(user=found.coordinator, submission=report, version=1)
    return found


def attach(found: Sides, name: str = "巡查照片.txt", content: bytes = "街面巡查".encode()) -> SubmissionFile:
    """A file that came with the report and has not been sent yet."""
    report = begin(user=found.reporter, expected=found.expected)
    return keep_file(user=found.reporter, submission=report, upload=SimpleUploadedFile(name, content))


def send_with_file(found: Sides) -> SubmissionFile:
    """Send the report with a file."""
    kept = attach(found)
    send(found, ANSWERS | {"evidence": [reference(kept)]})
    return kept


def asked_for(schema: FormSchema) -> Sides:
    """An expected report that asks what the schema says."""
    form = published_form(schema)
    version = form.versions.get()
    period = PeriodFactory.create(requirement=RequirementFactory.create(form=form), version=version)
    return sides(ExpectedReportFactory.create(period=period))
