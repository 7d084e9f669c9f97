"""Runs a worker's rounds of exporting, each killed (SIGKILL) before another step of it.

``python -m tests.integration.forms.exchange.exports.killing`` works on the database and the data folder of the
environment. For every step somebody asks for an export. Prints what is there in the end.
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
    from forms.exchange.exports.models import Export
    from forms.exchange.exports.running import look_after, run

    look_after(now)
    for number in list(Export.objects.to_be_taken(now).order_by("pk").values_list("pk", flat=True)):
        run(number, now=now)


def main() -> None:
    """Kill every round, then let two run through later, and count."""
    django.setup()
    from django.utils import timezone

    from forms.collection.enums import ReportState
    from forms.exchange.exports import running
    from forms.exchange.exports.files import FOLDER, storage
    from forms.exchange.exports.models import Export
    from portal.audit.models import AuditEvent
    from portal.notifications.models import Notification
    from tests.factories.exports import FLAT, asked, collected

    found = collected(ReportState.ACCEPTED, schema=FLAT)
    now = timezone.now() + datetime.timedelta(minutes=1)

    def prepared() -> partial[None]:
        asked(found.coordinator, found.requirement)  # somebody else each time: nobody may have many at once
        return partial(worker_round, now)

    steps, killed = killed_at_every_step(prepared)
    for later in (1, 2):
        worker_round(now + later * 3 * running.LEASE)
    folder = Path(storage().path(FOLDER))
    named = {Path(name).name for name in Export.objects.values_list("file", flat=True)}
    left = sum(path.name not in named for path in folder.iterdir())
    running.ORPHANS_AFTER = datetime.timedelta(0)
    running.look_after(now)
    counted = {
        "steps": steps,
        "killed": killed,
        "states": Counter(Export.objects.values_list("state", flat=True)),
        "lines": Counter(len((folder / name).read_text("utf-8").splitlines()) for name in named),
        "left": left,
        "left_after_sweeping": sum(path.name not in named for path in folder.iterdir()),
        "finished": AuditEvent.objects.filter(summary="export.finished").count(),
        "told": Counter(Notification.objects.filter(key__startswith="export:").values_list("key", flat=True)),
    }
    sys.stdout.write(json.dumps(counted))


if __name__ == "__main__":
    main()
