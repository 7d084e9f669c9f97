"""The check of the indexes that the worker makes once a night, what is kept of it, and whom it troubles.

Whether one is due follows from when the last one was (`search.rules.check_is_due`). A check goes on for as long as it
takes, a step at a time between the worker's other work; a sign of life in the database keeps other workers from
beginning the same. It is no lock: that would not outlive the connection, which the worker may change between two steps,
and two checks at once would cost time and nothing else.
"""

import datetime
import hashlib
import json
import logging
from collections.abc import Generator, Sequence
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from portal.accounts.models import User
from portal.notifications.enums import Kind
from portal.notifications.services import Words, notify
from portal.units.enums import Role
from portal.units.models import Membership
from search.checking import Checked, checking
from search.engines.registry import ELASTICSEARCH, engine_names
from search.models import EngineFeed
from search.rules import check_is_due

if TYPE_CHECKING:
    from django.db.models import QuerySet

logger = logging.getLogger(__name__)

SIGN_OF_LIFE = datetime.timedelta(seconds=20)
DEAD_AFTER = datetime.timedelta(minutes=10)
"""So long after its last sign of life a check has been killed; no step takes half as long."""

KEPT = ("documents", "expected", "missing", "stale", "extra", "repaired", "left", "waiting", "outdated", "seconds")


def check_by_night() -> Generator[None]:
    """Check, in steps, the indexes whose nightly check is due; nothing by day, or where it is switched off."""
    if not settings.PORTAL_SEARCH_CHECK_NIGHTLY:
        return
    now = timezone.localtime()
    names = [name for name in engine_names() if _is_due(name, now) and _claim(name, now)]
    if not names:
        return
    logger.info("The indexes of %s are compared with the database", ", ".join(names))
    steps, alive_at = checking(names, repair=True), now
    try:
        while True:
            try:
                next(steps)
            except StopIteration as end:
                keep(end.value, repair=True, tells=True)
                return
            if timezone.now() - alive_at >= SIGN_OF_LIFE:
                alive_at = timezone.now()
                EngineFeed.objects.filter(pk__in=names).update(check_alive_at=alive_at)
            yield
    except Exception:
        # It is begun anew at the next turn; nobody need wait until it counts as dead.
        EngineFeed.objects.filter(pk__in=names).update(check_alive_at=None)
        raise


def is_running(feed: EngineFeed) -> bool:
    """Whether the worker is checking this index now."""
    return bool(feed.check_alive_at and feed.check_alive_at > timezone.now() - DEAD_AFTER)


@transaction.atomic
def keep(results: Sequence[Checked], *, repair: bool, tells: bool = False) -> None:
    """Keep what a check found; `tells`: administrators learn of trouble that they have not been told of."""
    now, is_news = timezone.now(), False
    for result in results:
        EngineFeed.objects.get_or_create(engine=result.engine)
        feed = EngineFeed.objects.select_for_update().get(pk=result.engine)
        feed.checked_at, feed.check_alive_at, feed.last_check = now, None, summary(result, repair=repair)
        trouble = _trouble(result)
        if tells or not trouble:
            is_news |= bool(trouble) and trouble != feed.told
            feed.told = trouble
        feed.save(update_fields=["checked_at", "check_alive_at", "last_check", "told"])
    if is_news:
        wrong = [result for result in results if not result.is_right]
        for person in administrators():
            notify(
                recipient=person,
                kind=Kind.INDEX_TROUBLE,
                key=f"search-check:{now.isoformat()}",
                words=lambda: _words(wrong),
                address=reverse("search_state:state"),
                now=now,
            )


def summary(result: Checked, *, repair: bool) -> dict[str, Any]:
    """What is kept of a check: the numbers (`KEPT`), `set_aside` as a number, `fault`, and whether it `repair`ed."""
    return {
        **{name: getattr(result, name) for name in KEPT},
        "set_aside": len(result.set_aside),
        "fault": result.fault[:2000],
        "repair": repair,
    }


def administrators() -> "QuerySet[User]":
    """Everybody who is an administrator today, as `may_tune_search` says it of one person."""
    posts = Membership.objects.active(timezone.localdate()).filter(role=Role.ADMINISTRATOR)
    people = User.objects.filter(Q(is_superuser=True) | Q(pk__in=posts.values("user")), is_active=True)
    return people.order_by("pk")


def engine_label(name: str) -> str:
    """What people call an engine."""
    return "Elasticsearch" if name == ELASTICSEARCH else pgettext("engine", "the embedded index")


def _is_due(name: str, now: datetime.datetime) -> bool:
    feed, _created = EngineFeed.objects.get_or_create(engine=name)
    has_repaired = feed.checked_at is not None and feed.last_check.get("repair", False)
    checked_at = timezone.localtime(feed.checked_at) if feed.checked_at and has_repaired else None
    return check_is_due(now, checked_at=checked_at, was_away=bool(feed.last_check.get("fault")))


def _claim(name: str, now: datetime.datetime) -> bool:
    """Whether this process is to check the index: no other has begun and is alive."""
    idle = Q(check_alive_at=None) | Q(check_alive_at__lt=now - DEAD_AFTER)
    return bool(EngineFeed.objects.filter(idle, pk=name).update(check_alive_at=now))


def _trouble(result: Checked) -> str:
    """Stands for what is wrong: the same on the next night where nothing has changed; empty where all is well."""
    if result.is_right:
        return ""
    names = [one.object_id for one in result.set_aside]
    wrong = json.dumps([names, result.left, result.outdated, bool(result.fault)])
    return hashlib.sha256(wrong.encode()).hexdigest()


def _words(results: Sequence[Checked]) -> Words:
    """What is wrong with which index, in numbers: what the things are called is for those to see who may."""
    lines = []
    for result in results:
        said = []
        if result.fault:
            said.append(_("does not answer as it should and could not be checked"))
        if result.left:
            text = ngettext(
                "%(n)d document differs and could not be repaired",
                "%(n)d documents differ and could not be repaired",
                result.left,
            )
            said.append(text % {"n": result.left})
        if result.set_aside:
            number = len(result.set_aside)
            said.append(
                ngettext("%(n)d thing cannot be indexed", "%(n)d things cannot be indexed", number) % {"n": number}
            )
        if result.outdated:
            said.append(_("was made by a former version and must be rebuilt"))
        separator = pgettext("between parts of a sentence", "; ")
        lines.append(_("%(engine)s: %(said)s.") % {"engine": engine_label(result.engine), "said": separator.join(said)})
    return Words(_("The nightly check of the search index found something to be done"), "\n".join(lines))
