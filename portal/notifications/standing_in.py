"""Telling somebody that they stand in for a colleague; the room of units lies below this one and tells nobody."""

from collections.abc import Sequence
from typing import Any

from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.notifications.enums import Kind
from portal.notifications.services import Words, notify
from portal.units.models import Membership
from portal.units.standing_in.services import stand_in_named


@receiver(stand_in_named, dispatch_uid="notifications.standing_in")
def tell_stand_in(memberships: Sequence[Membership], **kwargs: Any) -> None:
    """Tell the person named, in the transaction in which it was done."""
    first = memberships[0]
    notify(
        recipient=first.user,
        kind=Kind.STANDING_IN,
        key=f"standing-in:{first.pk}",
        words=lambda: _words(memberships),
        address=reverse("units:absence"),
    )


def _words(memberships: Sequence[Membership]) -> Words:
    first = memberships[0]
    absent = first.stands_in_for.user if first.stands_in_for else first.user
    names = {"person": absent, "first": first.valid_from, "last": first.valid_until}
    roles = [f"{one.get_role_display()} · {one.unit}" for one in memberships]
    return Words(_("You stand in for %(person)s from %(first)s to %(last)s") % names, "\n".join(roles))
