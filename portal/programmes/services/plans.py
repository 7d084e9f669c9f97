"""An uploaded plan on its way to a programme: read, corrected, confirmed or put aside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from django.core.files.base import File
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from portal.audit.enums import AuditAction
from portal.audit.services import record
from portal.programmes.enums import ProposalState
from portal.programmes.models import PlanProposal, Programme
from portal.programmes.plan_import import propose, read_document
from portal.programmes.plan_import.proposal import PlanProposal as Proposed
from portal.programmes.services.programmes import create_programme

if TYPE_CHECKING:
    from portal.accounts.models import User
    from portal.units.enums import UnitKind
    from portal.units.models import Unit


class StaleProposalError(Exception):
    """Somebody else has saved in the meantime; ``latest`` is what is kept now."""

    def __init__(self, latest: PlanProposal) -> None:
        super().__init__(latest.pk)
        self.latest = latest


class PlanNotOpenError(Exception):
    """The plan has been confirmed or put aside and is not corrected any more; ``latest`` is what is kept."""

    def __init__(self, latest: PlanProposal) -> None:
        super().__init__(latest.pk)
        self.latest = latest


def upload_plan(*, file: File[bytes], user: User) -> PlanProposal:
    """Read a plan, propose what is in it, and keep the file, its text and the proposal.

    Raises :class:`~portal.programmes.plan_import.errors.PlanFileError` for a file that is no readable plan; nothing
    is kept then.
    """
    name = (file.name or "").rsplit("/", 1)[-1]
    document = read_document(cast(BinaryIO, file), name)
    proposal = propose(document)
    file.seek(0)
    plan = PlanProposal(file_name=name[:255], text=document.text, proposal=proposal.to_dict(), uploaded_by=user)
    plan.file.save(name, file, save=False)
    try:
        with transaction.atomic():
            plan.save()
            record(action=AuditAction.CREATE, user=user, target=plan, details={"tasks": len(proposal.tasks)})
    except BaseException:
        plan.file.delete(save=False)
        raise
    return plan


@transaction.atomic
def save_proposal(*, pk: int, revision: int, data: dict[str, Any], user: User) -> PlanProposal:
    """Keep a corrected proposal, given as its ``to_dict``.

    ``revision`` is the one that was corrected. Raises :class:`StaleProposalError` when somebody has saved a later one,
    :class:`PlanNotOpenError` when the plan is no longer to be confirmed, KeyError or TypeError for data of another
    shape.
    """
    proposal = Proposed.from_dict(data)
    plan = _advance(
        pk, revision, ProposalState.PROPOSED, proposal=proposal.to_dict(), changed_by=user, changed_at=timezone.now()
    )
    record(
        action=AuditAction.CHANGE,
        user=user,
        target=plan,
        details={"revision": plan.revision, "tasks": len(proposal.tasks)},
    )
    return plan


@transaction.atomic
def confirm(
    *,
    pk: int,
    revision: int,
    user: User,
    owner: Unit | None = None,
    units: Mapping[str, Unit] | None = None,
    new_kinds: Mapping[str, UnitKind] | None = None,
) -> Programme:
    """Make a programme of the proposal in this very revision.

    ``units`` and ``new_kinds`` are those of :func:`create_programme`.

    Raises :class:`StaleProposalError` and :class:`PlanNotOpenError` as :func:`save_proposal`; a plan becomes one
    programme only.
    """
    plan = _advance(pk, revision, ProposalState.PROPOSED, state=ProposalState.CONFIRMED)
    programme = create_programme(
        proposal=Proposed.from_dict(plan.proposal),
        owner=owner,
        user=user,
        source=plan.file_name,
        units=units,
        new_kinds=new_kinds,
    )
    plan.programme = programme
    plan.save(update_fields=["programme"])
    return programme


@transaction.atomic
def discard(*, pk: int, revision: int, user: User) -> PlanProposal:
    """Put an uploaded plan aside; :func:`restore` takes it up again."""
    plan = _advance(pk, revision, ProposalState.PROPOSED, state=ProposalState.DISCARDED)
    record(action=AuditAction.CHANGE, user=user, target=plan, summary=ProposalState.DISCARDED.value)
    return plan


@transaction.atomic
def restore(*, pk: int, revision: int, user: User) -> PlanProposal:
    """Take up a plan again that was put aside."""
    plan = _advance(pk, revision, ProposalState.DISCARDED, state=ProposalState.PROPOSED)
    record(action=AuditAction.CHANGE, user=user, target=plan, summary=ProposalState.PROPOSED.value)
    return plan


def _advance(pk: int, revision: int, expected: ProposalState, /, **changes: Any) -> PlanProposal:
    """Change the row if it is still in this revision and state: one statement, so that of two savers one wins."""
    changed = PlanProposal.objects.filter(pk=pk, revision=revision, state=expected).update(
        **changes, revision=F("revision") + 1
    )
    latest = PlanProposal.objects.select_related("changed_by").get(pk=pk)
    if not changed:
        raise PlanNotOpenError(latest) if latest.state != expected else StaleProposalError(latest)
    return latest
