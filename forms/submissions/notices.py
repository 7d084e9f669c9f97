"""Telling people that a report has moved: the only place where this room tells anybody anything.

| step                         | is told                                                     |
|------------------------------|-------------------------------------------------------------|
| handed in to be signed off   | the unit's reviewers                                        |
| sent back inside the unit    | whoever handed it in, else the unit's reporters             |
| returned, accepted, reopened | the unit's reporters, and whoever filled it in or sent it   |
| more opened to mend          | the unit's reporters and reviewers                          |
| petition handed in           | the coordinators of the collecting unit; where none but the |
|                              | one who asks serves there, for a reopening the leaders      |
| petition decided             | whoever asked                                               |

Nobody is told of what they did themselves, and nobody who does not work on the unit's reports any more.
"""

from typing import Any

from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from forms.submissions.enums import Step
from forms.submissions.models import Submission, SubmissionEvent
from forms.submissions.petitions.enums import PetitionKind
from forms.submissions.petitions.models import Petition
from forms.submissions.review.models import Mark
from forms.submissions.review.returning import marks_in_words
from forms.submissions.signals import petition_moved, report_moved, return_widened
from portal.accounts.models import User
from portal.notifications.enums import Kind
from portal.notifications.services import Words, notify
from portal.units.enums import REPORTING_ROLES, Role
from portal.units.models import Membership

KINDS = {
    Step.ASK: Kind.REPORT_HANDED_IN,
    Step.SEND_BACK: Kind.REPORT_SENT_BACK,
    Step.RETURN: Kind.REPORT_RETURNED,
    Step.ACCEPT: Kind.REPORT_ACCEPTED,
    Step.REOPEN: Kind.REPORT_REOPENED,
}
"""Steps of which people are told."""


@receiver(report_moved, dispatch_uid="submissions.notices")
def tell(submission: Submission, step: Step, **kwargs: Any) -> None:
    """Tell whom it concerns, in the transaction of the step."""
    kind = KINDS.get(step)
    event = submission.events.select_related("user").first() if kind else None
    if kind is None or event is None:
        return
    people = _people(submission, step, event)
    for person in User.objects.filter(pk__in=people).order_by("pk"):
        notify(
            recipient=person,
            kind=kind,
            key=f"report:{submission.pk}:event:{event.pk}",
            words=lambda: _words(submission, event),
            address=reverse("submissions:detail", args=[submission.pk]),
            now=event.at,
        )


@receiver(petition_moved, dispatch_uid="submissions.petition_notices")
def tell_of_petition(petition: Petition, **kwargs: Any) -> None:
    """Tell those who may decide, then whoever asked."""
    if petition.is_open:
        requirement = petition.expected.period.requirement
        serving = Membership.objects.active(timezone.localdate(petition.asked_at))
        deciding = serving.filter(unit_id=requirement.owner_id, role=Role.COORDINATOR).exclude(
            user_id=petition.asked_by_id
        )
        if petition.kind == PetitionKind.REOPEN and not deciding.exists():
            deciding = serving.filter(role=Role.LEADER)
        people = User.objects.filter(pk__in=deciding.order_by().values("user_id"))
        kind, at, address = Kind.PETITION_ASKED, petition.asked_at, reverse("submissions:petitions")
    else:
        people = User.objects.filter(pk=petition.asked_by_id)
        kind, at = Kind.PETITION_DECIDED, petition.decided_at or timezone.now()
        address = reverse("submissions:detail", args=[petition.expected_id])
    for person in people.order_by("pk"):
        notify(
            recipient=person,
            kind=kind,
            key=f"petition:{petition.pk}:{kind}",
            words=lambda: _petition_words(petition),
            address=address,
            now=at,
        )


