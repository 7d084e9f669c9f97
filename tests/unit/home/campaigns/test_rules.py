"""Where a campaign stands; in which season the demonstration puts it."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home.campaigns.enums import CampaignState
from home.campaigns.rules import state_on
from home.demo_pages import AHEAD, nearest_season

FIRST = datetime.date(2026, 6, 1)
LAST = datetime.date(2026, 9, 30)


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (datetime.date(2026, 5, 31), CampaignState.TO_COME),
        (FIRST, CampaignState.GOING_ON),
        (LAST, CampaignState.GOING_ON),
        (datetime.date(2026, 10, 1), CampaignState.OVER),
    ],
)
def test_both_days_belong_to_the_campaign(today: datetime.date, state: CampaignState) -> None:
    assert state_on(today, FIRST, LAST) == state


def test_a_campaign_without_an_end_is_over_after_a_year() -> None:
    assert state_on(datetime.date(2027, 6, 1), FIRST, None) == CampaignState.GOING_ON
    assert state_on(datetime.date(2027, 6, 2), FIRST, None) == CampaignState.OVER


def test_a_campaign_without_dates_goes_on() -> None:
    assert state_on(FIRST, None, None) == CampaignState.GOING_ON


@given(st.dates(datetime.date(2020, 1, 1), datetime.date(2060, 1, 1)))
def test_the_demonstration_never_announces_a_season_too_early_nor_shows_one_two_years_old(today: datetime.date) -> None:
    for first, last in (((6, 1), (9, 30)), ((11, 15), (3, 15)), ((6, 19), (6, 19))):
        begins, ends = nearest_season(today, first, last)
        assert begins <= ends
        assert begins <= today + AHEAD
        assert begins > today - datetime.timedelta(days=366)
