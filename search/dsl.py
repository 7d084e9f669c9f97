"""The one place that imports elasticsearch-dsl and the client, so that a change of either is a change here."""

from elastic_transport import ConnectionError as TransportConnectionError
from elastic_transport import ConnectionTimeout, TransportError
from elasticsearch import ApiError, AuthorizationException, Elasticsearch, NotFoundError
from elasticsearch.helpers import streaming_bulk
from elasticsearch_dsl import (
    Boolean,
    Date,
    Document,
    Index,
    Keyword,
    Mapping,
    Object,
    Q,
    Search,
    Text,
    analyzer,
    char_filter,
    token_filter,
)

__all__ = [
    "ApiError",
    "AuthorizationException",
    "Boolean",
    "ConnectionTimeout",
    "Date",
    "Document",
    "Elasticsearch",
    "Index",
    "Keyword",
    "Mapping",
    "NotFoundError",
    "Object",
    "Q",
    "Search",
    "Text",
    "TransportConnectionError",
    "TransportError",
    "analyzer",
    "char_filter",
    "streaming_bulk",
    "token_filter",
]
