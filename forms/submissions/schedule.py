"""Periodic work of this room."""

from forms.submissions.files import remove_unsent
from forms.submissions.loose import remove_loose_files
from portal.ops.schedule import every


@every(seconds=24 * 3600, name="submissions.unsent_files")
def remove_files_never_sent() -> int:
    """Files that were chosen, replaced and never sent."""
    return remove_unsent()


@every(seconds=24 * 3600, name="submissions.loose_files")
def remove_files_of_nobody() -> int:
    """Files that a killed process has left behind."""
    return remove_loose_files()
