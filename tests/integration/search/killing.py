"""Checks an index that differs, killed (SIGKILL) before another step each time and begun again.

``python -m tests.integration.search.killing FOLDER`` works on the database of the environment.
"""

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import django

from tests.killing import killed_at_every_step


def main(folder: Path) -> None:
    """Kill every check, begin it again, and see whether all is right then."""
    django.setup()
    from django.conf import settings

    from search.checking import Checked, check
    from search.draining import drain
    from search.engines.embedded import EmbeddedEngine
    from search.models import OutboxEntry
    from tests.factories.home import PolicyPageFactory
    from tests.integration.search.drifting import invented

    settings.PORTAL_SEARCH_EMBEDDED_PATH = folder / "search.sqlite3"
    engine = EmbeddedEngine(folder / "search.sqlite3")
    pages = [PolicyPageFactory(title=f"救助办法之{number}") for number in range(2)]
    drain()
    results: list[Checked] = []

    def work() -> None:
        results.extend(check(["embedded"], repair=True))

    def prepared() -> Callable[[], None]:
        OutboxEntry.objects.all().delete()
        engine.replace([f"policy:{pages[0].pk}"], [])
        engine.replace([], [invented(f"policy:{pages[1].pk}", "从前的题目"), invented("policy:99999", "凭空的办法")])
        engine.replace([], [invented("gone:1", "无源的办法")])
        return work

    steps, killed = killed_at_every_step(prepared)
    told = {
        "steps": steps,
        "killed": killed,
        "checked": len(results),
        "wrong": [asdict(result) for result in results if not result.is_right or result.waiting],
        "held": sorted(one.id for one in engine.held()) == sorted(f"policy:{page.pk}" for page in pages),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
