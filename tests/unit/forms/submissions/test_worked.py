"""How long somebody worked in a page."""

import datetime

import pytest
from django.core import signing

from forms.submissions.worked import SALT, seconds_worked, served

AT = datetime.datetime(2026, 11, 25, 9, 0, tzinfo=datetime.UTC)


def after(seconds: int) -> datetime.datetime:
    """So many seconds later."""
    return AT + datetime.timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("counted", "passed", "expected"),
    [
        ("90", 120, 90),
        ("900", 120, 120),
        ("-5", 120, 0),
        ("many", 120, 0),
        ("", 120, 0),
        ("9" * 30, 120, 0),
        ("90", -10, 0),
        ("90000", 10**6, 86_400),
    ],
)
def test_what_the_browser_counted_counts_up_to_what_has_passed(counted: str, passed: int, expected: int) -> None:
    assert seconds_worked(counted, served(7, AT), 7, after(passed)) == expected


def test_without_this_reports_own_mark_nothing_counts() -> None:
    for mark in ("", "made up", served(8, AT), signing.dumps("x", salt=SALT), signing.dumps([7, 0])):
        assert seconds_worked("90", mark, 7, after(120)) == 0
