"""Whoever keeps searches."""

import pytest

from portal.accounts.models import User
from portal.units.enums import Role
from tests.factories.units import person


@pytest.fixture
def staff() -> User:
    """A member of staff with an address for mails."""
    return person(Role.STAFF, email="staff@example.org")
