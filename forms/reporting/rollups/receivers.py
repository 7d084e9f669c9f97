"""When a report moves: written beside the sentences that stand on it, and the compiler is told, in its transaction."""

from functools import partial
from typing import Any

from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forms.collection.models import ExpectedReport, Requirement
from forms.collection.signals import report_waived
from forms.reporting.rollups.enums import TOLD
from forms.reporting.rollups.models import RollUp, Sentence
from forms.reporting.rollups.movements import Movement, binned_movement, note_movement
from forms.reporting.rollups.querysets import STANDING_ON_MOVED
from forms.submissions.enums import Step
from forms.submissions.errors import WrongStateError
from forms.submissions.models import Submission
from forms.submissions.signals import report_binned, report_moved, report_restored, requirement_binned
from portal.accounts.models import User
from portal.notifications.enums import Kind
from portal.notifications.services import Words, notify
from portal.units.enums import Role
from portal.units.models import Membership, Unit

MOVING = frozenset({Step.SUBMIT, Step.WITHDRAW, Step.RETURN, Step.ACCEPT, Step.REOPEN})


@receiver(report_moved, dispatch_uid="rollups.report_moved")
def follow(submission: Submission, step: Step, **kwargs: Any) -> None:
    """A report was sent again, returned, accepted, reopened or withdrawn; a first sending concerns no roll-up."""
    if step not in MOVING or (step == Step.SUBMIT and submission.first_sent_at == submission.sent_at):
        return
    _tell(submission.pk, submission.expected.unit, note_movement(submission.pk))


@receiver(report_waived, dispatch_uid="rollups.report_waived")
def follow_waiver(expected: ExpectedReport, **kwargs: Any) -> None:
    """A unit was freed from a report that it had sent once, or is asked for it again."""
    _tell(expected.pk, expected.unit, note_movement(expected.pk))


@receiver(report_binned, dispatch_uid="rollups.report_binned")
def follow_into_the_bin(submission: Submission, reason: str, **kwargs: Any) -> None:
    """A report is being deleted: its row is still there."""
    moved = binned_movement(timezone.now(), reason)
    _tell(submission.pk, submission.expected.unit, note_movement(submission.pk, moved))


@receiver(report_restored, dispatch_uid="rollups.report_restored")
def follow_out_of_the_bin(submission: Submission, **kwargs: Any) -> None:
    """A report came back."""
    note_movement(submission.pk)


@receiver(requirement_binned, dispatch_uid="rollups.requirement_binned")
def keep_requirement(requirement: Requirement, **kwargs: Any) -> None:
    """What a document was compiled from stays; WrongStateError while there is one."""
    if RollUp.objects.filter(period__requirement=requirement).exists():
        raise WrongStateError(_("There is a roll-up of this requirement, so it stays. Delete the draft first."))


def _tell(report: int, unit: Unit, affected: dict[RollUp, Movement]) -> None:
    for rollup, moved in affected.items():
        if moved.standing not in TOLD:
            continue
        for person in _people(rollup):
            notify(
                recipient=person,
                kind=Kind.ROLLUP_AFFECTED,
                key=f"rollup:{rollup.pk}:report:{report}:{moved.standing}:{moved.at.isoformat()}",
                words=partial(_words, rollup, report, unit, moved),
                address=reverse("rollups:affected", args=[rollup.pk]),
                now=timezone.now(),
            )


def _people(rollup: RollUp) -> list[User]:
    """Whoever compiled it, also where they moved the report themselves: they may not have thought of it.

    Where that person does not coordinate the collecting unit any more, everybody who does.
    """
    serving = Membership.objects.active().filter(unit_id=rollup.period.requirement.owner_id, role=Role.COORDINATOR)
    people = list(User.objects.filter(pk__in=serving.order_by().values("user_id")).order_by("pk"))
    own = [one for one in people if one.pk == rollup.compiled_by_id]
    return own or people


def _words(rollup: RollUp, report: int, unit: Unit, moved: Movement) -> Words:
    affected = Sentence.objects.filter(block__rollup=rollup, **{**STANDING_ON_MOVED, "sources__report": report})
    number = affected.distinct().count()
    names = {"unit": unit, "what": moved.standing.label, "n": number, "title": rollup.title}
    said = ngettext(
        "The report of %(unit)s: %(what)s. %(n)s sentence or figure in “%(title)s” stands on it.",
        "The report of %(unit)s: %(what)s. %(n)s sentences and figures in “%(title)s” stand on it.",
        number,
    )
    reason = [_("Reason: %(reason)s") % {"reason": moved.why}] if moved.why else []
    return Words(_("Roll-up affected: %(title)s") % names, "\n".join([said % names, *reason]))
