"""Rebuilds an index, killed (SIGKILL) before another step each time; something changes; then it is begun again.

``python -m tests.integration.search.rebuild_killing FOLDER EVERY [ADDRESS]`` works on the database of the environment:
on Elasticsearch at the address, else on the embedded index. Of so many steps it is killed before one.
"""

import json
import sys
from pathlib import Path

import django

from tests.killing import killed_before, steps_of


def main(folder: Path, every: int, address: str) -> None:
    """Kill every rebuild, change something, take it up, and see whether all is right then."""
    django.setup()
    from django.conf import settings

    from search import rebuilding
    from search.draining import drain
    from search.engines import registry
    from search.models import IndexRebuild, OutboxEntry
    from search.rebuilding import Rebuilt, rebuild
    from tests.factories.home import PolicyPageFactory
    from tests.integration.search.drifting import invented

    settings.PORTAL_SEARCH_EMBEDDED_PATH = folder / "search.sqlite3"
    settings.PORTAL_SEARCH_ENGINE = name = "elasticsearch" if address else "embedded"
    settings.PORTAL_ELASTICSEARCH_URL, settings.PORTAL_ELASTICSEARCH_PREFIX = address, "killed"
    rebuilding.BATCH = 2
    pages = [PolicyPageFactory(title=f"救助办法之{number}") for number in range(6)]
    drain()

    def work() -> Rebuilt:
        registry._elasticsearch.cache_clear()  # a connection that was inherited is the parent's
        return rebuild(name)

    def agrees() -> bool:
        """Whether the index holds every page as it is now, and nothing of a rebuild is left."""
        engine = registry.engine(name)
        should = {
            document.id: document.content_hash
            for each in rebuilding.sources()
            for document in each.documents([str(pk) for pk in each.all_pks()])
        }
        holds = {document.id: document.content_hash for document in engine.held()}
        return holds == should and not (OutboxEntry.objects.exists() or IndexRebuild.objects.exists())

    work()
    steps = steps_of(work)
    killed, resumed, taken_over, wrong = 0, 0, 0, []
    for step in range(1, steps + 2, every):
        registry.engine(name).replace([], [invented("policy:99999", "凭空的办法")])
        killed += killed_before(step, work)
        first, last = pages[0], pages[-1]
        for page in (first, last):
            page.title = f"{page.title[:6]}，第{step}次修改"
            page.save_revision().publish()
        if step % 2:  # by the worker, into the old index, or by nobody yet
            drain()
        result = work()
        resumed += result.resumed
        taken_over += result.taken_over
        drain()
        if not agrees():
            wrong.append(step)
    print(
        json.dumps(
            {"steps": steps, "killed": killed, "resumed": resumed, "taken_over": taken_over, "wrong": wrong}
            | {"left": _left_of(registry.engine(name), name)}
        )
    )


def _left_of(engine: object, name: str) -> int:
    """How many indexes there are beside the one in use."""
    from search.engines.elasticsearch import ElasticsearchEngine
    from search.engines.embedded import EmbeddedEngine

    if isinstance(engine, ElasticsearchEngine):
        return len(engine._unused())
    assert isinstance(engine, EmbeddedEngine)
    return len(engine.generations()) - 1


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), "".join(sys.argv[3:]))
