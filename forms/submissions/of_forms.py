"""What the builder's pages of versions want to know of reports: which stand where, and what was answered."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Avg, Count, Q
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone

from forms.builder.models import FormPage, FormVersion
from forms.builder.versions.providers import AcceptedReport, Answered, FillTime, InProgress
from forms.collection.enums import WITH_UNIT, ReportState, RequirementState
from forms.submissions.models import Submission, SubmissionVersion
from forms.submissions.moving import move_drafts

if TYPE_CHECKING:
    from portal.accounts.models import User


class ReportsOfForms:
    """Reports as they are stored."""

    def in_progress(self, form: FormPage) -> Sequence[InProgress]:
        """Drafts and returned reports of requirements that are being collected; one query."""
        rows = (
            Submission.objects.filter(
                expected__period__requirement__form=form,
                expected__period__requirement__state=RequirementState.OPEN,
                state__in=WITH_UNIT,
            )
            .order_by()
            .values_list("expected__period__requirement", "expected__period__requirement__title")
            .annotate(
                drafts=Count("pk", filter=Q(state=ReportState.DRAFT)),
                returned=Count("pk", filter=Q(state=ReportState.RETURNED)),
                units=Count("expected__unit", distinct=True),
            )
            .order_by("-expected__period__requirement")
        )
        return [InProgress(title, drafts, returned, units) for _pk, title, drafts, returned, units in rows]

    def accepted(self, form: FormPage, *, user: "User", most: int) -> Sequence[AcceptedReport]:
        """The latest accepted reports as they were accepted; two queries."""
        rows = list(
            self._accepted(form).select_related("accepted_version", "expected__unit", "expected__period")[:most]
        )
        numbers = [row.pk for row in rows]
        visible = set(Submission.objects.visible_to(user).filter(pk__in=numbers).values_list("pk", flat=True))
        return [self._report(row, readable=row.pk in visible) for row in rows]

    def accepted_count(self, form: FormPage) -> int:
        """How many there are; one query."""
        return self._accepted(form).count()

    def answered(self, form: FormPage, keys: Iterable[str]) -> frozenset[str]:
        """Keys with an answer in a working copy or in anything sent; two queries."""
        return self._held(form, {key: Q(answers__has_key=key) for key in keys})

    def chosen(self, form: FormPage, codes: Iterable[str]) -> frozenset[str]:
        """Codes and keys that stand anywhere in answers, as JSON writes them; two queries.

        One that another question has too may be taken for this one's: then it is said to be in use though it is not.
        """
        return self._held(form, {code: Q(text__contains=f'"{code}"') for code in codes})

    def fill_time(self, version: FormVersion) -> FillTime | None:
        """The average of the reports that were sent and whose filling in was measured; one query."""
        measured = Submission.objects.filter(form_version=version, first_sent_at__isnull=False, seconds_spent__gt=0)
        found = measured.aggregate(reports=Count("pk"), seconds=Avg("seconds_spent"))
        return FillTime(found["reports"], float(found["seconds"])) if found["reports"] else None

    def used_by(self, form: FormPage) -> Mapping[int, int]:
        """Reports by version; one query."""
        rows = Submission.objects.filter(form_version__form=form).order_by().values_list("form_version")
        return dict(rows.annotate(number=Count("pk")))

    def move_drafts(self, *, version: FormVersion, user: "User", now: datetime.datetime) -> int:
        """See `forms.submissions.moving`."""
        return move_drafts(version=version, user=user, now=now)

    def last_answer_of(self, form_id: int, key: str, *, unit_id: int) -> Answered | None:
        """The answer in the unit's latest accepted report that has one; one query."""
        version = (
            SubmissionVersion.objects.filter(
                submission__state=ReportState.ACCEPTED,
                submission__accepted_version=models.F("pk"),
                submission__expected__unit_id=unit_id,
                form_version__form_id=form_id,
                answers__has_key=key,
            )
            .select_related("form_version")
            .order_by("-sent_at", "-pk")
            .first()
        )
        field = version.form_version.form_schema.field(key) if version else None
        return Answered(field, version.answers[key]) if version and field else None

    def _accepted(self, form: FormPage) -> models.QuerySet[Submission]:
        accepted = Submission.objects.filter(form_version__form=form, state=ReportState.ACCEPTED)
        return accepted.order_by("-sent_at", "-pk")

    def _everything(self, form: FormPage) -> tuple[models.QuerySet[Submission], models.QuerySet[SubmissionVersion]]:
        return (
            Submission.objects.filter(form_version__form=form).order_by(),
            SubmissionVersion.objects.filter(form_version__form=form).order_by(),
        )

    def _held(self, form: FormPage, conditions: Mapping[str, Q]) -> frozenset[str]:
        """Names of the conditions that any stored answers fulfil."""
        if not conditions:
            return frozenset()
        counted = {f"n{number}": Count("pk", filter=one) for number, one in enumerate(conditions.values())}
        counts = [
            rows.annotate(text=Cast("answers", models.TextField())).aggregate(**counted)
            for rows in self._everything(form)
        ]
        return frozenset(name for number, name in enumerate(conditions) if any(found[f"n{number}"] for found in counts))

    def _report(self, row: Submission, *, readable: bool) -> AcceptedReport:
        sent = row.accepted_version or row
        return AcceptedReport(
            name=f"{row.expected.unit} · {row.expected.period}" if readable else "",
            url=reverse("submissions:detail", args=[row.pk]) if readable else "",
            version_id=sent.form_version_id,
            answers=sent.answers,
            unit_id=row.expected.unit_id,
            sent_on=timezone.localdate(row.sent_at),
        )
