"""Tasks whose worker died while it ran them: django-tasks-db leaves them running for ever.

A task must be safe to run twice, like periodic work: what it does follows from the database. So one that seems to run
for too long is handed out once more; where its worker is alive after all, it says in the end that it is done.
"""

import datetime
import logging

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from portal.ops.schedule import every

logger = logging.getLogger(__name__)

TOO_LONG = datetime.timedelta(minutes=15)
"""Only files that take minutes take longer, and those know by themselves whether somebody is writing them."""

MOST_ATTEMPTS = 5
"""What kills its worker every time must not do so for ever."""

MOST_AT_ONCE = 500


@every(seconds=60, name="ops.abandoned_tasks")
def hand_out_again(now: datetime.datetime | None = None) -> int:
    """Let tasks that a dead worker has left be run by another; gives how many."""
    now = now or timezone.now()
    left = DBTaskResult.objects.filter(status="RUNNING", started_at__lt=now - TOO_LONG).order_by("started_at")
    return sum(_hand_out(one, now) for one in left[:MOST_AT_ONCE])


def _hand_out(left: DBTaskResult, now: datetime.datetime) -> bool:
    """Hand out one, unless it has ended or another worker has it meanwhile; give it up after some attempts."""
    same = DBTaskResult.objects.filter(pk=left.pk, status="RUNNING", started_at=left.started_at)
    if len(left.worker_ids) < MOST_ATTEMPTS:
        return bool(same.update(status="READY"))
    if same.update(status="FAILED", finished_at=now, traceback="Interrupted while running"):
        logger.error("Task %s (%s) is given up: %d workers died of it", left.task_path, left.pk, MOST_ATTEMPTS)
    return False
