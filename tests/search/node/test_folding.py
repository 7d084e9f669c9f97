"""Elasticsearch folds characters as the portal does where it folds by itself."""

from collections.abc import Iterator

import pytest
from elasticsearch import Elasticsearch

from search.engines.elasticsearch import ElasticsearchEngine
from search.node import LocalNode
from search.text import folded_characters, tokens


@pytest.fixture
def index(elasticsearch_node: LocalNode, elasticsearch_client: Elasticsearch, index_name: str) -> Iterator[str]:
    """An index as the portal makes it, ready."""
    engine = ElasticsearchEngine(elasticsearch_node.url, index_name)
    engine.ensure()
    elasticsearch_client.cluster.health(index=engine.alias, wait_for_active_shards=1)
    yield engine.alias
    engine.close()


def test_every_character_that_is_folded_gives_the_same_token_at_the_same_place(
    elasticsearch_client: Elasticsearch, index: str
) -> None:
    text = " ".join(folded_characters())
    found = elasticsearch_client.indices.analyze(index=index, analyzer="portal_single", text=text)["tokens"]
    assert [(token["token"], token["start_offset"]) for token in found] == [
        (token.text, token.start) for token in tokens(text)
    ]
