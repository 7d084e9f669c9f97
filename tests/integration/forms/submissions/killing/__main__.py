"""See the package."""

import datetime
import importlib
import json
import sys
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

import django

from tests.killing import killed_before, steps_of
from tests.killing.receiver import received, receiver
from tests.services.kept import PORTAL_TIME


def main(folder: Path, wanted: list[str]) -> None:
    """Kill, do once more, let the worker run, look."""
    django.setup()
    from django.conf import settings
    from django.core.files.storage import storages

    from portal.media.extraction.result import Extraction
    from tests.integration.forms.submissions.killing.requests import REQUESTS
    from tests.integration.forms.submissions.killing.rounds import ROUNDS
    from tests.integration.forms.submissions.killing.world import world

    settings.PORTAL_HOOK_HOSTS = ["127.0.0.1"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(settings.DATA_DIR / "mails")
    # Elsewhere files are read in a process of its own, which takes its time.
    texts: Any = importlib.import_module("portal.media.texts")
    texts.extract_text = lambda file, name: Extraction([file.read().decode()])
    for name in (f"{place}/{number:02x}" for place in ("reports", "uploads") for number in range(256)):
        Path(storages["private"].path(name)).mkdir(parents=True)  # once there, a file in it takes a step less
    with receiver(folder / "received") as address:
        made = world(folder, address)
        chosen = {name: one for name, one in (ROUNDS | REQUESTS).items() if not wanted or name in wanted}
        done = {name: killed_everywhere(made, scenario) for name, scenario in chosen.items()}
        let_the_worker_run()
        heard = Counter(one["key"] for one in received(folder / "received") if one["key"] == one["id"])
    sys.stdout.write(json.dumps({name: told(one, heard) for name, one in done.items()}))


def killed_everywhere(made: Any, scenario: Any) -> dict[str, Any]:
    """A scenario once for each of its steps, and once with death after the last."""
    from django.db import transaction

    from tests.integration.forms.submissions.killing.world import prepared
    from tests.integration.forms.submissions.soundness import faults_of

    scenario.act(prepared(made, scenario))  # whatever is made once only has been made then
    steps = steps_of(partial(scenario.act, prepared(made, scenario)))
    found: dict[str, Any] = {"steps": steps, "killed": 0, "said": Counter(), "faults": Counter(), "cases": []}
    for number in range(1, steps + 2):
        with transaction.atomic():
            case = prepared(made, scenario)
        found["killed"] += killed_before(number, partial(scenario.act, case))
        found["faults"].update(faults_of(case.number))
        found["said"].update([scenario.act(case)])
        scenario.after(case)
        found["cases"].append(case)
    return found


def let_the_worker_run() -> None:
    """What waits, then what is looked after later: leases that have run out, files that nobody refers to.

    Later is at night, whenever the tests are run: reminders, which are another matter, wait for working time.
    """
    import time_machine

    from portal.ops.worker import PeriodicRunner
    from tests.integration.forms.submissions.killing.rounds import let_all_run
    from tests.integration.queue import run_queued

    let_all_run()
    run_queued()
    now = datetime.datetime.now(tz=PORTAL_TIME)
    night = now.replace(hour=20, minute=0) if now.hour < 20 else now
    for later in (datetime.timedelta(0), datetime.timedelta(hours=2), datetime.timedelta(days=9)):
        with time_machine.travel(night + later, tick=True):
            PeriodicRunner().run_once()
            run_queued()


def told(found: dict[str, Any], heard: Counter[str]) -> dict[str, Any]:
    """The same with the ends that the cases came to, and how many came to each."""
    from tests.integration.forms.submissions.killing.facts import (
        documents_found,
        facts_of,
        files_of_nobody,
        mails_sent,
        unfinished_tasks,
    )

    mails, documents = mails_sent(), documents_found()
    ends = Counter(
        json.dumps(facts_of(case, mails, heard, documents), ensure_ascii=False, sort_keys=True)
        for case in found.pop("cases")
    )
    return found | {
        "ends": [[json.loads(end), count] for end, count in ends.items()],
        "unfinished": unfinished_tasks(),
        "loose": files_of_nobody(),
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
