"""The official client works with the local node as with any Elasticsearch."""

from typing import Any

import pytest
from elasticsearch import Elasticsearch, NotFoundError
from elasticsearch.helpers import bulk

from search.node import LocalNode

POLICIES = [
    {"title": "流浪乞讨人员救助管理办法", "issuer": "民政局", "issued": "2020-05-01"},
    {"title": "关于做好救助管理工作的通知", "issuer": "民政局", "issued": "2021-03-01"},
    {"title": "道路交通安全通知", "issuer": "公安局", "issued": "2021-06-01"},
]

DEFINITION: dict[str, Any] = {
    "settings": {
        "number_of_shards": 1,
        "number_of_replicas": 0,
        "analysis": {
            "analyzer": {
                "chinese": {
                    "type": "custom",
                    "tokenizer": "standard",
                    "filter": ["cjk_width", "lowercase", "cjk_bigram"],
                }
            }
        },
    },
    "mappings": {
        "properties": {
            "title": {"type": "text", "analyzer": "chinese"},
            "issuer": {"type": "keyword"},
            "issued": {"type": "date"},
        }
    },
}


@pytest.fixture
def policies(elasticsearch_client: Elasticsearch, index_name: str) -> str:
    """An index with three policies."""
    elasticsearch_client.indices.create(index=index_name, **DEFINITION)
    bulk(elasticsearch_client, ({"_index": index_name, **policy} for policy in POLICIES), refresh=True)
    return index_name


def test_the_client_takes_the_node_for_a_genuine_elasticsearch(
    elasticsearch_client: Elasticsearch, elasticsearch_node: LocalNode
) -> None:
    assert elasticsearch_client.ping()
    info = elasticsearch_client.info()
    assert info["version"]["number"] == "8.18.0"
    assert info["version"]["lucene_version"] == "9.12.1"
    assert info["cluster_uuid"] == elasticsearch_client.cluster.state(metric="metadata")["cluster_uuid"]
    assert elasticsearch_node.url.startswith("http://127.0.0.1:")


def test_a_phrase_inside_a_title_is_found_and_highlighted(elasticsearch_client: Elasticsearch, policies: str) -> None:
    answer = elasticsearch_client.search(
        index=policies,
        query={"match_phrase": {"title": "救助管理"}},
        highlight={
            "fields": {"title": {"number_of_fragments": 0}},
            "pre_tags": ["<mark>"],
            "post_tags": ["</mark>"],
        },
    )
    highlighted = {hit["highlight"]["title"][0].replace("</mark><mark>", "") for hit in answer["hits"]["hits"]}
    assert len(highlighted) == 2
    assert all("<mark>救" in title and "理</mark>" in title for title in highlighted)


def test_hits_are_counted_by_issuer_and_year(elasticsearch_client: Elasticsearch, policies: str) -> None:
    answer = elasticsearch_client.search(
        index=policies,
        size=0,
        query={"match": {"title": "通知"}},
        aggs={
            "issuers": {"terms": {"field": "issuer"}},
            "years": {"date_histogram": {"field": "issued", "calendar_interval": "year", "format": "yyyy"}},
        },
    )
    counts = {bucket["key"]: bucket["doc_count"] for bucket in answer["aggregations"]["issuers"]["buckets"]}
    assert counts == {"民政局": 1, "公安局": 1}
    years = {bucket["key_as_string"]: bucket["doc_count"] for bucket in answer["aggregations"]["years"]["buckets"]}
    assert years == {"2021": 2}


def test_an_alias_moves_to_a_new_index_in_one_step(elasticsearch_client: Elasticsearch, index_name: str) -> None:
    alias, old, new = f"{index_name}-alias", f"{index_name}-1", f"{index_name}-2"
    for index, policy in ((old, POLICIES[0]), (new, POLICIES[1])):
        elasticsearch_client.indices.create(index=index, **DEFINITION)
        elasticsearch_client.index(index=index, document=policy, refresh=True)
    elasticsearch_client.indices.put_alias(index=old, name=alias)
    elasticsearch_client.indices.update_aliases(
        actions=[
            {"remove_index": {"index": old}},
            {"add": {"index": new, "alias": alias, "is_write_index": True}},
        ]
    )
    hits = elasticsearch_client.search(index=alias)["hits"]["hits"]
    assert [hit["_source"]["title"] for hit in hits] == [POLICIES[1]["title"]]
    assert not elasticsearch_client.indices.exists(index=old)


def test_a_deleted_index_is_gone(elasticsearch_client: Elasticsearch, policies: str) -> None:
    elasticsearch_client.indices.delete(index=policies)
    with pytest.raises(NotFoundError):
        elasticsearch_client.search(index=policies)
