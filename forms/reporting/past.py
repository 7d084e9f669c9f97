"""What was true at an instant, out of what is kept for good: events, sent versions and the audit log.

| asked of an expected report | known from                                                                         |
|-----------------------------|------------------------------------------------------------------------------------|
| was it expected             | when its row was made                                                              |
| its state                   | the last event that moves a report                                                 |
| when it was first sent, nil | the versions, which are never changed                                              |
| was it waived               | the waiver that holds, else the audit log's entries on waivers                     |
| its own date                | the audit log's entries on dates; without any, the date that holds                 |

What nobody recorded cannot be told again: dates of a period that were changed by hand later, and reports that are not
expected any more because their unit was taken out. Both are shown as they are today; the page says so.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast
from django.utils.dateparse import parse_datetime

from forms.collection.enums import ReportState
from forms.collection.models import ExpectedReport
from forms.collection.querysets import ExpectedReportQuerySet
from forms.submissions.enums import Step
from forms.submissions.models import SubmissionEvent, SubmissionVersion
from portal.audit.models import AuditEvent

AFTER: Mapping[Step, ReportState] = {
    Step.CREATE: ReportState.DRAFT,
    Step.ASK: ReportState.SIGN_OFF,
    Step.RECALL: ReportState.DRAFT,
    Step.SEND_BACK: ReportState.DRAFT,
    Step.SUBMIT: ReportState.SUBMITTED,
    Step.WITHDRAW: ReportState.RETURNED,
    Step.RETURN: ReportState.RETURNED,
    Step.REOPEN: ReportState.RETURNED,
    Step.ACCEPT: ReportState.ACCEPTED,
}
"""The state after a step that moves a report; other steps leave it where it is."""

WAIVED, ASKED_AGAIN, DATE_SET = "collection.waived", "collection.asked_again", "collection.due_date"
"""Summaries of the audit log (`forms.collection.waiving`, `forms.collection.services`)."""


def state_after(step: str | None, *, was_sent: bool) -> ReportState | None:
    """The state after the last moving step; what had left its unit and comes back to it is returned, not a draft."""
    if not step:
        return None
    state = AFTER[Step(step)]
    return ReportState.RETURNED if was_sent and state == ReportState.DRAFT else state


def with_last_step(expected: ExpectedReportQuerySet, at: datetime.datetime) -> QuerySet[Any]:
    """Annotate `last_step` and `nil_then`: what had last happened to the report, and whether it said "nothing"."""
    events = SubmissionEvent.objects.filter(submission=OuterRef("pk"), at__lte=at, step__in=AFTER)
    versions = SubmissionVersion.objects.filter(submission=OuterRef("pk"), sent_at__lte=at)
    return expected.annotate(
        last_step=Subquery(events.order_by("-at", "-pk").values("step")[:1]),
        nil_then=Subquery(versions.order_by("-number").values("nil_note")[:1]),
    )


@dataclass(frozen=True)
class Exceptions:
    """Waivers and dates of single units, as the audit log tells them: by number of the expected report, in order."""

    told: Mapping[int, list[tuple[datetime.datetime, str, Mapping[str, Any]]]]
    at: datetime.datetime

    def is_waived(self, pk: int, waived_at: datetime.datetime | None) -> bool:
        """Whether the unit had been freed from the report."""
        if waived_at is not None and waived_at <= self.at:
            return True
        words = [summary for at, summary, _ in self.told.get(pk, ()) if at <= self.at and summary != DATE_SET]
        return bool(words) and words[-1] == WAIVED

    def own_date(self, pk: int, now_set: datetime.datetime | None) -> datetime.datetime | None:
        """The unit's own due instant then; None where the period's held."""
        told = [(at, details) for at, summary, details in self.told.get(pk, ()) if summary == DATE_SET]
        if not told:
            return now_set
        before = [details for at, details in told if at <= self.at]
        given = before[-1].get("due_at") if before else None
        return parse_datetime(given) if given else None


def exceptions_at(expected: QuerySet[ExpectedReport], at: datetime.datetime) -> Exceptions:
    """What the audit log tells of these expected reports; one query."""
    numbers = expected.order_by().annotate(number=Cast("pk", CharField())).values("number")
    rows: Iterable[tuple[str, datetime.datetime, str, Mapping[str, Any]]] = (
        AuditEvent.objects.filter(
            target_type=ExpectedReport._meta.label_lower,
            target_id__in=numbers,
            summary__in=(WAIVED, ASKED_AGAIN, DATE_SET),
        )
        .order_by("at", "pk")
        .values_list("target_id", "at", "summary", "details")
    )
    told: dict[int, list[tuple[datetime.datetime, str, Mapping[str, Any]]]] = defaultdict(list)
    for number, when, summary, details in rows:
        told[int(number)].append((when, summary, details))
    return Exceptions(told, at)
