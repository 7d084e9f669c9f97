"""A cluster of two nodes: one is killed, searching and writing go on, it comes back. How the index lies on them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from elasticsearch import Elasticsearch
from pytest_django.fixtures import Settings

from search.checking import check
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch.nodes import addresses
from search.finding import breaker
from search.models import OutboxEntry
from search.node import LocalNode
from search.rebuilding import rebuild
from tests.factories.home import PolicyPageFactory
from tests.integration.search.asking import found, settle
from tests.search.contract.library import document

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_nodes(settings: Settings, tmp_path: Path) -> Iterator[tuple[LocalNode, LocalNode]]:
    """Two running nodes that the portal searches with; the second may be lost."""
    settings.PORTAL_SEARCH_EMBEDDED_PATH = tmp_path / "search.sqlite3"
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PORTAL_SEARCH_ENGINE = "elasticsearch"
    settings.PORTAL_ELASTICSEARCH_REPLICAS = 1
    breaker.cache_clear()
    with LocalNode(alone=False, heap="256m") as first, LocalNode(joins=first, heap="256m") as second:
        # The one that is lost is named first, so that asking it alone would be noticed.
        settings.PORTAL_ELASTICSEARCH_URL = f"{second.url}, {first.url}"
        yield first, second


def _status(client: Elasticsearch, *, nodes: int, status: str) -> str:
    """The health of the cluster once it has so many nodes and is at least so well, or after a minute."""
    return str(client.cluster.health(wait_for_nodes=str(nodes), wait_for_status=status, timeout="60s")["status"])


def test_one_of_two_nodes_is_killed_and_comes_back(two_nodes: tuple[LocalNode, LocalNode]) -> None:
    first, second = two_nodes
    with Elasticsearch(first.url, request_timeout=70) as client:
        PolicyPageFactory(title="停机之前发布的办法")
        settle()
        assert _status(client, nodes=2, status="green") == "green"

        second.kill()
        # Whoever asks in that very moment is answered too.
        assert "1 条结果" in Client().get("/search/", {"q": '"停机之前"'}).content.decode()
        assert _status(client, nodes=1, status="yellow") == "yellow"
        breaker.cache_clear()
        page = Client().get("/search/", {"q": '"停机之前"'}).content.decode()
        assert "1 条结果" in page
        assert "备用索引" not in page
        PolicyPageFactory(title="停机期间发布的办法")
        settle()
        assert not OutboxEntry.objects.exists()
        assert found('"停机期间"') == ["停机期间发布的办法"]
        assert rebuild("elasticsearch").documents == 2

        second.start()
        assert _status(client, nodes=2, status="green") == "green"
        assert found('"停机期间"') == ["停机期间发布的办法"]
        (checked,) = check(["elasticsearch"], repair=False)
        assert checked.is_right


def test_an_administrators_template_decides_what_the_portal_need_not(
    elasticsearch_node: LocalNode, elasticsearch_client: Elasticsearch, index_name: str
) -> None:
    elasticsearch_client.indices.put_index_template(
        name=f"{index_name}-own",
        index_patterns=[f"{index_name}-*"],
        priority=200,
        template={"settings": {"number_of_shards": 2, "refresh_interval": "7s"}},
    )
    engine = ElasticsearchEngine(elasticsearch_node.url, index_name, shards=3)
    new = engine.begin_rebuild()
    new.load([document()])
    new.switch()
    settings = elasticsearch_client.indices.get_settings(index=engine.alias)[new.target]["settings"]["index"]
    assert (settings["number_of_shards"], settings["refresh_interval"]) == ("2", "7s")
    assert (engine.health().fault, engine.health().outdated) == ("", False)
    engine.close()


def test_the_shape_of_a_new_index_is_what_the_settings_say(
    elasticsearch_node: LocalNode, elasticsearch_client: Elasticsearch, index_name: str
) -> None:
    engine = ElasticsearchEngine(
        elasticsearch_node.url, index_name, shards=3, replicas=1, more={"codec": "best_compression"}
    )
    engine.ensure()
    (index,) = elasticsearch_client.indices.get_settings(index=engine.alias).values()
    found_settings = index["settings"]["index"]
    assert found_settings["number_of_shards"] == "3"
    assert found_settings["number_of_replicas"] == "1"
    assert found_settings["codec"] == "best_compression"
    engine.close()


def test_addresses_are_told_apart_whatever_a_password_holds() -> None:
    assert addresses("http://a:1,2@one:9200, https://two:9200") == ["http://a:1,2@one:9200", "https://two:9200"]
