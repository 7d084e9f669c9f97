"""Periodic work of this part."""

from forms.submissions.uploads.services import remove_expired
from portal.ops.schedule import every


@every(seconds=3600, name="submissions.uploads")
def remove_uploads_that_nobody_finished() -> int:
    """Bytes of files that never arrived as a whole."""
    return remove_expired()
