"""Periodic work of the bin."""

from forms.submissions.bin.services import empty_bin
from portal.ops.schedule import every


@every(seconds=24 * 3600, name="bin.empty")
def empty() -> int:
    """What has lain in the bin long enough."""
    return empty_bin()
