"""Freeing a unit from a report (免报), with the reason on record, and asking for it again."""

import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forms.collection.enums import ARRIVED
from forms.collection.models import ExpectedReport
from forms.collection.permissions import may_manage
from forms.collection.progress import source
from forms.collection.services import RequirementRefusedError
from forms.collection.signals import report_waived
from portal.audit.enums import AuditAction
from portal.audit.services import record

if TYPE_CHECKING:
    from portal.accounts.models import User


@transaction.atomic
def waive(
    *, user: "User", expected: ExpectedReport, reason: str, now: datetime.datetime | None = None
) -> ExpectedReport:
    """Free the unit: the report is owed no more and leaves every rate. What was written in it stays.

    RequirementRefusedError for whoever may not manage the requirement, without a reason, and where it has arrived.
    """
    locked = _locked(user, expected)
    if not reason.strip():
        raise RequirementRefusedError(_("Please say why the unit need not report."))
    fact = source().facts(ExpectedReport.objects.filter(pk=locked.pk)).get(locked.pk)
    if fact is not None and fact.state in ARRIVED:
        raise RequirementRefusedError(_("The report has arrived already; it need not be waived."))
    if locked.is_waived:
        return locked
    locked.waived_at, locked.waived_by, locked.waive_reason = now or timezone.now(), user, reason.strip()
    locked.save(update_fields=["waived_at", "waived_by", "waive_reason"])
    record(action=AuditAction.CHANGE, user=user, target=locked, summary="collection.waived")
    report_waived.send(sender=ExpectedReport, expected=locked)
    return locked


@transaction.atomic
def ask_again(*, user: "User", expected: ExpectedReport) -> ExpectedReport:
    """Take a waiver back: the report is owed as before."""
    locked = _locked(user, expected)
    if locked.is_waived:
        locked.waived_at, locked.waived_by, locked.waive_reason = None, None, ""
        locked.save(update_fields=["waived_at", "waived_by", "waive_reason"])
        record(action=AuditAction.CHANGE, user=user, target=locked, summary="collection.asked_again")
        report_waived.send(sender=ExpectedReport, expected=locked)
    return locked


def _locked(user: "User", expected: ExpectedReport) -> ExpectedReport:
    ExpectedReport.objects.select_for_update().get(pk=expected.pk)
    locked = ExpectedReport.objects.select_related("period__requirement").get(pk=expected.pk)
    if not may_manage(user, locked.period.requirement):
        raise RequirementRefusedError(_("Only coordinators of the collecting unit may change this requirement."))
    return locked
