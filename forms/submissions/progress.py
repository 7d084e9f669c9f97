"""What the requirement pages of the room below want to know of reports."""

import datetime
from collections.abc import Iterable, Mapping

from django.db.models import Case, Count, F, OuterRef, Q, Subquery, Value, When
from django.db.models.fields import BooleanField
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse

from forms.collection import progress
from forms.collection.enums import ARRIVED, OWED, ReportState
from forms.collection.querysets import ExpectedReportQuerySet
from forms.submissions.enums import Step
from forms.submissions.models import Submission, SubmissionEvent, SubmissionVersion
from forms.submissions.review.due import due_again, newest_due


def _flag(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


class Reports:
    """The source of progress: reports as they are stored."""

    def counts(self, expected: ExpectedReportQuerySet, *, now: datetime.datetime) -> Iterable[progress.Count]:
        """Counts by period, state, timeliness and being overdue; one query."""
        arrived = Q(submission__state__in=ARRIVED)
        owed = Q(submission__isnull=True) | Q(submission__state__in=OWED)
        late_from = Greatest(F("late_after"), Coalesce(due_again(), F("late_after")))
        rows = (
            expected.not_waived()
            .with_window()
            .order_by()
            .annotate(
                timely=_flag(arrived & Q(submission__first_sent_at__lte=F("late_after"))),
                late_from=late_from,
                overdue=_flag(owed & Q(late_from__lt=now)),
            )
            .values_list("period_id", "submission__state", "timely", "overdue")
            .annotate(number=Count("pk"))
        )
        for period_id, state, timely, overdue, number in rows:
            yield progress.Count(period_id, ReportState(state) if state else None, timely, overdue, number)

    def facts(self, expected: ExpectedReportQuerySet) -> Mapping[int, progress.ReportFact]:
        """Facts by number of the expected report; one query."""
        last = SubmissionVersion.objects.filter(submission=OuterRef("pk"))
        rows = (
            Submission.objects.filter(expected__in=expected.order_by().values("pk"))
            .select_related("expected__period")
            .annotate(sender=Subquery(last.values("sent_by__name")[:1]), again=newest_due())
        )
        return {
            row.pk: progress.ReportFact(
                row.report_state,
                row.sent_at,
                row.sender or "",
                row.is_late,
                reverse("submissions:detail", args=[row.pk]),
                row.again if row.report_state in OWED else None,
            )
            for row in rows
        }

    def begun(self, expected: ExpectedReportQuerySet) -> list[int]:
        """Numbers of those that have a report."""
        reports = Submission.objects.filter(expected__in=expected.order_by().values("pk"))
        return list(reports.order_by().values_list("pk", flat=True))

    def owed(self, expected: ExpectedReportQuerySet) -> Mapping[int, progress.OwedFact]:
        """Reports that lie with their units and are not waived; what a unit took back itself counts as returned."""
        returns = SubmissionEvent.objects.filter(
            submission=OuterRef("pk"), step__in={Step.RETURN, Step.WITHDRAW, Step.REOPEN}
        )
        rows = (
            expected.not_waived()
            .filter(Q(submission__isnull=True) | Q(submission__state__in=OWED))
            .order_by()
            .annotate(returned_at=Subquery(returns.order_by("-at").values("at")[:1]), again=due_again())
            .values_list("pk", "submission__state", "returned_at", "again")
        )
        return {
            pk: progress.OwedFact(ReportState(state) if state else None, at, again) for pk, state, at, again in rows
        }
