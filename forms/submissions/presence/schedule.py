"""Periodic work of this part."""

from forms.submissions.presence.services import forget_gone
from portal.ops.schedule import every


@every(seconds=3600, name="submissions.presence")
def forget_who_has_gone() -> int:
    """People whose browser did not say goodbye."""
    return forget_gone()
