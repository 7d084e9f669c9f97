"""Moving reports that lie with their units to a new version of their form.

Answers keep by key. Whatever the draft was before is kept whole in the history, with the version it was filled in with:
an answer to a question that is not asked any more stays readable there, for the unit, for ever. The revision is counted
up, so that a page opened before ends in the page that shows both.
"""

import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef

from forms.builder.models import FormVersion
from forms.builder.versions.widening import carried
from forms.collection.enums import WITH_UNIT, RequirementState
from forms.collection.models import ExpectedReport
from forms.submissions.enums import Step
from forms.submissions.models import Submission, SubmissionEvent

if TYPE_CHECKING:
    from portal.accounts.models import User

BATCH = 200


@transaction.atomic
def move_drafts(*, version: FormVersion, user: "User", now: datetime.datetime) -> int:
    """Move drafts and returned reports of running requirements of the form to the version; gives how many.

    A handful of queries for every two hundred reports. What is sent, accepted or belongs to an ended requirement stays
    with its own version.
    """
    waiting = (
        Submission.objects.filter(
            form_version__form=version.form,
            state__in=WITH_UNIT,
            expected__period__requirement__state=RequirementState.OPEN,
        )
        .exclude(form_version=version)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    numbers = list(waiting)
    return sum(_move(numbers[start : start + BATCH], version, user, now) for start in range(0, len(numbers), BATCH))


def moved_since_saved() -> Exists:
    """Of an expected report: whether its draft was moved to another version and nobody has saved it since."""
    moves = SubmissionEvent.objects.filter(submission_id=OuterRef("pk"), step=Step.MOVE)
    return Exists(moves.filter(at__gt=OuterRef("submission__updated_at")))


def _move(numbers: list[int], version: FormVersion, user: "User", now: datetime.datetime) -> int:
    """Move those of the reports that still lie with their units once they are locked."""
    list(ExpectedReport.objects.select_for_update().filter(pk__in=numbers).order_by("pk").values_list("pk", flat=True))
    reports = list(
        Submission.objects.filter(pk__in=numbers, state__in=WITH_UNIT)
        .exclude(form_version=version)
        .select_related("form_version")
    )
    asked, schemas = version.form_schema, {one.form_version_id: one.form_version.form_schema for one in reports}
    events = [
        SubmissionEvent(
            submission=one,
            step=Step.MOVE,
            user=user,
            at=now,
            form_version=one.form_version,
            answers=one.answers,
        )
        for one in reports
    ]
    for one in reports:
        one.answers = carried(one.answers, schemas[one.form_version_id], asked)
        one.form_version = version
        one.revision += 1
    SubmissionEvent.objects.bulk_create(events)
    Submission.objects.bulk_update(reports, ["answers", "form_version", "revision"])
    return len(reports)
