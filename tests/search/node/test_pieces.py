"""An index that was made anew is put together in one piece, unless that would be too large ever to be tidied up."""

from collections.abc import Iterator

import pytest
from elasticsearch import Elasticsearch

from search.engines.elasticsearch import ElasticsearchEngine
from search.node import LocalNode
from tests.search.contract.library import document

WRITTEN = 4


@pytest.fixture
def engine(elasticsearch_node: LocalNode, index_name: str) -> Iterator[ElasticsearchEngine]:
    """An engine without an index yet."""
    made = ElasticsearchEngine(elasticsearch_node.url, index_name)
    yield made
    made.close()


def pieces_after_rebuild(engine: ElasticsearchEngine, client: Elasticsearch) -> int:
    """In how many pieces an index lies that was written in several goes and put in use."""
    rebuild = engine.begin_rebuild()
    for number in range(WRITTEN):
        rebuild.load([document(f"policy:{number}", title=f"救助管理办法{number}")])
        client.indices.refresh(index=rebuild.target)
    rebuild.switch()
    client.tasks.list(actions="*forcemerge*", wait_for_completion=True)
    client.indices.refresh(index=engine.alias)
    assert engine.count() == WRITTEN
    (index,) = client.indices.segments(index=engine.alias)["indices"].values()
    return len(index["shards"]["0"][0]["segments"])


def test_it_is_put_together(engine: ElasticsearchEngine, elasticsearch_client: Elasticsearch) -> None:
    assert pieces_after_rebuild(engine, elasticsearch_client) == 1


def test_a_large_one_is_left_in_pieces(
    engine: ElasticsearchEngine, elasticsearch_client: Elasticsearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.engines.elasticsearch.engine.LARGEST_PIECE", 100)
    assert pieces_after_rebuild(engine, elasticsearch_client) > 1
