"""Rows that are written once: what was sent and what happened."""

from typing import Any, NoReturn

from django.db import models


class KeptError(Exception):
    """Somebody tried to change or delete what is kept."""


class KeptQuerySet(models.QuerySet[Any]):
    """Refuses to change or delete in bulk."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise KeptError

    def delete(self) -> NoReturn:
        """Refuse."""
        raise KeptError


class Kept(models.Model):
    """Can be added, not changed, not deleted."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row; refuse to write it a second time."""
        if not self._state.adding:
            raise KeptError
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise KeptError
