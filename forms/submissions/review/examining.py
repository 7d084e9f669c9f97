"""Looking through a report that has arrived, in the background: a handful of queries, however many units report."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F, Max, OuterRef, Subquery
from django.utils import timezone

from forms.builder.logic.outcome import LogicContext
from forms.builder.schema import FormSchema
from forms.builder.versions.widening import carried
from forms.submissions.models import SubmissionVersion
from forms.submissions.review.flags import Other, flags_of
from forms.submissions.review.models import Examination

MOST_PERIODS = 12
"""How many of its accepted periods a unit's number is held against."""

MOST_PEERS = 500


@transaction.atomic
def examine(*, version_id: int) -> Examination | None:
    """Flag a sent version; once more gives the same again. None where the version holds no answers (a nil report)."""
    version = (
        SubmissionVersion.objects.filter(pk=version_id)
        .select_related("form_version", "submission__expected__period", "submission__expected__unit")
        .first()
    )
    if version is None or version.nil_note:
        return None
    schema, expected = version.form_version.form_schema, version.submission.expected
    found = flags_of(
        schema,
        version.answers,
        context=LogicContext(today=timezone.localdate(version.sent_at), unit=expected.unit_id),
        history=_others(schema, _history(version), "submission__expected__period__name"),
        peers=_others(schema, _peers(version), "submission__expected__unit__name"),
    )
    examined, _created = Examination.objects.update_or_create(
        version=version, defaults={"flags": [one.to_json() for one in found], "count": len(found)}
    )
    return examined


def _history(version: SubmissionVersion) -> Any:
    """The unit's accepted versions of earlier periods, newest first."""
    period = version.submission.expected.period
    return SubmissionVersion.objects.filter(
        submission__accepted_version_id=F("pk"),
        submission__expected__unit_id=version.submission.expected.unit_id,
        submission__expected__period__requirement_id=period.requirement_id,
        submission__expected__period__due_at__lt=period.due_at,
        nil_note="",
    ).order_by("-submission__expected__period__due_at")[:MOST_PERIODS]


def _peers(version: SubmissionVersion) -> Any:
    """The newest version that each other unit has sent for the same period."""
    newest = (
        SubmissionVersion.objects.filter(submission=OuterRef("submission"))
        .order_by()
        .values("submission")
        .annotate(newest=Max("number"))
        .values("newest")
    )
    return (
        SubmissionVersion.objects.filter(
            submission__expected__period_id=version.submission.expected.period_id, number=Subquery(newest), nil_note=""
        )
        .exclude(submission_id=version.submission_id)
        .order_by("submission_id")[:MOST_PEERS]
    )


def _others(schema: FormSchema, versions: Any, name: str) -> list[Other]:
    """Answers of other versions as answers to this schema."""
    rows: Iterable[tuple[str, dict[str, Any], dict[str, Any], str]] = versions.values_list(
        name, "answers", "form_version__schema", "form_version__digest"
    )
    known, digest = dict[str, FormSchema](), schema.digest()
    found = []
    for title, answers, raw, theirs in rows:
        if theirs != digest:
            other = known.setdefault(theirs, FormSchema.from_json(raw))
            answers = carried(answers, other, schema)
        found.append(Other(title, answers))
    return found
