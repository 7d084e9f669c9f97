"""What is new to a saved search, and what is not."""

import datetime

import pytest
from django.utils import timezone

from home.policies.models import PolicyPage
from portal.accounts.models import User
from search.saving.enums import Cadence
from search.saving.models import Arrival, KnownThing, NewResult, Survey
from search.saving.services import remove, set_paused
from tests.factories.home import PolicyPageFactory, paragraph
from tests.integration.search.asking import settle
from tests.integration.search.saving.library import MINE, alert, as_, edit, found, kept, told

pytestmark = pytest.mark.django_db


def test_what_is_published_after_saving_is_new_and_told_at_once(staff: User) -> None:
    PolicyPageFactory(title="早先的救助办法")
    settle()
    search = kept(staff, "q=救助", Cadence.AT_ONCE, "救助")
    alert()
    assert found(search) == set()
    PolicyPageFactory(title="新的救助办法")
    PolicyPageFactory(title="新的培训通知")
    alert()
    assert found(search) == {"新的救助办法"}
    assert told(staff) == ["您收藏的检索有新结果：救助"]
    alert()
    assert len(told(staff)) == 1


def test_what_waited_for_the_index_when_the_search_was_saved_is_new(staff: User) -> None:
    PolicyPageFactory(title="救助办法")
    search = kept(staff)
    alert()
    assert found(search) == {"救助办法"}


def test_filters_count_and_some_of_the_words_are_not_enough(staff: User) -> None:
    of_ministry = kept(staff, "q=救助&issuer=民政部&year=2020")
    every = kept(staff, "kind=policy")
    long = kept(staff, "q=流浪乞讨人员救助管理")
    PolicyPageFactory(title="救助甲", issuers=["民政部"], signed_on=datetime.date(2020, 1, 1))
    PolicyPageFactory(title="救助乙", issuers=["公安部"], signed_on=datetime.date(2020, 1, 1))
    PolicyPageFactory(title="救助管理丙", body=paragraph("对流浪乞讨人员实施救助管理。"))
    alert()
    assert found(of_ministry) == {"救助甲"}
    assert found(every) == {"救助甲", "救助乙", "救助管理丙"}
    assert found(long) == {"救助管理丙"}


def test_a_law_is_found_through_its_articles(staff: User) -> None:
    search = kept(staff, "q=托养机构")
    PolicyPageFactory(title="条例", body=paragraph("第一条 总则。</p><p>第二条 托养机构应当登记。"))
    alert()
    assert found(search) == {"条例"}


def test_small_edits_are_no_news_but_another_title_number_or_validity_is(staff: User) -> None:
    search = kept(staff, "q=救助", Cadence.AT_ONCE)
    page = PolicyPageFactory(title="救助办法", doc_number="民发〔2020〕1号", validity="in-force")
    alert()
    as_(staff).get(f"{MINE}{search.pk}/")
    assert found(search) == set()
    edit(page, body=paragraph("又写了一句救助。"), summary="改了")
    alert()
    assert found(search) == set()
    for number, change in enumerate(
        ({"doc_number": "民发〔2021〕2号"}, {"validity": "repealed"}, {"title": "新救助办法"})
    ):
        edit(page, **change)
        alert()
        assert len(found(search)) == 1
        assert len(told(staff)) == 2 + number
        as_(staff).get(f"{MINE}{search.pk}/")


def test_an_interruption_of_less_than_a_day_is_none(staff: User) -> None:
    search = kept(staff)
    page = PolicyPageFactory(title="救助办法")
    alert()
    NewResult.objects.all().delete()
    page.unpublish()
    alert()
    edit(page)
    alert()
    assert found(search) == set()
    PolicyPage.objects.get(pk=page.pk).unpublish()
    alert()
    thing = KnownThing.objects.get(object_id=f"policy:{page.pk}")
    long_ago = (timezone.now() - datetime.timedelta(days=2)).isoformat()
    KnownThing.objects.filter(pk=thing.pk).update(tokens=dict.fromkeys(thing.tokens, long_ago))
    edit(page)
    alert()
    assert found(search) == {"救助办法"}


def test_a_search_that_rests_is_asked_nothing(staff: User) -> None:
    search = kept(staff)
    set_paused(search=search, is_paused=True)
    PolicyPageFactory(title="救助办法甲")
    alert()
    set_paused(search=search, is_paused=False)
    PolicyPageFactory(title="救助办法乙")
    alert()
    assert found(search) == {"救助办法乙"}


def test_where_nobody_keeps_a_search_nothing_is_noted(staff: User) -> None:
    search = kept(staff)
    PolicyPageFactory(title="救助办法")
    alert()
    remove(search=search)
    PolicyPageFactory(title="救助办法乙")
    alert()
    for model in (Arrival, KnownThing, Survey, NewResult):
        assert not model._default_manager.exists()
