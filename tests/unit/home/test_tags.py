"""Days and times as people write them."""

import datetime

import pytest
from django.utils import translation

from home.templatetags.home_tags import day, day_span, in_days, time_span

MORNING = datetime.datetime(2026, 11, 24, 1, 0, tzinfo=datetime.UTC)
"""09:00 in Shanghai."""
LATE = datetime.datetime(2026, 11, 24, 17, 30, tzinfo=datetime.UTC)
"""01:30 of the next day in Shanghai."""


@pytest.mark.parametrize(("language", "written"), [("zh-hans", "2026年11月4日"), ("en", "4 November 2026")])
def test_a_day_is_written_in_the_language_of_the_reader(language: str, written: str) -> None:
    with translation.override(language):
        assert day(datetime.date(2026, 11, 4)) == written


def test_no_day_is_a_dash() -> None:
    assert day(None) == "—"
    assert day_span(None, None) == "—"


def test_a_time_is_shown_in_the_zone_of_the_site() -> None:
    with translation.override("zh-hans"):
        assert day(LATE) == "2026年11月25日"
        assert time_span(MORNING, None) == "2026年11月24日 09:00"


def test_a_span_within_a_day_names_the_day_once() -> None:
    with translation.override("zh-hans"):
        later = MORNING + datetime.timedelta(hours=3)
        assert time_span(MORNING, later) == "2026年11月24日 09:00–12:00"
        assert time_span(MORNING, LATE) == "2026年11月24日 09:00 – 2026年11月25日 01:30"


def test_open_ends_are_said_in_words() -> None:
    with translation.override("en"):
        assert time_span(None, None) == "Time to be announced"
        assert day_span(datetime.date(2026, 11, 4), None) == "from 4 November 2026"
        assert day_span(None, datetime.date(2026, 11, 4)) == "until 4 November 2026"
        assert day_span(datetime.date(2026, 11, 4), datetime.date(2026, 11, 4)) == "4 November 2026"


def test_days_ahead_are_counted_in_words() -> None:
    with translation.override("en"):
        assert [in_days(None), in_days(0), in_days(1), in_days(12)] == ["", "today", "in 1 day", "in 12 days"]
