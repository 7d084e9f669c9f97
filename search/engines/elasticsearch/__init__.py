"""Elasticsearch 8, as the official distribution comes: no plugin is needed."""

from search.engines.elasticsearch.engine import ElasticsearchEngine

__all__ = ["ElasticsearchEngine"]
