"""Periodic work of this room."""

from forms.collection.expecting import keep_all_up
from portal.ops.schedule import every


@every(seconds=300, name="collection.expected_reports")
def make_expected_reports() -> int:
    """Periods by their schedules, expected reports of units added since, form versions of periods that have opened."""
    return keep_all_up()
