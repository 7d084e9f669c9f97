"""Periodic work of this room."""

from forms.submissions.files import remove_unsent
from portal.ops.schedule import every


@every(seconds=24 * 3600, name="submissions.unsent_files")
def remove_files_never_sent() -> int:
    """Files that were chosen, replaced and never sent."""
    return remove_unsent()
