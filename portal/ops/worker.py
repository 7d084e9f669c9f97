"""The worker: tasks of django-tasks-db in the main thread, long ones in a second, periodic work in a third.

A second process would keep the three apart as well, and cost what Django and Wagtail take before they do anything
(some 150 MiB); a thread costs its stack and what its task holds.
"""

import logging
import threading
import time
import uuid
from collections.abc import Generator, Sequence

from django.core.management import call_command
from django.db import close_old_connections, connections
from django_tasks_db.management.commands.db_worker import Worker

from portal.ops.queues import ALL, DEFAULT, LONG
from portal.ops.schedule import Periodic, every, registered

logger = logging.getLogger(__name__)


@every(seconds=30, name="wagtail.publish_scheduled")
def publish_scheduled() -> None:
    """Publish and expire pages whose time has come (Wagtail's own command)."""
    call_command("publish_scheduled", verbosity=0)


@every(seconds=3600, name="sessions.clear")
def clear_sessions() -> None:
    """Remove expired sessions."""
    call_command("clearsessions", verbosity=0)


def run_tasks(*, batch: bool, interval: float) -> None:
    """Run queued tasks until every queue is empty (`batch`), or short ones until the process is told to stop.

    django-tasks-db's worker is used as it is; in batch mode its signal handling is left out.
    """
    worker = _worker(ALL if batch else (DEFAULT,), batch=batch, interval=interval)
    if not batch:
        worker.configure_signals()
    worker.run()


def _worker(queues: Sequence[str], *, batch: bool, interval: float) -> Worker:
    return Worker(
        queue_names=list(queues),
        interval=interval,
        batch=batch,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=uuid.uuid4().hex,
        excluded_queue_names=[],
    )


class LongRunner:
    """Runs the tasks that take minutes, one after the other, in a thread of its own.

    A database that is away for a while ends no thread: the queue is looked at again.
    """

    def __init__(self, *, interval: float) -> None:
        self._interval = interval
        self._stop = threading.Event()
        self._worker = _worker((LONG,), batch=False, interval=interval)
        self._thread = threading.Thread(target=self._loop, name="long tasks", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self, *, seconds: float = 5) -> None:
        """Begin nothing new and wait so long for the task that is running.

        What is not finished by then is broken off; rooms whose tasks run here know how to begin anew.
        """
        self._stop.set()
        self._worker.running = False
        self._thread.join(timeout=seconds)

    def _loop(self) -> None:
        while not self._stop.is_set():
            try:
                self._worker.run()
            except Exception:
                logger.exception("The queue of long tasks could not be read")
                self._stop.wait(max(self._interval, 1))
        connections.close_all()


class PeriodicRunner:
    """Runs each registered function again and again; one that fails is logged and tried at its next turn.

    A generator is taken a step at a time, so that much of one kind of work does not keep the others waiting.
    """

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._loop, name="periodic", daemon=True)
        self._due: dict[str, float] = {}
        self._begun: dict[str, Generator[object]] = {}

    def start(self) -> None:
        """Begin in a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """End after the step that is running, at most some seconds later."""
        self._stop.set()
        self._thread.join(timeout=10)

    def run_once(self) -> None:
        """Run every job once and to its end, here and now."""
        for job in registered():
            while not self._step(job):
                continue

    def turn(self) -> bool:
        """A step of every job that is begun or due; gives whether one has not come to its end."""
        for job in registered():
            if self._stop.is_set():
                break
            if job.name in self._begun or time.monotonic() >= self._due.get(job.name, 0.0):
                self._step(job)
        return bool(self._begun)

    def _loop(self) -> None:
        while not self._stop.is_set():
            if not self.turn():
                self._stop.wait(0.5)
        connections.close_all()

    def _step(self, job: Periodic) -> bool:
        """Begin the job, or go on with it; gives whether it has come to its end."""
        close_old_connections()
        is_over = True
        try:
            steps = self._begun.pop(job.name, None) or job.run()
            if isinstance(steps, Generator):
                for _done in steps:
                    self._begun[job.name], is_over = steps, False
                    break
        except Exception:
            logger.exception("Periodic job %s failed", job.name)
        if is_over:
            self._due[job.name] = time.monotonic() + job.seconds
        return is_over
