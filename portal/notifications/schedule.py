"""Periodic work of this room. The tasks send; this only queues them, so that a slow mail server holds up nobody."""

from portal.notifications.delivering import queue_again, settle_abandoned
from portal.ops.schedule import every


@every(seconds=60, name="notifications.deliveries")
def look_after_deliveries() -> int:
    """Retries, digests, and what a worker has left behind."""
    return settle_abandoned() + queue_again()
