"""Writes of the log of questions: asked, opened, dropped; and what many found."""

import datetime
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import DatabaseError, transaction
from django.db.models import Count, F, Min, QuerySet
from django.utils import timezone

from search.finding import Finding
from search.learning.models import AskedQuestion, Click
from search.learning.rules import key_of, masked, pseudonym

logger = logging.getLogger(__name__)

AT_ONCE = 1000
"""Rows that are dropped in one transaction, so that nobody waits for it."""

CLICKABLE = datetime.timedelta(days=1)
"""How long a page of results may stand open before what is opened from it counts no more."""

_signer = signing.TimestampSigner(salt="search.learning.click")


@dataclass(frozen=True)
class Opened:
    """What a click says: which question, which result, and where it stood."""

    question: int
    position: int
    object_id: str


class BadClickError(Exception):
    """A click that no page of results has offered, or one that is too old."""


def note_question(
    *,
    text: str,
    finding: Finding,
    who: str,
    is_signed_in: bool,
    is_filtered: bool,
    is_corrected: bool = False,
    now: datetime.datetime | None = None,
) -> AskedQuestion | None:
    """Write down a question; None where that fails: the answer matters more than the log.

    `who` is anything that stays the same for one asker for a day; only its pseudonym is written.
    """
    now = now or timezone.now()
    day = timezone.localdate(now)
    try:
        with transaction.atomic():
            return AskedQuestion.objects.create(
                text=masked(text),
                key=key_of(text),
                total=finding.results.total,
                engine=finding.engine,
                is_fallback=finding.is_fallback,
                is_filtered=is_filtered,
                is_corrected=is_corrected,
                is_signed_in=is_signed_in,
                asker=pseudonym(who=who, day=day, secret=settings.SECRET_KEY),
                asked_at=now,
            )
    except DatabaseError:
        logger.warning("A question could not be written to the log", exc_info=True)
        return None


def click_token(opened: Opened) -> str:
    """What a link carries so that opening it can be counted: readable, and not to be forged."""
    return _signer.sign(f"{opened.question}:{opened.position}:{opened.object_id}")


def read_token(token: str) -> Opened:
    """What a link carried; BadClickError where the portal did not write it, or not lately."""
    try:
        question, position, object_id = _signer.unsign(token, max_age=CLICKABLE).split(":", 2)
    except signing.BadSignature as error:
        raise BadClickError from error
    return Opened(int(question), int(position), object_id)


@transaction.atomic
def note_click(opened: Opened) -> bool:
    """Write down that a result was opened; False where that is known. BadClickError where the question is gone."""
    question = AskedQuestion.objects.filter(pk=opened.question)
    if question.select_for_update().first() is None:
        raise BadClickError
    _click, created = Click.objects.get_or_create(
        question_id=opened.question, object_id=opened.object_id, defaults={"position": opened.position}
    )
    if created:
        question.update(clicks=F("clicks") + 1, positions=F("positions") + opened.position)
    return created


def drop_old(now: datetime.datetime | None = None) -> Iterator[int]:
    """Delete what is older than `PORTAL_SEARCH_LOG_DAYS`; gives after each step how many questions went."""
    before = (now or timezone.now()) - datetime.timedelta(days=settings.PORTAL_SEARCH_LOG_DAYS)
    while True:
        with transaction.atomic():
            old = list(AskedQuestion.objects.filter(asked_at__lt=before).values_list("pk", flat=True)[:AT_ONCE])
            Click.objects.filter(question__in=old).delete()
            AskedQuestion.objects.filter(pk__in=old).delete()
        if not old:
            return
        yield len(old)


def successful() -> QuerySet[Click, Any]:
    """Questions after which two people or more opened something, with what they opened; none that were misspelt.

    One row for each question and result: `key` (the folded question), `text`, `object_id`, `opened` (how often). Who
    may see the result is not asked here: whoever shows the question trims it by `object_id`.
    """
    return (
        Click.objects.filter(question__key__in=AskedQuestion.objects.shared(), question__is_corrected=False)
        .values("object_id", key=F("question__key"))
        .annotate(text=Min("question__text"), opened=Count("pk"))
        .order_by("key", "-opened", "object_id")
    )
