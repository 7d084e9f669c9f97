"""Imports a law, killed (SIGKILL) before another step each time and begun again.

``python -m tests.integration.home.policies.killing FOLDER`` works on the database of the environment.
"""

import json
import sys
from collections import Counter
from functools import partial
from pathlib import Path

import django

from tests.killing import killed_at_every_step


def main(folder: Path) -> None:
    """Kill every import, begin it again, and count what is there."""
    django.setup()
    from home.policies.lawimport import LawsImported, import_laws
    from home.policies.models import PolicyIndexPage, PolicyPage
    from search.models import OutboxEntry
    from tests.factories.laws import law, written

    made = 0

    def prepared() -> partial[LawsImported]:
        nonlocal made
        made += 1
        return partial(import_laws, written(folder / f"{made}.jsonl", [law(f"K{made}", title=f"甲法{made}")]))

    steps, killed = killed_at_every_step(prepared)
    pages = PolicyPage.objects.filter(import_key__startswith="law:")
    library = PolicyIndexPage.objects.get()
    noted = Counter(OutboxEntry.objects.filter(source="policy").values_list("object_pk", flat=True).distinct())
    told = {
        "steps": steps,
        "killed": killed,
        "made": made,
        "pages": pages.count(),
        "different": pages.values("import_key").distinct().count(),
        "live": pages.filter(live=True).count(),
        "with issuer": pages.filter(issuers__isnull=False).distinct().count(),
        "noted": sum(str(pk) in noted for pk in pages.values_list("pk", flat=True)),
        "children": library.numchild == library.get_children().count(),
        "paths": pages.values("path").distinct().count(),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
