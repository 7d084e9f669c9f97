"""Invented training classes and campaigns for the demonstration; the words are in data/demo_pages.json.

Dates lie around the day of loading, so that some classes are always still to come: classes count days from today,
campaigns take place in their own season, in the occurrence nearest to today.
"""

import datetime
import json
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from home.campaigns.models import CampaignIndexPage, CampaignIndicator, CampaignPage
from home.pages import SectionIndexPage
from home.training.models import TrainingIndexPage, TrainingPage

DATA_FILE = Path(__file__).parent / "data" / "demo_pages.json"
AHEAD = datetime.timedelta(days=120)
"""How long before its first day a season's campaign is announced."""


def nearest_season(
    today: datetime.date, first: tuple[int, int], last: tuple[int, int]
) -> tuple[datetime.date, datetime.date]:
    """The latest occurrence of a season (month, day – month, day) that has begun or begins within `AHEAD`."""
    year = today.year + 1
    while datetime.date(year, *first) > today + AHEAD:
        year -= 1
    return datetime.date(year, *first), datetime.date(year + (last < first), *last)


def moment(today: datetime.date, days: int, clock: str) -> datetime.datetime:
    """A time of the site's zone on a day counted from today."""
    naive = datetime.datetime.combine(today + datetime.timedelta(days=days), datetime.time.fromisoformat(clock))
    return timezone.make_aware(naive)


def publish(parent: SectionIndexPage, page: Page) -> None:
    """Add a page and publish it, as an editor would."""
    page.live = False
    parent.add_child(instance=page)
    page.save_revision().publish()


def training_page(values: dict[str, Any], today: datetime.date) -> TrainingPage:
    """An unsaved class."""
    begins, ends = values.pop("begins"), values.pop("ends")
    return TrainingPage(
        **{**values, "body": json.dumps(values["body"])},
        starts_at=moment(today, begins["days"], begins["time"]),
        ends_at=moment(today, ends["days"], ends["time"]),
    )


def campaign_page(values: dict[str, Any], today: datetime.date) -> CampaignPage:
    """An unsaved campaign."""
    indicators = values.pop("indicators")
    starts_on, ends_on = nearest_season(today, tuple(values.pop("first")), tuple(values.pop("last")))
    page = CampaignPage(**{**values, "body": json.dumps(values["body"])}, starts_on=starts_on, ends_on=ends_on)
    page.indicators = [
        CampaignIndicator(label=label, value=value, unit=unit, sort_order=order)
        for order, (label, value, unit) in enumerate(indicators)
    ]
    return page


@transaction.atomic
def load_demo_content() -> int:
    """Make what is missing of the demonstration's classes and campaigns; returns how many pages were made."""
    data = json.loads(DATA_FILE.read_text(encoding="utf-8"))
    today = timezone.localdate()
    made = 0
    for parent, build, rows in (
        (TrainingIndexPage.objects.get(), training_page, data["training"]),
        (CampaignIndexPage.objects.get(), campaign_page, data["campaigns"]),
    ):
        present = set(parent.get_children().values_list("slug", flat=True))
        for values in rows:
            if values["slug"] not in present:
                publish(parent, build(values, today))
                made += 1
    return made
