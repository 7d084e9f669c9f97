"""An empty embedded index for each test."""

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from search.finding import breaker


@pytest.fixture(autouse=True)
def _empty_index(settings: Settings, tmp_path: Path) -> None:
    """No test finds what another has written, and no breaker remembers another's outage."""
    settings.PORTAL_SEARCH_EMBEDDED_PATH = tmp_path / "search.sqlite3"
    settings.PORTAL_SEARCH_ENGINE = "embedded"
    settings.MEDIA_ROOT = tmp_path / "media"
    breaker.cache_clear()
