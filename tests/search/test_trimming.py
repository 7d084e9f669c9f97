"""The same with Elasticsearch: see tests/integration/search/test_trimming.py."""

import random
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from search.finding import breaker
from search.node import LocalNode
from tests.integration.search.asking import settle
from tests.integration.search.trimming import check, library, may_see, populate

pytestmark = pytest.mark.django_db


def test_what_people_find_see_counted_and_are_offered_is_what_they_may_see(
    settings: Settings, tmp_path: Path, elasticsearch_node: LocalNode, index_name: str
) -> None:
    settings.PORTAL_SEARCH_EMBEDDED_PATH = tmp_path / "search.sqlite3"
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PORTAL_SEARCH_ENGINE = "elasticsearch"
    settings.PORTAL_ELASTICSEARCH_URL = elasticsearch_node.url
    settings.PORTAL_ELASTICSEARCH_PREFIX = index_name
    breaker.cache_clear()
    askers = populate(seed=2027)
    settle()
    here, chance = library(), random.Random(2027)
    for asker in askers:
        check(asker, may_see(asker), here, chance)
