"""Reads of programmes and plan proposals."""

from typing import TYPE_CHECKING, Self

from django.db import models

from portal.units.access import access_for
from portal.units.enums import INSIDERS, Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User
    from portal.programmes.models import Action, Phase, PlanProposal, Programme, ReportingDuty, Task


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    """Programmes; everybody inside the administration may read the plan, drafts are for those who prepare them."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Programmes that a person may read."""
        from portal.programmes.enums import ProgrammeState

        access = access_for(user)
        if access.has(Role.COORDINATOR, Role.ADMINISTRATOR, Role.AUDITOR):
            return self.all()
        return self.exclude(state=ProgrammeState.DRAFT) if access.has(*INSIDERS) else self.none()


class PartOfProgrammeQuerySet(models.QuerySet["Phase | Action | Task | ReportingDuty"]):
    """Rows that belong to a programme and are as visible as it is."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Rows of programmes that a person may read."""
        from portal.programmes.models import Programme

        return self.filter(programme__in=Programme.objects.visible_to(user))


class PlanProposalQuerySet(models.QuerySet["PlanProposal"]):
    """Uploaded plans."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Proposals for those who may make programmes of them, and for auditors."""
        access = access_for(user)
        return self.all() if access.has(Role.COORDINATOR, Role.ADMINISTRATOR, Role.AUDITOR) else self.none()
