"""Periodic work of this room."""

from portal.media.rereading import read_again
from portal.ops.schedule import every


@every(seconds=600, name="media.read_again")
def read_what_was_given_up() -> int:
    """Documents that a former reader gave up on, by night."""
    return read_again()
