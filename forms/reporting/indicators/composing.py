"""Writes of indicators: saving, removing, ordering."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from forms.reporting.indicators.models import Indicator
from forms.reporting.indicators.querysets import COMPOSERS
from portal.audit.enums import AuditAction
from portal.audit.services import record
from portal.units.access import access_for

if TYPE_CHECKING:
    from portal.accounts.models import User


class NotYoursError(Exception):
    """The person may not change this indicator."""


def may_compose(user: "User") -> bool:
    """Editors, coordinators and administrators."""
    return access_for(user).has(*COMPOSERS)


@transaction.atomic
def save_indicator(*, user: "User", indicator: Indicator) -> Indicator:
    """Store a new indicator behind the others, or a change of one; NotYoursError for whoever may not."""
    creating = indicator.pk is None
    if not may_compose(user):
        raise NotYoursError
    if creating:
        last = Indicator.objects.aggregate(last=Max("position"))["last"]
        indicator.created_by, indicator.position = user, 0 if last is None else last + 1
    else:
        _require(user, indicator.pk)
    indicator.save()
    record(action=AuditAction.CREATE if creating else AuditAction.CHANGE, user=user, target=indicator)
    return indicator


@transaction.atomic
def delete_indicator(*, user: "User", pk: int) -> str:
    """Remove an indicator; gives its title. The reports it counted stay as they are."""
    indicator = _require(user, pk)
    record(action=AuditAction.DELETE, user=user, target=indicator)
    indicator.delete()
    return indicator.title


@transaction.atomic
def move_indicator(*, user: "User", pk: int, up: bool) -> None:
    """Let an indicator change places with the one before or after it."""
    indicator = _require(user, pk)
    order = list(Indicator.objects.select_for_update().order_by("position", "pk"))
    place = next(number for number, one in enumerate(order) if one.pk == pk)
    other = place + (-1 if up else 1)
    if not 0 <= other < len(order):
        return
    order[place], order[other] = order[other], order[place]
    for position, one in enumerate(order):
        one.position = position
    Indicator.objects.bulk_update(order, ["position"])
    record(action=AuditAction.CHANGE, user=user, target=indicator, details={"position": other})


@transaction.atomic
def show_indicator(*, user: "User", pk: int, shown: bool) -> None:
    """Show an indicator among the figures, or keep it for later."""
    indicator = _require(user, pk)
    indicator.is_shown = shown
    indicator.save(update_fields=["is_shown"])
    record(action=AuditAction.CHANGE, user=user, target=indicator, details={"is_shown": shown})


def _require(user: "User", pk: int) -> Indicator:
    """The indicator, locked; NotYoursError where the person may not change it."""
    indicator = Indicator.objects.manageable_by(user).select_for_update(of=("self",)).filter(pk=pk).first()
    if indicator is None:
        raise NotYoursError
    return indicator
