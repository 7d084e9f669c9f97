"""What was true at an instant, out of what is kept for good: events, sent versions and the audit log.

| asked of an expected report | known from                                                                         |
|-----------------------------|------------------------------------------------------------------------------------|
| was it expected             | when its row was made                                                              |
| its state                   | the last event that moves a report                                                 |
| when it was first sent, nil | the versions, which are never changed                                              |
| was it waived               | the waiver that holds, else the audit log's entries on waivers                     |
| its own date                | the audit log's entries on dates; without any, the date that holds                 |
| was it there                | the bin, as long as it keeps a report; the audit log for one that came back        |

A report that was deleted later counts as it stood then; while one lay in the bin it was not there.
What nobody recorded cannot be told again: dates of a period that were changed by hand later, and reports that are not
expected any more because their unit was taken out. Both are shown as they are today; the page says so. So it does of
reports that the bin has given up after thirty days.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import CharField, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast
from django.utils.dateparse import parse_datetime

from forms.collection.enums import ReportState
from forms.collection.models import ExpectedReport
from forms.collection.querysets import ExpectedReportQuerySet
from forms.submissions.bin.enums import BinnedKind
from forms.submissions.bin.models import Binned
from forms.submissions.enums import Step
from forms.submissions.models import Submission, SubmissionEvent, SubmissionVersion
from forms.submissions.review.models import Return
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
DELETED, RESTORED = "bin.report.deleted", "bin.report.restored"
"""Summaries of the audit log (`forms.collection.waiving`, `forms.collection.services`, `forms.submissions.bin`)."""
WAIVING, BINNING = (WAIVED, ASKED_AGAIN), (DELETED, RESTORED)


def state_after(step: str | None, *, was_sent: bool) -> ReportState | None:
    """The state after the last moving step; what had left its unit and comes back to it is returned, not a draft."""
    if not step:
        return None
    state = AFTER[Step(step)]
    return ReportState.RETURNED if was_sent and state == ReportState.DRAFT else state


def with_last_step(expected: ExpectedReportQuerySet, at: datetime.datetime) -> QuerySet[Any]:
    """Annotate `last_step` and `nil_then`: what had last happened to the report, and whether it said "nothing".

    And `binned`: the rows of the report that was there then and is in the bin now (`deleted_then`), mostly null.
    """
    later = Binned.objects.filter(kind=BinnedKind.REPORT, target_id=OuterRef("pk"), deleted_at__gt=at)
    events = SubmissionEvent.objects.filter(submission=OuterRef("pk"), at__lte=at, step__in=AFTER)
    versions = SubmissionVersion.objects.filter(submission=OuterRef("pk"), sent_at__lte=at)
    return expected.annotate(
        last_step=Subquery(events.order_by("-at", "-pk").values("step")[:1]),
        nil_then=Subquery(versions.order_by("-number").values("nil_note")[:1]),
        binned=Subquery(later.order_by("deleted_at", "pk").values("rows")[:1]),
    )


class Then(NamedTuple):
    """How a report stood at an instant."""

    last_step: str | None
    first_sent_at: datetime.datetime | None
    is_nil: bool
    due_again_at: datetime.datetime | None


NOT_THERE = Then(None, None, False, None)


def deleted_then(rows: Sequence[Mapping[str, Any]], at: datetime.datetime) -> Then:
    """How a report stood that is in the bin now, from its rows there (`Binned.rows`)."""

    def of(model: type[Model], when: str) -> list[tuple[datetime.datetime, int, Mapping[str, Any]]]:
        label, found = model._meta.label_lower, []
        for row in rows:
            if row["model"] == label and (moment := parse_datetime(row["fields"][when])) and moment <= at:
                found.append((moment, int(row["pk"]), row["fields"]))
        return sorted(found, key=lambda one: one[:2])

    steps = [fields["step"] for _at, _pk, fields in of(SubmissionEvent, "at") if fields["step"] in AFTER]
    versions, returns = of(SubmissionVersion, "sent_at"), of(Return, "at")
    return Then(
        steps[-1] if steps else None,
        versions[0][0] if versions else None,
        bool(versions and versions[-1][2]["nil_note"]),
        parse_datetime(returns[-1][2]["due_at"]) if returns else None,
    )


@dataclass(frozen=True)
class Exceptions:
    """What the audit log tells of single reports, by number of the expected report, in order: waivers, dates, bin."""

    told: Mapping[int, list[tuple[datetime.datetime, str, Mapping[str, Any]]]]
    at: datetime.datetime

    def is_waived(self, pk: int, waived_at: datetime.datetime | None) -> bool:
        """Whether the unit had been freed from the report."""
        if waived_at is not None and waived_at <= self.at:
            return True
        words = [summary for at, summary, _ in self.told.get(pk, ()) if at <= self.at and summary in WAIVING]
        return bool(words) and words[-1] == WAIVED

    def own_date(self, pk: int, now_set: datetime.datetime | None) -> datetime.datetime | None:
        """The unit's own due instant then; None where the period's held."""
        told = [(at, details) for at, summary, details in self.told.get(pk, ()) if summary == DATE_SET]
        if not told:
            return now_set
        before = [details for at, details in told if at <= self.at]
        given = before[-1].get("due_at") if before else None
        return parse_datetime(given) if given else None

    def lay_in_bin(self, pk: int) -> bool:
        """Whether the unit's report lay in the bin then: deleted before, and the next news is that it came back."""
        told = [(at, summary) for at, summary, _ in self.told.get(pk, ()) if summary in BINNING]
        before = [summary for at, summary in told if at <= self.at]
        after = [summary for at, summary in told if at > self.at]
        return before[-1:] == [DELETED] and RESTORED in after[:1]


def exceptions_at(expected: QuerySet[ExpectedReport], at: datetime.datetime) -> Exceptions:
    """What the audit log tells of these expected reports; one query."""
    numbers = expected.order_by().annotate(number=Cast("pk", CharField())).values("number")
    rows: Iterable[tuple[str, datetime.datetime, str, Mapping[str, Any]]] = (
        AuditEvent.objects.filter(
            target_type__in=(ExpectedReport._meta.label_lower, Submission._meta.label_lower),
            target_id__in=numbers,
            summary__in=(*WAIVING, DATE_SET, *BINNING),
        )
        .order_by("at", "pk")
        .values_list("target_id", "at", "summary", "details")
    )
    told: dict[int, list[tuple[datetime.datetime, str, Mapping[str, Any]]]] = defaultdict(list)
    for number, when, summary, details in rows:
        told[int(number)].append((when, summary, details))
    return Exceptions(told, at)
