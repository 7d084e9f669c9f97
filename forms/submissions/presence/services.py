"""Coming, staying and going. Nothing depends on it: two people who do not see one another still lose nothing."""

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Case, F, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from forms.collection.models import ExpectedReport
from forms.submissions.presence.models import Presence
from portal.ops.compiled import Compiled

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from portal.accounts.models import User

GONE_AFTER = datetime.timedelta(seconds=60)
"""Without a sign for so long somebody has gone: a browser that was closed, a line that broke."""


@transaction.atomic
def note_presence(*, user: "User", expected: ExpectedReport, now: datetime.datetime) -> None:
    """The person has the report open. Whoever was gone has come anew."""
    mine = Presence.objects.filter(expected=expected, user=user)
    came_anew = When(seen_at__lt=now - GONE_AFTER, then=Value(now))
    if not mine.update(since=Case(came_anew, default=F("since")), seen_at=now):
        Presence.objects.bulk_create(
            [Presence(expected=expected, user=user, since=now, seen_at=now)], ignore_conflicts=True
        )


def leave(*, user: "User", expected: ExpectedReport) -> None:
    """The person has closed the page; another page of theirs says so again within seconds."""
    Presence.objects.filter(expected=expected, user=user).delete()


def _others(expected: int, user: int, since: datetime.datetime) -> "QuerySet[Presence]":
    there = Presence.objects.filter(expected_id=expected, seen_at__gte=since).exclude(user_id=user)
    return there.select_related("user").order_by("since", "pk")


OTHERS = Compiled(_others, expected=int, user=int, since=datetime.datetime)


def others_at(*, user: "User", expected: ExpectedReport, now: datetime.datetime) -> list[Presence]:
    """Who else is there, the longest first. Only for those who may fill in the report themselves."""
    return OTHERS.rows(expected=expected.pk, user=user.pk, since=now - GONE_AFTER)


def in_words(there: Iterable[Presence]) -> str:
    """Who is there, in a line; empty for nobody."""
    said = (
        _("%(who)s is filling in (since %(time)s)")
        % {"who": one.user, "time": timezone.localtime(one.since).strftime("%H:%M")}
        for one in there
    )
    return " · ".join(said)


def forget_gone(now: datetime.datetime | None = None) -> int:
    """Remove those who have gone; gives how many."""
    return Presence.objects.filter(seen_at__lt=(now or timezone.now()) - GONE_AFTER).delete()[0]
