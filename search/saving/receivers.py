"""What an index has learnt is what saved searches are asked about next."""

from collections.abc import Sequence
from typing import Any

from django.dispatch import receiver

from search.draining import applied
from search.engines.registry import engine_names
from search.saving.models import Arrival
from search.sources.base import Thing


@receiver(applied, dispatch_uid="saving.applied")
def note_arrivals(destination: str, things: Sequence[Thing], **kwargs: Any) -> None:
    """Note them in the transaction in which they leave the outbox; an index that is being rebuilt tells nothing new."""
    if destination in engine_names():
        Arrival.objects.bulk_create(Arrival(source=name, object_pk=pk) for name, pk in things)
