"""Periodic work of roll-ups."""

from forms.reporting.rollups.files import look_after
from portal.ops.schedule import every


@every(seconds=60, name="rollups.look_after")
def look_after_files() -> int:
    """Take up what a dead worker has left."""
    return look_after()
