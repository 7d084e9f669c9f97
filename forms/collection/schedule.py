"""Periodic work of this room."""

from forms.collection.services import ensure_all_expected_reports
from portal.ops.schedule import every


@every(seconds=300, name="collection.expected_reports")
def make_expected_reports() -> int:
    """Expected reports of units and periods added since, and form versions of periods that have opened since."""
    return ensure_all_expected_reports()
