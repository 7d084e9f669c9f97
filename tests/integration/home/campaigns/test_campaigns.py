"""Publicity campaigns."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from home.campaigns.enums import CampaignState
from home.campaigns.models import CampaignIndicator, CampaignPage
from tests.factories.home import CampaignPageFactory

pytestmark = pytest.mark.django_db


def test_current_campaigns_are_apart_from_past_ones(client: Client) -> None:
    for days in (20, -3, -60, -400):
        CampaignPageFactory(title=f"第{days}天", days=days)
    context = client.get("/campaigns/").context
    assert [page.title for page in context["current"]] == ["第-3天", "第20天"]
    assert [page.title for page in context["page_of_rows"]] == ["第-60天", "第-400天"]


def test_the_database_and_the_rule_agree_on_what_is_over() -> None:
    today = timezone.localdate()
    for days in (-366, -365, -1, 0, 1):
        day = today + datetime.timedelta(days=days)
        CampaignPageFactory(starts_on=day, ends_on=None)
        CampaignPageFactory(starts_on=None, ends_on=day)
    over = {page.pk for page in CampaignPage.objects.all() if page.state == CampaignState.OVER}
    assert set(CampaignPage.objects.past(today).values_list("pk", flat=True)) == over
    assert set(CampaignPage.objects.current(today).values_list("pk", flat=True)).isdisjoint(over)


def test_a_campaign_shows_its_period_and_results(client: Client) -> None:
    page = CampaignPageFactory(theme="清凉一夏", places="车站")
    page.indicators = [CampaignIndicator(label="街面巡访", value="486", unit="次", sort_order=0)]
    page.save_revision().publish()
    text = client.get(page.get_url()).content.decode()
    for expected in ("清凉一夏", "车站", "街面巡访", "486"):
        assert expected in text
    assert "街面巡访 486 次" in CampaignPage.objects.get().full_text()


def test_days_until_a_campaign_are_counted() -> None:
    assert CampaignPageFactory(days=5).days_left == 5
    assert CampaignPageFactory(days=-5).days_left == 25
    assert CampaignPageFactory(days=-50).days_left is None


def test_a_campaign_cannot_end_before_it_begins() -> None:
    page = CampaignPageFactory()
    page.ends_on = page.starts_on - datetime.timedelta(days=1)
    with pytest.raises(ValidationError):
        page.full_clean()
