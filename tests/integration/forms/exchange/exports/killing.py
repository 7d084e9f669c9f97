"""Runs a worker's rounds of exporting, each in a process of its own that is killed (SIGKILL) at another step.

``python -m tests.integration.forms.exchange.exports.killing`` works on the database and the data folder of the
environment. Every round but the last ones is killed; prints what is there in the end.
"""

import datetime
import importlib
import json
import signal
import sys
from collections import Counter
from functools import partial
from pathlib import Path

from tests.integration.notifications.killing import in_a_process_of_its_own, killing

RUNNING = "forms.exchange.exports.running"
POINTS = [
    (module, name, after)
    for module, names in {
        RUNNING: ("_claim", "begun", "layout_of", "_progress", "writer_of", "_write", "_move", "record", "_finish"),
        "forms.exchange.exports.files": ("storage",),
        "forms.exchange.exports.rows": ("readable_rows",),
    }.items()
    for name in names
    for after in (False, True)
]


def worker_round(now: datetime.datetime) -> None:
    """What the worker does again and again."""
    from forms.exchange.exports.models import Export
    from forms.exchange.exports.running import look_after, run

    look_after(now)
    for number in list(Export.objects.to_be_taken(now).order_by("pk").values_list("pk", flat=True)):
        run(number, now=now)


def main() -> None:
    """Kill every round, then let two run through, and count."""
    import django

    django.setup()
    from django.utils import timezone

    from forms.exchange.exports import running
    from forms.exchange.exports.files import FOLDER, storage
    from forms.exchange.exports.models import Export
    from portal.audit.models import AuditEvent

    running.MOST_ATTEMPTS = 1000
    now, killed = timezone.now() + 2 * running.LEASE, 0
    for module, name, after in POINTS:
        place = importlib.import_module(module)
        original = getattr(place, name)
        setattr(place, name, killing(original, after=after))
        killed += in_a_process_of_its_own(partial(worker_round, now)) == signal.SIGKILL
        setattr(place, name, original)
        now += 3 * running.LEASE
    for _ in range(2):
        in_a_process_of_its_own(partial(worker_round, now))
        now += 3 * running.LEASE
    folder = Path(storage().path(FOLDER))
    named = {Path(name).name for name in Export.objects.values_list("file", flat=True)}
    whole = [len((folder / name).read_text("utf-8").splitlines()) for name in sorted(named)]
    left = sum(path.name not in named for path in folder.iterdir())
    running.ORPHANS_AFTER = datetime.timedelta(0)
    running.look_after(now)
    sys.stdout.write(
        json.dumps(
            {
                "killed": killed,
                "states": Counter(Export.objects.values_list("state", flat=True)),
                "lines": whole,
                "left": left,
                "left_after_sweeping": sum(path.name not in named for path in folder.iterdir()),
                "finished": AuditEvent.objects.filter(summary="export.finished").count(),
            }
        )
    )


if __name__ == "__main__":
    main()
