"""Periodic work: much of one kind does not keep the others waiting, and a fault ends one job only."""

from collections.abc import Iterator

import pytest
import time_machine

from forms.collection.reminders import schedule as reminding
from forms.collection.reminders import services
from forms.collection.reminders.models import Reminder
from portal.ops import schedule
from portal.ops.schedule import every
from portal.ops.worker import PeriodicRunner
from tests.factories.reminders import OPENS, owing

pytestmark = pytest.mark.django_db(transaction=True)  # each step begins with a connection that is still good
SELDOM = 3600


@pytest.fixture(autouse=True)
def _no_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "_registered", {})


def test_between_the_batches_of_a_burst_of_reminders_other_jobs_have_their_turn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(services, "BATCH", 2)
    for _ in range(5):
        owing()
    seen: list[int] = []
    every(seconds=SELDOM, name="a.reminders")(reminding.send_reminders)
    every(seconds=0, name="b.other")(lambda: seen.append(Reminder.objects.count()))
    runner = PeriodicRunner()
    with time_machine.travel(OPENS, tick=False):
        while runner.turn():
            continue
    assert seen == [2, 4, 5, 5]


def test_the_batch_command_takes_all_steps() -> None:
    owing()
    every(seconds=SELDOM, name="reminders")(reminding.send_reminders)
    with time_machine.travel(OPENS, tick=False):
        PeriodicRunner().run_once()
    assert Reminder.objects.count() == 1


def test_a_step_that_fails_ends_its_job_until_the_next_time_and_no_other(caplog: pytest.LogCaptureFixture) -> None:
    done: list[str] = []

    def failing() -> Iterator[None]:
        done.append("first")
        yield
        raise OSError("gone")

    every(seconds=SELDOM, name="a.failing")(failing)
    every(seconds=0, name="b.other")(lambda: done.append("other"))
    runner = PeriodicRunner()
    assert [runner.turn() for _ in range(3)] == [True, False, False]
    assert done == ["first", "other", "other", "other"]
    assert "a.failing" in caplog.text


def test_a_job_that_has_ended_waits_for_its_time() -> None:
    done: list[str] = []
    every(seconds=SELDOM, name="seldom")(lambda: done.append("x"))
    runner = PeriodicRunner()
    for _ in range(3):
        assert not runner.turn()
    assert done == ["x"]
