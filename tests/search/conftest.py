"""A real Elasticsearch for the search tests, started once per process that runs tests."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from elasticsearch import Elasticsearch

from search.node import LocalNode


@pytest.fixture(scope="session")
def elasticsearch_node() -> Iterator[LocalNode]:
    """A running node with an address and data of its own. Without a JDK this fails: such tests are never skipped."""
    with LocalNode() as node:
        yield node


@pytest.fixture(scope="session")
def elasticsearch_client(elasticsearch_node: LocalNode) -> Iterator[Elasticsearch]:
    """The official client, talking to the running node."""
    with Elasticsearch(elasticsearch_node.url, request_timeout=30) as client:
        yield client


@pytest.fixture
def index_name(elasticsearch_client: Elasticsearch) -> Iterator[str]:
    """A name no other test uses; every index and template whose name begins with it is deleted after the test."""
    name = f"test-{uuid4().hex}"
    yield name
    indexes = list(elasticsearch_client.indices.get(index=f"{name}*"))
    if indexes:
        elasticsearch_client.indices.delete(index=indexes)
    elasticsearch_client.options(ignore_status=404).indices.delete_index_template(name=f"{name}*")
