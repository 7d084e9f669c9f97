"""Runs the worker's rounds of reminding and delivering, each killed (SIGKILL) before another step of it.

``python -m tests.integration.notifications.killing FOLDER`` works on the database of the environment; mails become
files in the folder. For every step somebody owes a report of their own. Prints what is there in the end.
"""

import datetime
import json
import sys
from collections import Counter
from functools import partial
from pathlib import Path

import django

from tests.killing import killed_at_every_step


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
    """Kill every round, then let two run through later, and count."""
    django.setup()
    from django.conf import settings

    from forms.collection.enums import RequirementState
    from forms.collection.models import ExpectedReport, Requirement
    from portal.notifications.models import Delivery, Notification
    from tests.factories.reminders import at, owing

    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(folder)
    now = at("2026-08-24T09:00")

    def prepared() -> partial[None]:
        Requirement.objects.update(state=RequirementState.CLOSED)  # a round is about one report
        owing()
        return partial(worker_round, now)

    steps, killed = killed_at_every_step(prepared)
    Requirement.objects.update(state=RequirementState.OPEN)
    for later in (11, 22):
        worker_round(now + datetime.timedelta(minutes=later))
    text = "\n".join(path.read_text(encoding="utf-8") for path in folder.iterdir())
    counted = {
        "steps": steps,
        "killed": killed,
        "reports": ExpectedReport.objects.count(),
        "mails": Counter(line for line in text.splitlines() if line.startswith("To: ")),
        "states": Counter(Delivery.objects.filter(channel="email").values_list("state", flat=True)),
        "told": Counter(Notification.objects.values_list("recipient__username", flat=True)),
    }
    sys.stdout.write(json.dumps(counted))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
