"""Periodic work of this room."""

from forms.exchange.hooks.delivering import look_after
from portal.ops.schedule import every


@every(seconds=60, name="hooks.messages")
def look_after_messages() -> int:
    """Retries, and what a worker has left behind."""
    return look_after()
