"""Writes of requirements: preparing, announcing, ending them, and dates of single units."""

import datetime
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from forms.builder.lifecycle.models import lifecycle_of
from forms.builder.lifecycle.rules import ENDING
from forms.builder.lifecycle.services import units_outside
from forms.collection.enums import RequirementState
from forms.collection.expecting import ensure_expected_reports, release_units
from forms.collection.models import ExpectedReport, ReportingPeriod, Requirement
from forms.collection.permissions import may_manage
from forms.collection.progress import source
from forms.collection.scheduling.services import ensure_periods
from forms.collection.scheduling.units import units_chosen
from portal.audit.enums import AuditAction
from portal.audit.services import record
from portal.units.models import Unit

if TYPE_CHECKING:
    from portal.accounts.models import User


class RequirementRefusedError(Exception):
    """The step cannot be taken; the message tells the person why and what to do."""


@transaction.atomic
def save_requirement(
    *,
    user: "User",
    requirement: Requirement,
    units: Iterable[Unit],
    subtrees: Iterable[Unit] = (),
    periods: Sequence[ReportingPeriod],
    removed: Sequence[ReportingPeriod] = (),
) -> Requirement:
    """Store a requirement with its units and periods; an announced one gets its expected reports at once.

    Units that no longer belong to it owe nothing any more, unless they have already written something: those reports
    stay. A period in which something was written cannot be removed (RequirementRefusedError).
    """
    _require_manager(user, requirement)
    creating = requirement.pk is None
    if creating:
        requirement.created_by = user
    requirement.save()
    requirement.units.set(units)
    requirement.subtrees.set(subtrees)
    for period in removed:
        _remove_period(period)
    for period in periods:
        period.requirement = requirement
        period.save()
    if requirement.state == RequirementState.OPEN:
        _require_units_of_form(requirement)
    ensure_periods(requirement=requirement)
    released = release_units(requirement=requirement)
    created = ensure_expected_reports(requirement=requirement)
    record(
        action=AuditAction.CREATE if creating else AuditAction.CHANGE,
        user=user,
        target=requirement,
        details={"periods": len(periods), "removed_periods": len(removed), "expected": created, "released": released},
    )
    return requirement


@transaction.atomic
def open_requirement(*, user: "User", requirement: Requirement, now: datetime.datetime | None = None) -> int:
    """Announce a requirement to its units; gives how many reports are expected from now on."""
    locked = Requirement.objects.select_for_update().get(pk=requirement.pk)
    _require_manager(user, locked)
    if locked.state == RequirementState.OPEN:
        return 0
    if not units_chosen(locked).exists():
        raise RequirementRefusedError(_("Choose at least one reporting unit first."))
    ensure_periods(requirement=locked, now=now)
    if not locked.periods.exists():
        raise RequirementRefusedError(_("Enter at least one reporting period first."))
    if locked.form.current_version is None:
        raise RequirementRefusedError(_("The form has not been published yet; publish it first."))
    _require_usable_form(locked, now)
    locked.state = RequirementState.OPEN
    locked.save(update_fields=["state"])
    requirement.state = locked.state
    created = ensure_expected_reports(requirement=locked, now=now)
    record(action=AuditAction.PUBLISH, user=user, target=locked, details={"expected": created})
    return created


@transaction.atomic
def close_requirement(*, user: "User", requirement: Requirement) -> None:
    """End a requirement: nothing more is taken, everything stays readable."""
    locked = Requirement.objects.select_for_update().get(pk=requirement.pk)
    _require_manager(user, locked)
    if locked.state != RequirementState.OPEN:
        raise RequirementRefusedError(_("Only a requirement that is being collected can be ended."))
    locked.state = RequirementState.CLOSED
    locked.save(update_fields=["state"])
    requirement.state = locked.state
    record(action=AuditAction.CHANGE, user=user, target=locked, details={"state": RequirementState.CLOSED})


def _require_manager(user: "User", requirement: Requirement) -> None:
    if not may_manage(user, requirement):
        raise RequirementRefusedError(_("Only coordinators of the collecting unit may change this requirement."))


def _require_usable_form(requirement: Requirement, now: datetime.datetime | None) -> None:
    """Refuse to announce what no unit, or not every unit, could answer."""
    if lifecycle_of(requirement.form).stage_now(now) in ENDING:
        raise RequirementRefusedError(_("The form is being closed or has been closed; choose another form."))
    _require_units_of_form(requirement)


def _require_units_of_form(requirement: Requirement) -> None:
    """Refuse units that the form is not for, in whatever way they were chosen."""
    if outside := units_outside(requirement.form, units_chosen(requirement)):
        names = "、".join(str(unit) for unit in outside)
        raise RequirementRefusedError(_("The form is not for these units: %(units)s.") % {"units": names})


def _remove_period(period: ReportingPeriod) -> None:
    if source().begun(period.expected.all()):
        raise RequirementRefusedError(
            _("Reports of “%(period)s” have already been begun, so the period stays.") % {"period": period}
        )
    try:
        period.delete()
    except ProtectedError:  # a document was compiled from its reports, which lie in the bin now
        raise RequirementRefusedError(
            _("“%(period)s” has been rolled up into a report, so the period stays.") % {"period": period}
        ) from None


@transaction.atomic
def set_due_date(
    *, user: "User", expected: ExpectedReport, due_at: datetime.datetime | None, reason: str
) -> ExpectedReport:
    """Give one unit a due instant of its own, with the reason; None takes it back.

    RequirementRefusedError for whoever may not manage the requirement, without a reason, and for an instant before the
    period opens.
    """
    locked = ExpectedReport.objects.select_for_update().get(pk=expected.pk)
    _require_manager(user, locked.period.requirement)
    if due_at is not None and not reason.strip():
        raise RequirementRefusedError(_("Please say why this unit has a date of its own."))
    if due_at is not None and due_at <= locked.period.opens_at:
        raise RequirementRefusedError(_("The report must be due after the period opens."))
    locked.due_override = due_at
    locked.due_reason, locked.due_set_by = (reason.strip(), user) if due_at else ("", None)
    locked.save(update_fields=["due_override", "due_reason", "due_set_by"])
    details = {"due_at": due_at.isoformat() if due_at else None}
    record(action=AuditAction.CHANGE, user=user, target=locked, summary="collection.due_date", details=details)
    return locked
