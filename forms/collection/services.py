"""Writes of requirements: preparing, announcing, ending them, and making the expected reports."""

import datetime
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from forms.builder.lifecycle.models import lifecycle_of
from forms.builder.lifecycle.rules import ENDING
from forms.builder.lifecycle.services import units_outside
from forms.collection.enums import RequirementState
from forms.collection.models import ExpectedReport, ReportingPeriod, Requirement
from forms.collection.permissions import may_manage
from forms.collection.progress import source
from forms.collection.querysets import ExpectedReportQuerySet
from portal.audit.enums import AuditAction
from portal.audit.services import record
from portal.units.models import Unit
from portal.units.querysets import valid_on

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
    for period in removed:
        _remove_period(period)
    for period in periods:
        period.requirement = requirement
        period.save()
    released = _release_units(requirement)
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
    if not locked.units.exists():
        raise RequirementRefusedError(_("Choose at least one reporting unit first."))
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


@transaction.atomic
def ensure_expected_reports(*, requirement: Requirement, now: datetime.datetime | None = None) -> int:
    """Make the expected reports that are missing, and pin the form version of periods that have opened.

    May be called as often as one likes and after any pause: what is there stays, what is missing is made. A unit that
    does not exist on a period's due day owes nothing for it.
    """
    locked = Requirement.objects.select_for_update().get(pk=requirement.pk)
    if locked.state != RequirementState.OPEN:
        return 0
    created = 0
    for period in locked.periods.all():
        due_on = timezone.localdate(period.due_at)
        missing = locked.units.filter(valid_on(due_on)).exclude(expected_reports__period=period)
        created += len(
            ExpectedReport.objects.bulk_create(
                [ExpectedReport(period=period, unit=unit) for unit in missing], ignore_conflicts=True
            )
        )
    _pin_versions(locked.periods.to_be_pinned(now or timezone.now()))
    return created


def ensure_all_expected_reports(now: datetime.datetime | None = None) -> int:
    """The same for every requirement that is being collected; one transaction each."""
    requirements = Requirement.objects.filter(state=RequirementState.OPEN)
    return sum(ensure_expected_reports(requirement=requirement, now=now) for requirement in requirements)


@transaction.atomic
def pin_version(*, period: ReportingPeriod) -> ReportingPeriod:
    """The period with its form version, pinned now where that has not happened yet."""
    if period.version_id is None:
        _pin_versions(ReportingPeriod.objects.select_for_update().filter(pk=period.pk, version__isnull=True))
        period.refresh_from_db(fields=["version"])
    return period


def _pin_versions(periods: QuerySet[ReportingPeriod]) -> None:
    for period in periods.select_related("requirement__form"):
        period.version = period.requirement.form.current_version
        period.save(update_fields=["version"])


def _require_manager(user: "User", requirement: Requirement) -> None:
    if not may_manage(user, requirement):
        raise RequirementRefusedError(_("Only coordinators of the collecting unit may change this requirement."))


def _require_usable_form(requirement: Requirement, now: datetime.datetime | None) -> None:
    """Refuse to announce what no unit, or not every unit, could answer."""
    if lifecycle_of(requirement.form).stage_now(now) in ENDING:
        raise RequirementRefusedError(_("The form is being closed or has been closed; choose another form."))
    if outside := units_outside(requirement.form, requirement.units.all()):
        names = "、".join(str(unit) for unit in outside)
        raise RequirementRefusedError(_("The form is not for these units: %(units)s.") % {"units": names})


def _begun(expected: ExpectedReportQuerySet) -> list[int]:
    return list(source().facts(expected))


def _remove_period(period: ReportingPeriod) -> None:
    if _begun(period.expected.all()):
        raise RequirementRefusedError(
            _("Reports of “%(period)s” have already been begun, so the period stays.") % {"period": period}
        )
    period.delete()


def _release_units(requirement: Requirement) -> int:
    """Remove what units owe that were taken off the list and have written nothing; gives how many."""
    former = ExpectedReport.objects.filter(period__requirement=requirement).exclude(unit__in=requirement.units.all())
    deleted, _by_model = former.exclude(pk__in=_begun(former)).delete()
    return deleted
