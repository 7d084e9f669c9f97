"""The index is put away by the cluster's own snapshots and taken back; what has changed since is mended."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch
from pytest_django.fixtures import Settings

from search.draining import drain
from search.engines.registry import engine
from search.finding import breaker
from search.models import EngineFeed, OutboxEntry
from search.node import LocalNode
from tests.factories.home import PolicyPageFactory
from tests.integration.search.asking import found, settle, waiting
from tests.integration.search.drifting import told

pytestmark = pytest.mark.django_db

REPOSITORY, ALIAS = "portal", "portal-documents"


@pytest.fixture
def client(settings: Settings, tmp_path: Path) -> Iterator[Elasticsearch]:
    """Of a node that the portal searches with and that has a folder for snapshots, as the handbook says."""
    settings.PORTAL_SEARCH_EMBEDDED_PATH = tmp_path / "search.sqlite3"
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PORTAL_SEARCH_ENGINE = "elasticsearch"
    breaker.cache_clear()
    with LocalNode(heap="256m", settings={"path.repo": str(tmp_path / "snapshots")}) as node:
        settings.PORTAL_ELASTICSEARCH_URL = node.url
        with Elasticsearch(node.url, request_timeout=60) as found_client:
            found_client.snapshot.create_repository(
                name=REPOSITORY, repository={"type": "fs", "settings": {"location": "portal"}}
            )
            yield found_client


def _restore(client: Elasticsearch) -> None:
    client.snapshot.restore(
        repository=REPOSITORY,
        snapshot="first",
        indices=f"{ALIAS}-*",
        include_global_state=False,
        wait_for_completion=True,
    )


def test_an_index_taken_back_from_a_snapshot_is_mended(
    client: Elasticsearch, capsys: pytest.CaptureFixture[str]
) -> None:
    withdrawn = PolicyPageFactory(title="快照之后撤下的办法")
    PolicyPageFactory(title="一直都在的办法")
    settle()
    client.snapshot.create(
        repository=REPOSITORY,
        snapshot="first",
        indices=f"{ALIAS}-*",
        include_global_state=False,
        wait_for_completion=True,
    )
    PolicyPageFactory(title="快照之后发布的办法")
    withdrawn.unpublish()
    settle()

    client.indices.delete(index=",".join(client.indices.get_alias(name=ALIAS)))
    _restore(client)
    result = told(capsys, "--engine", "elasticsearch", right=True)
    assert (result["missing"], result["extra"], result["repaired"], result["documents"]) == (1, 1, 2, 2)
    assert set(found("办法")) == {"一直都在的办法", "快照之后发布的办法"}

    # Taken back beside an index that the worker has made meanwhile: told, and nothing is set aside for it.
    client.indices.delete(index=",".join(client.indices.get_alias(name=ALIAS)))
    settle()
    (made,) = client.indices.get_alias(name=ALIAS)
    _restore(client)
    PolicyPageFactory(title="两个索引之时发布的办法")
    drain()
    assert "several indexes" in engine("elasticsearch").health().fault
    assert OutboxEntry.objects.filter(destination="elasticsearch", attempts=0, set_aside=False).exists()
    client.indices.delete(index=made)
    EngineFeed.objects.update(retry_at=None)
    told(capsys, "--engine", "elasticsearch", right=True)
    assert waiting() == 0
    assert set(found("办法")) == {"一直都在的办法", "快照之后发布的办法", "两个索引之时发布的办法"}
