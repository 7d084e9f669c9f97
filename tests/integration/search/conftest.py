"""An empty embedded index for each test, and the administrator who looks after it."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from portal.accounts.models import User
from portal.units.enums import Role
from search.finding import breaker
from tests.factories.units import person


@pytest.fixture(autouse=True)
def _empty_index(settings: Settings, tmp_path: Path) -> None:
    """No test finds what another has written, and no breaker remembers another's outage."""
    settings.PORTAL_SEARCH_EMBEDDED_PATH = tmp_path / "search.sqlite3"
    settings.PORTAL_SEARCH_ENGINE = "embedded"
    settings.MEDIA_ROOT = tmp_path / "media"
    breaker.cache_clear()


@pytest.fixture
def administrator() -> User:
    """An administrator."""
    return person(Role.ADMINISTRATOR)


@pytest.fixture
def desk(administrator: User) -> Client:
    """The administrator's browser."""
    client = Client()
    client.force_login(administrator)
    return client
