"""The nodes of a cluster, and how an index lies on them: shards, copies, and whatever its administrator wants."""

import re
from collections.abc import Mapping
from typing import Any

from search.dsl import AuthorizationException, Elasticsearch

PRIORITY = 100
"""Of the portal's own template. One of a higher priority takes its place."""


def addresses(text: str) -> list[str]:
    """Addresses with commas between; a comma inside one, in a password, is none between two."""
    return re.split(r",\s*(?=https?://)", text.strip())


def shape(shards: int, replicas: int, more: Mapping[str, Any]) -> dict[str, Any]:
    """The settings of a new index that are not the portal's business; `more` wins."""
    return {"index.number_of_shards": shards, "index.number_of_replicas": replicas} | {
        name if name.startswith("index.") else f"index.{name}": value for name, value in more.items()
    }


def put_template(client: Elasticsearch, alias: str, settings: Mapping[str, Any]) -> bool:
    """Put the settings into an index template that new indexes behind the alias follow; whether that was allowed.

    What a request to make an index says wins over templates, so it says only what the portal cannot do without:
    an administrator's template of a higher priority decides about everything else.
    """
    try:
        client.indices.put_index_template(
            name=alias,
            index_patterns=[f"{alias}-*"],
            priority=PRIORITY,
            template={"settings": dict(settings)},
        )
    except AuthorizationException:
        return False
    return True
