"""The plan, moved in time so that its first reporting date lies shortly ahead, and the original as a policy page."""

import datetime
from pathlib import Path

from django.core.files.base import ContentFile
from django.utils import timezone

from portal.accounts.models import User
from portal.programmes.enums import ProgrammeState, ProposalState
from portal.programmes.models import PlanProposal, Programme
from portal.programmes.plan_import import days_to, propose, read_document, shift_proposal
from portal.programmes.plan_import.proposal import PlanProposal as Proposed
from portal.programmes.services import change_state, confirm, save_proposal, upload_plan
from portal.units.models import Unit

PLAN = Path(__file__).parent / "data" / "sanya-2020.txt"
AHEAD = datetime.timedelta(days=9)
"""The first reporting date lies so many days after the day of loading."""


def plan_text() -> str:
    """The plan as published."""
    return PLAN.read_text(encoding="utf-8")


def load_programme(*, owner: Unit, user: User) -> Programme:
    """The running programme, made the way a coordinator makes it: upload, correct, confirm. Made once."""
    made = PlanProposal.objects.filter(file_name=PLAN.name, state=ProposalState.CONFIRMED).first()
    if made is not None and made.programme is not None:
        return made.programme
    plan = upload_plan(file=ContentFile(PLAN.read_bytes(), name=PLAN.name), user=user)
    proposal = Proposed.from_dict(plan.proposal)
    moved = shift_proposal(proposal, days_to(proposal, timezone.localdate() + AHEAD))
    plan = save_proposal(pk=plan.pk, revision=plan.revision, data=moved.to_dict(), user=user)
    programme = confirm(pk=plan.pk, revision=plan.revision, user=user, owner=owner)
    return change_state(programme=programme, state=ProgrammeState.RUNNING, user=user)


def days_moved(programme: Programme) -> datetime.timedelta:
    """By how much the programme lies after the printed plan, from the first reporting date of both."""
    first = programme.reporting_duties.filter(date__isnull=False).earliest("date").date
    printed = propose(read_document(str(PLAN))).reporting
    earliest = min(duty.date for duty in printed if duty.date)
    return (first or datetime.date.min) - datetime.date.fromisoformat(earliest)
