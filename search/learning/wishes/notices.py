"""Telling whoever asked that there is an answer."""

import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.notifications.enums import Kind
from portal.notifications.services import Words, notify
from search.learning.wishes.enums import WishState
from search.learning.wishes.models import Wish

if TYPE_CHECKING:
    from portal.accounts.models import User


def tell(person: "User", wish: Wish, *, now: datetime.datetime) -> None:
    """Tell one person; the way leads to the page of that person's own wishes, where the answer stands."""
    notify(
        recipient=person,
        kind=Kind.WISH_ANSWERED,
        key=f"wish:{wish.pk}",
        words=lambda: _words(wish),
        address=f"{reverse('search:wishes:mine')}#wish-{wish.pk}",
        now=now,
    )


def _words(wish: Wish) -> Words:
    names = {"question": wish.text}
    if wish.state == WishState.DECLINED:
        return Words(_("What you were looking for cannot be provided: %(question)s") % names, wish.answer)
    found = [wish.page.title if wish.page else "", wish.link, wish.answer]
    title = _("What you were looking for is there: %(question)s") % names
    return Words(title, "\n".join(line for line in found if line))
