"""Working a preview out: claim, ask question by question, write down. Questions find what their owner may find.

It begins in the request that asks for it. What is not ready within `PATIENCE`, and every longer list, goes on in a
worker from where it stopped. A worker that dies leaves its claim, which another takes over once it has run out.
"""

import datetime
import logging
import time
import uuid
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from portal.accounts.models import User
from portal.units.access import access_for
from search.engines.base import EngineUnavailableError
from search.engines.registry import engine, engine_names
from search.finding import breaker
from search.judging.models import JudgementList
from search.judging.reading import questions_of
from search.outbox import withheld
from search.previewing.asking import Asking, Work
from search.previewing.enums import PreviewState
from search.previewing.models import Preview
from search.tuning.reading import standing
from search.tuning.rules import Tuning, digest

logger = logging.getLogger(__name__)

QUICK = 200
"""Questions that are asked while one waits."""
PATIENCE = 5.0
"""Seconds that one waits at most; then a worker goes on."""
LEASE = datetime.timedelta(minutes=2)
GRACE = datetime.timedelta(minutes=2)
TOLD_EVERY = 0.5
MOST_ATTEMPTS = 5
KEPT = datetime.timedelta(days=7)
KEPT_EACH = 10
"""Previews that are kept for one person."""
MOST_QUEUED_AT_ONCE = 20


class LostError(Exception):
    """Somebody else has the preview, or nobody wants it any more."""


def ask(*, user: User, judgements: JudgementList) -> Preview:
    """Preview the draft as it stands on a list; worked out at once where that is quick, else by a worker."""
    made = _asked(user, judgements)
    if made.total <= QUICK:
        until = time.monotonic() + PATIENCE
        run(made.pk, is_spent=lambda: time.monotonic() > until)
        made.refresh_from_db()
    return made


def run(pk: int, *, is_spent: Callable[[], bool] = lambda: False) -> PreviewState | None:
    """Work a preview out; None where there is nothing to do (any more). What is left once time is spent is handed over.

    Where no engine answers, it has failed: whoever asked sees that and asks again.
    """
    preview = _claim(pk)
    if preview is None:
        return None
    try:
        state = _run(preview, is_spent)
    except LostError:
        return None
    except EngineUnavailableError as error:
        logger.warning("Preview %s: %s", pk, error)
        state = _fail(preview, for_good=True)
    except Exception:
        logger.exception("Preview %s failed", pk)
        state = _fail(preview)
    return state


def look_after(now: datetime.datetime | None = None) -> int:
    """Queue what waits without a task, and drop what is old; gives how many were queued."""
    from search.previewing.tasks import work_out

    now = now or timezone.now()
    with transaction.atomic():
        rows = Preview.objects.to_be_queued(now).order_by("not_before", "pk").select_for_update()
        numbers = list(rows.values_list("pk", flat=True)[:MOST_QUEUED_AT_ONCE])
        Preview.objects.filter(pk__in=numbers).update(not_before=now + GRACE)
        for pk in numbers:
            work_out.enqueue(pk)
    Preview.objects.ended().filter(asked_at__lt=now - KEPT).delete()
    return len(numbers)


@transaction.atomic
def _asked(user: User, judgements: JudgementList) -> Preview:
    from search.previewing.tasks import work_out

    live, coming = standing()
    made = Preview.objects.create(
        owner=user,
        judgements=judgements,
        live=live,
        draft=coming,
        seen=digest(live, coming),
        total=len(questions_of(judgements)),
        not_before=timezone.now() + GRACE,
    )
    mine = Preview.objects.filter(owner=user)
    kept = list(mine.order_by("-asked_at", "-pk").values_list("pk", flat=True)[:KEPT_EACH])
    mine.exclude(pk__in=kept).delete()
    if made.total > QUICK:
        work_out.enqueue(made.pk)
    return made


