"""Training classes."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from home.training.models import TrainingPage
from tests.factories.home import TrainingPageFactory

pytestmark = pytest.mark.django_db


def test_classes_to_come_stand_soonest_first_and_past_ones_latest_first(client: Client) -> None:
    for days in (20, 3, -5, -40):
        TrainingPageFactory(title=f"第{days}天", days=days)
    context = client.get("/training/").context
    assert [page.title for page in context["upcoming"]] == ["第3天", "第20天"]
    assert [page.title for page in context["page_of_rows"]] == ["第-5天", "第-40天"]


def test_a_class_that_is_running_is_not_past() -> None:
    now = timezone.now()
    page = TrainingPageFactory(
        starts_at=now - datetime.timedelta(hours=1),
        ends_at=now + datetime.timedelta(hours=1),
    )
    assert not page.is_over
    assert list(TrainingPage.objects.upcoming(now)) == [page]
    assert not TrainingPage.objects.past(now).exists()


def test_a_class_without_a_time_is_announced_last(client: Client) -> None:
    TrainingPageFactory(title="待定", starts_at=None, ends_at=None)
    TrainingPageFactory(title="已定", days=3)
    assert [page.title for page in client.get("/training/").context["upcoming"]] == ["已定", "待定"]


def test_the_front_page_shows_what_comes_next_before_what_is_over(client: Client) -> None:
    for days in (-2, 9, 4, -7):
        TrainingPageFactory(title=f"第{days}天", days=days)
    front = client.get("/").context["front"]
    assert [page.title for page in front.training] == ["第4天", "第9天", "第-2天", "第-7天"]


def test_a_class_shows_its_particulars(client: Client) -> None:
    page = TrainingPageFactory(place="三楼会议室", lecturer="市救助站", hours="4.5", capacity=60)
    text = client.get(page.get_url()).content.decode()
    for expected in ("三楼会议室", "市救助站", "4.5", "60"):
        assert expected in text
    assert "三楼会议室" in page.full_text()


def test_a_class_cannot_end_before_it_begins() -> None:
    page = TrainingPageFactory()
    page.ends_at = page.starts_at - datetime.timedelta(minutes=1)
    with pytest.raises(ValidationError):
        page.full_clean()
