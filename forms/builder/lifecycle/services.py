"""Opening, closing and giving out forms; and what other rooms ask before they take a report."""

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import formats
from django.utils.translation import gettext as _

from forms.builder.lifecycle.models import FormLifecycle, lifecycle_of
from forms.builder.lifecycle.rules import TAKES_DRAFTS, TAKES_NEW, Stage
from portal.audit.enums import AuditAction
from portal.audit.services import record
from portal.units.models import Unit

if TYPE_CHECKING:
    from forms.builder.models import FormPage
    from portal.accounts.models import User


@transaction.atomic
def set_lifecycle(*, user: "User", lifecycle: FormLifecycle, units: Iterable[Unit]) -> FormLifecycle:
    """Store the stage, the days and the units; takes effect at once."""
    lifecycle.full_clean(exclude=["units"])
    lifecycle.save()
    lifecycle.units.set(units)
    record(
        action=AuditAction.CHANGE,
        user=user,
        target=lifecycle.form,
        summary="form.lifecycle",
        details={"stage": lifecycle.stage, "units": lifecycle.units.count()},
    )
    return lifecycle


def refusal_to_begin(form: "FormPage", unit: Unit, now: datetime.datetime | None = None) -> str:
    """Why the unit cannot begin a report with the form now; empty when it can. At most two queries."""
    lifecycle = lifecycle_of(form)
    stage = lifecycle.stage_now(now)
    if stage == Stage.UPCOMING and lifecycle.opens_on:
        day = formats.date_format(lifecycle.opens_on, "DATE_FORMAT")
        return _("This form opens on %(day)s.") % {"day": day}
    if stage not in TAKES_DRAFTS:
        return _("This form has been closed; nothing is taken any more.")
    if stage not in TAKES_NEW:
        return _("This form is being closed; new reports are not begun any more.")
    if units_outside(form, [unit]):
        return _("This form is not for your unit.")
    return ""


def refusal_to_go_on(form: "FormPage", now: datetime.datetime | None = None) -> str:
    """Why a report that was begun cannot be saved or sent; empty when it can. One query."""
    if lifecycle_of(form).stage_now(now) in TAKES_DRAFTS:
        return ""
    return _("This form has been closed; nothing is taken any more.")


def units_outside(form: "FormPage", units: Iterable[Unit]) -> list[Unit]:
    """Those of the units that the form is not for."""
    lifecycle = lifecycle_of(form)
    paths = [] if lifecycle._state.adding else lifecycle.unit_paths()
    return [unit for unit in units if not unit.path.startswith(tuple(paths))] if paths else []
