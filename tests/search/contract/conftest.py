"""Both engines, empty and ready, one after the other."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from search.engines.base import SearchEngine
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.embedded import EmbeddedEngine


@pytest.fixture(params=["embedded", "elasticsearch"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SearchEngine]:
    """An engine with an empty index of its own."""
    if request.param == "embedded":
        embedded = EmbeddedEngine(tmp_path / "search.sqlite3")
        embedded.ensure()
        yield embedded
        return
    node = request.getfixturevalue("elasticsearch_node")
    elasticsearch = ElasticsearchEngine(node.url, request.getfixturevalue("index_name"))
    elasticsearch.ensure()
    yield elasticsearch
    elasticsearch.close()
