"""`evaluate_search` with Elasticsearch, beside what Elasticsearch finds by itself."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command
from elasticsearch import Elasticsearch

from search.node import LocalNode
from tests.factories.benchmark import benchmark


def test_the_configured_cluster_is_used_and_left_as_it_was(
    tmp_path: Path, settings: Any, elasticsearch_node: LocalNode, elasticsearch_client: Elasticsearch
) -> None:
    settings.PORTAL_SEARCH_ENGINE, settings.PORTAL_ELASTICSEARCH_URL = "elasticsearch", elasticsearch_node.url
    before = _all(elasticsearch_client)
    out = StringIO()
    call_command("evaluate_search", *benchmark(tmp_path), "--json", stdout=out)
    found = json.loads(out.getvalue())
    assert (found["engine"], found["documents"], found["ndcg@10"]) == ("elasticsearch", 4, 1.0)
    assert set(found["baselines"]) == {"match_standard", "match_cjk"}
    assert all(one["documents"] == 4 for one in found["baselines"].values())
    assert _all(elasticsearch_client) == before


def _all(client: Elasticsearch) -> set[str]:
    """Names of indexes and templates."""
    templates = client.indices.get_index_template()["index_templates"]
    return {*client.indices.get(index="*"), *(template["name"] for template in templates)}
