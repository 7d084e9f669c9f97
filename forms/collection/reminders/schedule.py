"""Periodic work of reminding."""

from collections.abc import Iterator

from forms.collection.reminders.services import remind_in_batches
from portal.ops.schedule import every


@every(seconds=300, name="collection.reminders")
def send_reminders() -> Iterator[int]:
    """Remind of what is owed and due, a batch at a time."""
    yield from remind_in_batches()
