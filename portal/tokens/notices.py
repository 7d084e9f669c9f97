"""Telling a person that somebody else has taken one of their tokens back: their program is refused from now on."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.notifications.enums import Kind
from portal.notifications.services import Words, notify
from portal.tokens.models import ApiToken

if TYPE_CHECKING:
    from portal.accounts.models import User


def tell_owner(token: ApiToken, *, by: "User") -> None:
    """Tell the owner, in the transaction in which it was taken back."""
    notify(
        recipient=token.owner,
        kind=Kind.TOKEN_REVOKED,
        key=f"token:{token.pk}:revoked",
        words=lambda: Words(
            _("Access token taken back: %(name)s") % {"name": token.name},
            _("By %(person)s. Programs that use it are refused.") % {"person": by},
        ),
        address=reverse("tokens:list"),
    )
