"""Tasks whose worker died while it ran them."""

import datetime

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from forms.collection.enums import ReportState
from forms.submissions.review.models import Examination
from portal.ops.abandoned import MOST_ATTEMPTS, TOO_LONG, hand_out_again
from tests.factories.submissions import report_in
from tests.integration.queue import run_queued

pytestmark = pytest.mark.django_db


def claimed(*, ago: datetime.timedelta, workers: int = 1) -> DBTaskResult:
    """The task that looks through a report that was sent, begun by workers that said nothing more."""
    report_in(ReportState.SUBMITTED)
    task = DBTaskResult.objects.get(task_path__endswith="examine")
    for number in range(workers):
        task.claim(f"worker {number}")
    DBTaskResult.objects.filter(pk=task.pk).update(started_at=timezone.now() - ago)
    return task


def test_what_a_dead_worker_had_begun_is_done_by_another() -> None:
    task = claimed(ago=TOO_LONG * 2)
    run_queued()
    assert not Examination.objects.exists()
    assert hand_out_again() == 1
    run_queued()
    assert Examination.objects.count() == 1
    task.refresh_from_db()
    assert task.status == "SUCCESSFUL"
    assert hand_out_again() == 0


def test_a_living_worker_keeps_its_task() -> None:
    task = claimed(ago=TOO_LONG / 2)
    assert hand_out_again() == 0
    task.refresh_from_db()
    assert task.status == "RUNNING"


def test_what_kills_every_worker_is_given_up() -> None:
    task = claimed(ago=TOO_LONG * 2, workers=MOST_ATTEMPTS)
    assert hand_out_again() == 0
    task.refresh_from_db()
    assert (task.status, task.finished_at is not None) == ("FAILED", True)
    run_queued()
    assert not Examination.objects.exists()
