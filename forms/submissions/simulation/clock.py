"""A clock that can be set: what services decide by the time of day, they decide by it."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch


@contextmanager
def at(instant: datetime.datetime) -> Iterator[None]:
    """Let Django's clock stand at an instant, for the services and for the dates that the database fills in."""
    with patch("django.utils.timezone.now", return_value=instant):
        yield