def _people(submission: Submission, step: Step, event: SubmissionEvent) -> set[int]:
    serving: dict[Role, set[int]] = {Role.REPORTER: set(), Role.UNIT_REVIEWER: set()}
    rows = Membership.objects.active(timezone.localdate(event.at)).filter(
        unit_id=submission.expected.unit_id, role__in=REPORTING_ROLES
    )
    for role, user_id in rows.order_by().values_list("role", "user_id"):
        serving[Role(role)].add(user_id)
    still_there = serving[Role.REPORTER] | serving[Role.UNIT_REVIEWER]
    if step == Step.ASK:
        found = serving[Role.UNIT_REVIEWER]
    elif step == Step.SEND_BACK:
        found = {pk for pk in still_there if pk == submission.prepared_by_id} or serving[Role.REPORTER]
    else:
        senders = submission.versions.values_list("sent_by_id", "prepared_by_id").first() or ()
        found = serving[Role.REPORTER] | still_there.intersection(senders)
    return found - {event.user_id}


def _words(submission: Submission, event: SubmissionEvent) -> Words:
    period = submission.expected.period
    names = {
        "requirement": period.requirement.title,
        "period": period.name,
        "person": event.user,
        "unit": submission.expected.unit,
    }
    title = {
        Step.ASK: _("To be signed off: %(requirement)s, %(period)s"),
        Step.SEND_BACK: _("Sent back to you: %(requirement)s, %(period)s"),
        Step.RETURN: _("Returned: %(requirement)s, %(period)s"),
        Step.ACCEPT: _("Accepted: %(requirement)s, %(period)s"),
        Step.REOPEN: _("Reopened: %(requirement)s, %(period)s"),
    }[Step(event.step)]
    text = {
        Step.ASK: _("%(person)s handed in the report of %(unit)s."),
        Step.SEND_BACK: _("By %(person)s."),
        Step.RETURN: _("By %(person)s."),
        Step.ACCEPT: _("The report of %(unit)s counts from now on."),
        Step.REOPEN: _("The report of %(unit)s does not count any more; please send it again."),
    }[Step(event.step)]
    reason = [_("Reason: %(reason)s") % {"reason": event.reason}] if event.reason else []
    return Words(title % names, "\n".join([text % names, *reason]))


def _petition_words(petition: Petition) -> Words:
    period = petition.expected.period
    names = {"kind": petition.get_kind_display(), "requirement": period.requirement.title, "period": period.name}
    if petition.is_open:
        title = _("%(kind)s: %(requirement)s, %(period)s")
        asked = {"person": petition.asked_by, "unit": petition.expected.unit}
        lines = [_("Asked by %(person)s, about the report of %(unit)s.") % asked, petition.reason]
    else:
        title = (
            _("Approved: %(kind)s, %(requirement)s, %(period)s")
            if petition.is_approved
            else _("Refused: %(kind)s, %(requirement)s, %(period)s")
        )
        lines = [_("By %(person)s.") % {"person": petition.decided_by}, petition.answer]
    return Words(title % names, "\n".join(line for line in lines if line))


@receiver(return_widened, dispatch_uid="submissions.widened_notices")
def tell_of_more(submission: Submission, marks: list[Mark], **kwargs: Any) -> None:
    """Tell the unit that more of a returned report may be changed, in the transaction in which it was opened."""
    first = marks[0]
    serving = Membership.objects.active(timezone.localdate(first.at)).filter(
        unit_id=submission.expected.unit_id, role__in=REPORTING_ROLES
    )
    people = User.objects.filter(pk__in=serving.order_by().values("user_id")).exclude(pk=first.by_id)
    for person in people.order_by("pk"):
        notify(
            recipient=person,
            kind=Kind.REPORT_RETURNED,
            key=f"report:{submission.pk}:mark:{first.pk}",
            words=lambda: _more_words(submission, marks),
            address=reverse("submissions:detail", args=[submission.pk]),
            now=first.at,
        )


def _more_words(submission: Submission, marks: list[Mark]) -> Words:
    period = submission.expected.period
    names = {"requirement": period.requirement.title, "period": period.name}
    title = _("More may be changed: %(requirement)s, %(period)s") % names
    reasons = {mark.path: mark.reason for mark in marks if mark.path}
    everything = [] if len(reasons) == len(marks) else [_("The whole report may be changed.")]
    placed = marks_in_words(marks[0].returned.version, reasons)
    return Words(title, "\n".join([*everything, *filter(None, [placed])]))
