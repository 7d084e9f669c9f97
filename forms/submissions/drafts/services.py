"""Saving typed questions into a draft, beside whoever else saves into it."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from forms.builder.answers import Answers
from forms.builder.schema import FormSchema
from forms.collection.models import ExpectedReport
from forms.submissions.drafts.merging import Merge, Part, merge
from forms.submissions.drafts.parts import join, split
from forms.submissions.enums import Step
from forms.submissions.errors import StaleRevisionError
from forms.submissions.locks import locked_questions
from forms.submissions.models import Submission
from forms.submissions.services import begin, note_saving
from forms.submissions.steps import next_row, require_form
from forms.submissions.writing import write

if TYPE_CHECKING:
    from portal.accounts.models import User


@dataclass(frozen=True)
class Saved:
    """The report as it is stored now, what became of each question, and what it was before."""

    report: Submission
    merge: Merge
    revision_before: int
    saved_before_by: "User"
    """Who had saved last: most likely whoever answered differently, where there are conflicts."""


@transaction.atomic
def save_parts(
    *,
    user: "User",
    expected: ExpectedReport,
    schema: FormSchema,
    digest: str,
    typed: Mapping[str, Part],
    bases: Mapping[str, str],
    settle: Callable[[Answers], Answers],
    seconds: int = 0,
    asked: bool = False,
    now: datetime.datetime | None = None,
) -> Saved:
    """Write the typed questions that nobody else has changed since `bases`; nothing is written over what is not known.

    With `asked` somebody has pressed the button: then it counts as saved even where nothing was changed.

    `schema`, with its `digest`, is the form that was read; `settle` works out what follows from all answers together.
    Raises StaleRevisionError where the report has been moved to another version of its form meanwhile, and any other
    ReportRefusedError where drafts are not saved now.
    """
    now = now or timezone.now()
    report = begin(user=user, expected=expected, now=now)
    if report.form_version.digest != digest:
        raise StaleRevisionError
    step = next_row(user, report.expected, report.report_state, Step.SAVE)
    require_form(report.expected, now)
    merged = merge(split(schema, report.answers, typed), typed, bases, locked_questions(report))
    before, last = report.revision, report.updated_by
    if merged.written or (asked and not merged.refused):
        answers = settle(join(schema, report.answers, merged.written))
        write(report, answers, step.target, user, now, seconds)
        report.save()
        note_saving(report, user, now)
    return Saved(report, merged, before, last)