def _claim(pk: int) -> Preview | None:
    """Take the preview: of two who try, one gets it."""
    now, claim = timezone.now(), uuid.uuid4()
    taken = Preview.objects.to_be_taken(now).filter(pk=pk)
    until = now + LEASE
    if not taken.update(
        state=PreviewState.RUNNING, claim=claim, lease_until=until, not_before=until, attempts=F("attempts") + 1
    ):
        return None
    preview: Preview | None = Preview.objects.select_related("owner", "judgements").filter(pk=pk, claim=claim).first()
    if preview is not None and preview.attempts > MOST_ATTEMPTS:
        _fail(preview, for_good=True)
        return None
    return preview


def _run(preview: Preview, is_spent: Callable[[], bool]) -> PreviewState:
    """Ask the first engine that answers; both sides of every question are that engine's."""
    work = Work.of(questions_of(preview.judgements))
    last: EngineUnavailableError | None = None
    for name in engine_names():
        if not breaker(name).allows():
            continue
        try:
            state = _ask_all(preview, _asking(preview, name), work, is_spent)
        except EngineUnavailableError as error:
            breaker(name).failed()
            last = error
        else:
            breaker(name).succeeded()
            return state
    raise last or EngineUnavailableError("No search engine answers.")


def _asking(preview: Preview, name: str) -> Asking:
    """What was asked already counts, where the same engine answered it."""
    goes_on = preview.engine == name
    return Asking(
        engine=engine(name),
        tokens=access_for(preview.owner).tokens(),
        live=Tuning.of(preview.live),
        draft=Tuning.of(preview.draft),
        withheld=withheld(name),
        questions=list(preview.outcome.get("questions", ())) if goes_on else [],
        things=dict(preview.outcome.get("things", {})) if goes_on else {},
    )


def _ask_all(preview: Preview, asking: Asking, work: Work, is_spent: Callable[[], bool]) -> PreviewState:
    told, total = time.monotonic(), len(work.questions)
    _tell(preview, done=len(asking.questions), total=total)
    known = {row["question"] for row in asking.questions}
    for question in work.questions:
        if question.text in known:
            continue
        if is_spent():
            return _hand_over(preview, asking)
        asking.take(question, work.names)
        if time.monotonic() - told >= TOLD_EVERY:
            _tell(preview, done=len(asking.questions))
            told = time.monotonic()
    outcome = {"questions": asking.questions, "things": asking.things, "missing": work.missing}
    ended = {"state": PreviewState.DONE, "engine": asking.engine.name, "outcome": outcome, "claim": None}
    _tell(preview, done=total, **ended)
    return PreviewState.DONE


@transaction.atomic
def _hand_over(preview: Preview, asking: Asking) -> PreviewState:
    """Leave the rest to a worker."""
    from search.previewing.tasks import work_out

    _tell(
        preview,
        state=PreviewState.QUEUED,
        engine=asking.engine.name,
        outcome={"questions": asking.questions, "things": asking.things},
        claim=None,
        attempts=0,
    )
    work_out.enqueue(preview.pk)
    return PreviewState.QUEUED


def _tell(preview: Preview, **values: Any) -> None:
    """Write down how far it is, for whoever holds the claim."""
    now = timezone.now()
    mine = Preview.objects.filter(pk=preview.pk, claim=preview.claim, state=PreviewState.RUNNING)
    if not mine.update(lease_until=now + LEASE, not_before=now + LEASE, **values):
        raise LostError


def _fail(preview: Preview, *, for_good: bool = False) -> PreviewState:
    """Note the failure; another attempt follows after a pause, unless there were enough."""
    over = for_good or preview.attempts >= MOST_ATTEMPTS
    state = PreviewState.FAILED if over else PreviewState.QUEUED
    mine = Preview.objects.filter(pk=preview.pk, claim=preview.claim, state=PreviewState.RUNNING)
    mine.update(state=state, claim=None, lease_until=None, not_before=timezone.now() + GRACE)
    return state
