"""Writes of trials."""

import uuid
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from forms.builder.answers import Answers, FileRef
from forms.builder.models import FormPage
from forms.submissions.prefill import first_answers
from forms.submissions.trial.models import TrialReport
from forms.submissions.trial.surroundings import TrialSurroundings
from portal.units.enums import Role
from portal.units.models import Unit

if TYPE_CHECKING:
    from portal.accounts.models import User


@transaction.atomic
def begin_trial(*, user: "User", form_page: FormPage, unit: Unit, role: Role) -> TrialReport:
    """A fresh trial of the form's draft; an earlier one of the same person is gone."""
    draft: FormPage = form_page.get_latest_revision_as_object()
    TrialReport.objects.filter(form=form_page, user=user).delete()
    trial = TrialReport(form=form_page, user=user, unit=unit, role=role, schema=draft.schema_now.to_json())
    trial.answers = first_answers(TrialSurroundings(trial, timezone.now()))
    trial.save()
    return trial


@transaction.atomic
def keep_trial(*, trial: TrialReport, answers: Answers, sent: bool = False) -> TrialReport:
    """Keep what was typed, or what was sent."""
    trial.answers, trial.is_sent = answers, sent
    trial.revision += 1
    trial.save()
    return trial


@transaction.atomic
def look_as(*, trial: TrialReport, role: Role) -> TrialReport:
    """Go on as somebody with another role."""
    trial.role = role
    trial.save(update_fields=["role"])
    return trial


def names_of(uploads: dict[str, list[UploadedFile]]) -> dict[str, list[FileRef]]:
    """References to files that were checked; their contents are not kept."""
    return {
        path: [{"file": str(uuid.uuid4()), "name": one.name or "", "size": one.size or 0} for one in files]
        for path, files in uploads.items()
    }


def wipe_trials(*, form_page: FormPage) -> int:
    """Remove every trial of a form; gives how many there were."""
    return TrialReport.objects.filter(form=form_page).delete()[0]
