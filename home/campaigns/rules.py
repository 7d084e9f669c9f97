"""Rules of campaigns, without the database."""

import datetime

from home.campaigns.enums import CampaignState

OPEN_END = datetime.timedelta(days=365)
"""A campaign without a last day counts as over after a year."""


def state_on(today: datetime.date, starts_on: datetime.date | None, ends_on: datetime.date | None) -> CampaignState:
    """Where a campaign stands; both days are part of it."""
    if ends_on and today > ends_on:
        return CampaignState.OVER
    if not ends_on and starts_on and today > starts_on + OPEN_END:
        return CampaignState.OVER
    if starts_on and today < starts_on:
        return CampaignState.TO_COME
    return CampaignState.GOING_ON
