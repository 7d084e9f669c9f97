"""Naming a stand-in, and ending it.

A stand-in is a membership of its own that points to the membership of whoever is absent. All that hangs on
memberships – what a person sees, may do, is told, and Wagtail's permissions – begins and ends with it by itself.
"""

import datetime
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.units.enums import DELEGABLE, INSIDERS
from portal.units.models import Membership

if TYPE_CHECKING:
    from portal.accounts.models import User

LONGEST = datetime.timedelta(days=92)
"""Days for which somebody may be stood in for; who is away for longer is replaced by an administrator."""

stand_in_named = Signal()
"""Sent in the transaction, with `memberships` (at least one, all of one stand-in)."""


def delegable(user: "User", today: datetime.date) -> list[Membership]:
    """The memberships, today's and coming, that the person may have another hold; never one held for another."""
    coming = Membership.objects.own().overlapping(today, None)
    return list(coming.filter(user=user, role__in=DELEGABLE, user__is_active=True).select_related("unit", "user"))


def candidates(memberships: Iterable[Membership], today: datetime.date) -> "QuerySet[User]":
    """Who may stand in for these: the others who serve inside one of the units today."""
    from portal.accounts.models import User

    memberships = list(memberships)
    serving = (
        Membership.objects.own()
        .active(today)
        .filter(unit_id__in={one.unit_id for one in memberships}, role__in=INSIDERS)
        .exclude(user_id__in={one.user_id for one in memberships})
    )
    return User.objects.filter(pk__in=serving.order_by().values("user_id")).order_by("name", "username")


def stand_ins_of(user: "User", today: datetime.date) -> QuerySet[Membership]:
    """Who stands in for the person, today and later."""
    found = Membership.objects.filter(stands_in_for__user=user).overlapping(today, None)
    return found.select_related("user", "unit", "stands_in_for__user").order_by("valid_from", "pk")


@transaction.atomic
def name_stand_in(
    *,
    memberships: Sequence[Membership],
    stand_in: "User",
    first: datetime.date,
    last: datetime.date,
    today: datetime.date | None = None,
) -> list[Membership]:
    """Let somebody hold these memberships' roles from a day to another, both inclusive.

    The memberships are of one person (`delegable`). ValidationError by field – first, last, stand_in, roles – where it
    cannot be.
    """
    today = today or timezone.localdate()
    _require_days(first, last, today)
    named = [_stand_in(one, stand_in, first, last, today) for one in memberships]
    if not named:
        raise ValidationError({"roles": _("Choose at least one of your roles.")})
    stand_in_named.send(sender=Membership, memberships=named)
    return named


@transaction.atomic
def end_standing_in(*, membership: Membership, today: datetime.date | None = None) -> None:
    """End it with yesterday; what has not begun is taken back altogether. The log keeps both."""
    today = today or timezone.localdate()
    current = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
    if current.valid_from is not None and current.valid_from >= today:
        current.delete()
        return
    yesterday = today - datetime.timedelta(days=1)
    if current.valid_until is None or current.valid_until > yesterday:
        current.valid_until = yesterday
        current.save(update_fields=["valid_until"])


def _require_days(first: datetime.date, last: datetime.date, today: datetime.date) -> None:
    if first < today:
        raise ValidationError({"first": _("This day is over. The earliest is today.")})
    if last < first:
        raise ValidationError({"last": _("The end lies before the beginning.")})
    if last - first > LONGEST:
        words = _("At most %(days)d days. Who is away for longer is replaced by an administrator.")
        raise ValidationError({"last": words % {"days": LONGEST.days}})


def _stand_in(
    held: Membership, stand_in: "User", first: datetime.date, last: datetime.date, today: datetime.date
) -> Membership:
    if not candidates([held], today).filter(pk=stand_in.pk).exists():
        words = _("%(person)s does not serve in %(unit)s. Choose a colleague of that unit.")
        raise ValidationError({"stand_in": words % {"person": stand_in, "unit": held.unit}})
    if (held.valid_from and first < held.valid_from) or (held.valid_until and last > held.valid_until):
        words = _("You do not hold the role “%(role)s” on all of these days.")
        raise ValidationError({"last": words % {"role": held.get_role_display()}})
    same = Membership.objects.filter(user=stand_in, unit=held.unit, role=held.role)
    if same.overlapping(first, last).exists():
        words = _("%(person)s already has the role “%(role)s” in %(unit)s at that time; nobody needs to stand in.")
        raise ValidationError(
            {"stand_in": words % {"person": stand_in, "role": held.get_role_display(), "unit": held.unit}}
        )
    return Membership.objects.create(
        user=stand_in, unit=held.unit, role=held.role, valid_from=first, valid_until=last, stands_in_for=held
    )
