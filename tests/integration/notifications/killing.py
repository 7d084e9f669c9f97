"""Runs the worker's rounds of reminding and delivering, each in a process of its own that is killed (SIGKILL).

``python -m tests.integration.notifications.killing FOLDER`` reminds on the database of the environment; mails become
files in the folder. Each round is killed at another step; the last ones run through. Prints what is there in the end.
"""

import datetime
import importlib
import json
import os
import signal
import sys
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

POINTS = [
    (module, name, after)
    for module, names in {
        "forms.collection.reminders.services": ("_people_of", "notify", "_tell", "_note", "remind"),
        "portal.notifications.services": ("_deliveries", "_queue"),
        "portal.notifications.delivering": ("_claim", "channel_named", "_close"),
        "portal.notifications.channels.email": ("_message", "_close"),
    }.items()
    for name in names
    for after in (False, True)
]


def killing(original: Callable[..., Any], *, after: bool) -> Callable[..., Any]:
    """The function, with the process killed before or after it."""

    def killed(*args: Any, **kwargs: Any) -> None:
        if after:
            original(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)

    return killed


def in_a_process_of_its_own(work: Callable[[], object]) -> int:
    """Do the work in a fork; gives the signal that ended it, 0 for none."""
    from django.db import connections

    connections.close_all()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)  # nothing of the parent's is to be ended twice
    status = os.waitpid(child, 0)[1]
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise SystemExit("a round failed by itself")
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


def worker_round(now: datetime.datetime) -> None:
    """What the worker does again and again."""
    from forms.collection.reminders.services import remind_all
    from portal.notifications.delivering import deliver, queue_again, settle_abandoned
    from portal.notifications.models import Delivery

    remind_all(now)
    settle_abandoned(now)
    queue_again(now)
    for number in list(Delivery.objects.waiting().order_by("pk").values_list("pk", flat=True)):
        deliver(pk=number, now=now)


def main(folder: Path) -> None:
    """Kill every round, then let two run through, and count."""
    import django

    django.setup()
    from django.conf import settings

    from forms.collection.reminders.models import Reminder
    from portal.notifications.models import Delivery, Notification
    from tests.factories.reminders import at

    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(folder)
    now, killed = at("2026-08-24T09:00"), 0
    for module, name, after in POINTS:
        place = importlib.import_module(module)
        original = getattr(place, name)
        setattr(place, name, killing(original, after=after))
        killed += in_a_process_of_its_own(partial(worker_round, now)) == signal.SIGKILL
        setattr(place, name, original)
        now += datetime.timedelta(minutes=11)
    for _ in range(2):
        in_a_process_of_its_own(partial(worker_round, now))
        now += datetime.timedelta(minutes=11)
    text = "\n".join(path.read_text(encoding="utf-8") for path in folder.iterdir())
    mails = Counter(line for line in text.splitlines() if line.startswith("To: "))
    states = Counter(Delivery.objects.filter(channel="email").values_list("state", flat=True))
    told = Counter(Notification.objects.values_list("recipient__username", flat=True))
    counted = {"killed": killed, "mails": mails, "states": states, "told": told, "reminders": Reminder.objects.count()}
    sys.stdout.write(json.dumps(counted))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
