"""Periodic work of this room."""

from forms.exchange.exports.running import look_after
from portal.ops.schedule import every


@every(seconds=60, name="exports.look_after")
def look_after_exports() -> int:
    """Take up what a dead worker has left, and end what is out of date."""
    return look_after()
