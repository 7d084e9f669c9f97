"""Writes of what people look for: asked, answered, declined; whoever asked is told in the same transaction."""

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from portal.audit.enums import AuditAction
from portal.audit.services import record
from search.learning.rules import LONGEST
from search.learning.wishes.enums import Outcome, WishState
from search.learning.wishes.errors import AlreadyAnsweredError, ShutPageError, TooManyWishesError
from search.learning.wishes.models import Wish, WishAsker
from search.learning.wishes.notices import tell
from search.learning.wishes.reading import people_shut_out
from search.learning.wishes.rules import key_of
from search.text import clean

if TYPE_CHECKING:
    from portal.accounts.models import User

MOST_OPEN = 30
"""So many wishes of one person may wait for an answer."""


@dataclass(frozen=True)
class Answer:
    """What an editor says: a page, an address outside or inside, or neither and the reason."""

    outcome: Outcome
    page: Page | None = None
    link: str = ""
    words: str = ""


@transaction.atomic
def ask(*, user: "User", text: str, need: str = "", now: datetime.datetime | None = None) -> Wish:
    """Note that the person is looking for something; whoever asks the same twice, or after others, joins.

    A second time only another `need` is kept. TooManyWishesError where too many of the person's are open.
    """
    now = now or timezone.now()
    wish, created = Wish.objects.get_or_create(
        key=key_of(text), state=WishState.OPEN, defaults={"text": clean(text)[:LONGEST]}
    )
    # An answer may be on its way: it is waited for, and then begins a new wish.
    if not created and not Wish.objects.select_for_update().get(pk=wish.pk).is_open:
        return ask(user=user, text=text, need=need, now=now)
    part = WishAsker.objects.filter(wish=wish, user=user).first()
    if part is None:
        if WishAsker.objects.filter(user=user, wish__state=WishState.OPEN).count() >= MOST_OPEN:
            raise TooManyWishesError
        WishAsker.objects.create(wish=wish, user=user, need=need, asked_at=now)
    elif need and need != part.need:
        part.need = need
        part.save(update_fields=["need"])
    return wish


@transaction.atomic
def answer(*, user: "User", wish: Wish, given: Answer, now: datetime.datetime | None = None) -> Wish:
    """Answer or decline a wish, and tell everybody who asked.

    AlreadyAnsweredError where it is open no longer, ShutPageError where some who asked may not open the page: nothing
    is written then.
    """
    now = now or timezone.now()
    wish = Wish.objects.select_for_update().get(pk=wish.pk)
    if not wish.is_open:
        raise AlreadyAnsweredError(wish)
    parts = list(WishAsker.objects.filter(wish=wish, user__is_active=True).select_related("user"))
    if given.page is not None and (shut := people_shut_out(given.page, [part.user for part in parts])):
        raise ShutPageError(shut)
    wish.state = WishState.DECLINED if given.outcome == Outcome.DECLINE else WishState.ANSWERED
    wish.page, wish.link, wish.answer = given.page, given.link, given.words
    wish.answered_by, wish.answered_at = user, now
    wish.save()
    for part in parts:
        tell(part.user, wish, now=now)
    record(action=AuditAction.CHANGE, user=user, target=wish, summary=f"wish.{wish.state}")
    return wish
