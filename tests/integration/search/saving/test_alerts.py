"""Alerts of saved searches: what is new for whom, told once, and never what somebody may not see."""

import datetime
import random
from typing import Any
from unittest.mock import patch

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from forms.collection.enums import ReportState
from forms.submissions.models import Submission
from home.policies.models import PolicyPage
from portal.accounts.models import User
from portal.notifications.models import Notification
from portal.units.access import access_for, forget_access
from portal.units.enums import Role
from portal.units.models import Membership
from search.engines.base import EngineUnavailableError
from search.saving import telling
from search.saving.alerting import forget_old, send_alerts
from search.saving.enums import Cadence
from search.saving.looking import look
from search.saving.models import Arrival, KnownThing, NewResult, SavedSearch, Survey
from search.saving.services import remove, set_paused
from search.saving.telling import tell
from tests.factories.collection import ExpectedReportFactory, PeriodFactory, RequirementFactory
from tests.factories.home import PolicyPageFactory, paragraph, restrict
from tests.factories.submissions import report_in
from tests.factories.units import MembershipFactory, UnitFactory, person
from tests.integration.queue import run_queued
from tests.integration.search.asking import settle
from tests.integration.search.saving.test_keeping import kept
from tests.integration.search.trimming import WORD, may_see, populate

pytestmark = pytest.mark.django_db

MINE = "/search/saved/"


def _as(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def alert() -> None:
    """Bring everything to the index and run the periodic work to its end."""
    settle()
    list(send_alerts())


def found(search: SavedSearch) -> set[str]:
    """Titles of what a search found and its owner has not looked at."""
    return set(NewResult.objects.unseen().filter(search=search).values_list("thing__title", flat=True))


def told(user: User) -> list[str]:
    """Titles of a person's alerts."""
    rows = Notification.objects.filter(recipient=user, kind="search_alert").order_by("pk")
    return list(rows.values_list("title", flat=True))


def make_due(*searches: SavedSearch) -> None:
    """Let the time of daily and weekly alerts come."""
    for search in searches:
        SavedSearch.objects.filter(pk=search.pk).update(due_at=timezone.now() - datetime.timedelta(minutes=1))


def edit(page: PolicyPage, **values: Any) -> None:
    """Change a page and publish it."""
    page = PolicyPage.objects.get(pk=page.pk)
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision().publish()


@pytest.fixture
def staff() -> User:
    """A member of staff with an address for mails."""
    return person(Role.STAFF, email="staff@example.org")


# --- What is new ----------------------------------------------------------------------------------------------------


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
    _as(staff).get(f"{MINE}{search.pk}/")
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
        _as(staff).get(f"{MINE}{search.pk}/")


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


# --- For whom -------------------------------------------------------------------------------------------------------


def test_a_page_opened_to_others_is_new_to_them_alone(staff: User) -> None:
    editor = person(Role.EDITOR)
    mine, theirs = kept(staff), kept(editor)
    page = PolicyPageFactory(title="救助办法")
    restriction = restrict(page, Role.EDITOR)
    alert()
    assert (found(mine), found(theirs)) == (set(), {"救助办法"})
    NewResult.objects.all().delete()
    PageViewRestriction.objects.filter(page=page).delete()
    alert()
    assert (found(mine), found(theirs)) == ({"救助办法"}, set()), restriction


def test_a_new_role_opens_what_it_opens(staff: User) -> None:
    unit = UnitFactory()
    expected = ExpectedReportFactory(period=PeriodFactory(requirement=RequirementFactory(title="救助小结")), unit=unit)
    report_in(ReportState.ACCEPTED, expected)
    PolicyPageFactory(title="救助办法")
    settle()
    search = kept(staff)
    alert()
    assert found(search) == set()
    MembershipFactory(user=staff, unit=unit, role=Role.REPORTER)
    alert()
    assert len(found(search)) == 1
    assert "救助小结" in found(search).pop()
    alert()
    assert NewResult.objects.count() == 1


def test_while_the_engine_is_away_new_roles_wait_and_all_else_goes_on(staff: User) -> None:
    unit = UnitFactory()
    expected = ExpectedReportFactory(period=PeriodFactory(requirement=RequirementFactory(title="救助小结")), unit=unit)
    report_in(ReportState.ACCEPTED, expected)
    settle()
    search = kept(staff, cadence=Cadence.AT_ONCE)
    MembershipFactory(user=staff, unit=unit, role=Role.REPORTER)
    PolicyPageFactory(title="救助办法")
    settle()
    with patch("search.saving.gaining.find", side_effect=EngineUnavailableError("away")):
        list(send_alerts())
    assert found(search) == {"救助办法"}
    assert len(told(staff)) == 1
    alert()
    assert len(found(search)) == 2


def test_what_is_lost_before_the_alert_is_silence(staff: User) -> None:
    unit = UnitFactory()
    leaver = person(Role.REPORTER, unit)
    search = kept(leaver, "q=救助", Cadence.DAILY, "小结")
    expected = ExpectedReportFactory(period=PeriodFactory(requirement=RequirementFactory(title="救助小结")), unit=unit)
    report_in(ReportState.ACCEPTED, expected)
    alert()
    assert len(found(search)) == 1
    assert "1 条新结果" in _as(leaver).get(MINE).content.decode()
    Membership.objects.filter(user=leaver).delete()
    assert "条新结果" not in _as(leaver).get(MINE).content.decode()
    assert "救助小结" not in _as(leaver).get(f"{MINE}{search.pk}/").content.decode()
    NewResult.objects.update(seen_at=None, told_at=None)
    make_due(search)
    alert()
    assert told(leaver) == []


def test_what_was_withdrawn_is_silence_even_before_the_index_knows(staff: User) -> None:
    search = kept(staff, "q=救助", Cadence.DAILY)
    page = PolicyPageFactory(title="救助办法")
    alert()
    assert found(search) == {"救助办法"}
    page.unpublish()
    assert "条新结果" not in _as(staff).get(MINE).content.decode()
    make_due(search)
    list(tell())
    assert told(staff) == []


def test_a_report_taken_back_for_correction_is_silence(staff: User) -> None:
    leader = person(Role.LEADER)
    search = kept(leader, "q=救助", Cadence.DAILY)
    requirement = RequirementFactory(title="救助小结")
    report_in(ReportState.ACCEPTED, ExpectedReportFactory(period=PeriodFactory(requirement=requirement)))
    alert()
    assert len(found(search)) == 1
    Submission.objects.update(state=ReportState.RETURNED)
    assert "条新结果" not in _as(leader).get(MINE).content.decode()
    make_due(search)
    alert()
    assert told(leader) == []


def test_alerts_tell_everybody_of_what_they_may_see_and_of_nothing_else() -> None:
    """A generated matrix: forty people, three hundred things, against the models' own `visible_to`."""
    people = [one for one in populate(7) if isinstance(one, User)]
    searches = {user.pk: kept(user, f"q={WORD}&kind=policy&kind=training&kind=task&kind=report") for user in people}
    with patch("search.saving.results.MOST_KEPT", 1000):
        alert()
    chance = random.Random(8)
    for user in people:
        new = set(NewResult.objects.filter(search=searches[user.pk]).values_list("thing__object_id", flat=True))
        assert new == may_see(user).objects
    # Some lose their roles, some pages are closed: what is shown and told follows at once.
    for user in chance.sample(people, 15):
        Membership.objects.filter(user=user).delete()
    for page in chance.sample(list(PolicyPage.objects.live()), 30):
        restrict(page, chance.choice(list(Role)))
    make_due(*searches.values())
    list(tell())
    for user in User.objects.filter(pk__in=searches):
        sees = NewResult.objects.filter(search=searches[user.pk]).exclude(thing__object_id__in=may_see(user).objects)
        page = BeautifulSoup(_as(user).get(f"{MINE}{searches[user.pk].pk}/").content, "html.parser")
        links = {str(link["href"]) for link in page.select(".search-result h2 a")}
        assert links.isdisjoint(sees.values_list("thing__url", flat=True))
        assert bool(told(user)) == bool(may_see(user).objects), user


# --- How ------------------------------------------------------------------------------------------------------------


def test_one_message_names_all_searches_that_are_due_and_nothing_of_what_they_found(staff: User) -> None:
    daily, weekly = kept(staff, "q=救助", Cadence.DAILY, "救助"), kept(staff, "q=办法", Cadence.WEEKLY, "办法")
    silent = kept(staff, "kind=policy", Cadence.NONE, "全部")
    PolicyPageFactory(title="救助办法机密")
    alert()
    assert told(staff) == []
    make_due(daily, weekly)
    alert()
    run_queued()
    assert told(staff) == ["您收藏的检索中有 2 项有新结果"]
    (message,) = mail.outbox
    assert "机密" not in message.body
    assert "救助" in message.body
    assert "办法" in message.body
    note = Notification.objects.get(recipient=staff)
    assert note.translations["en"]["title"] == "2 of your searches found something new"
    assert found(silent) == {"救助办法机密"}
    daily.refresh_from_db()
    assert daily.due_at is not None
    assert daily.due_at > timezone.now()


def test_daily_and_weekly_wait_for_their_time(staff: User) -> None:
    search = kept(staff, cadence=Cadence.WEEKLY)
    PolicyPageFactory(title="救助办法")
    alert()
    assert told(staff) == []
    make_due(search)
    alert()
    assert len(told(staff)) == 1
    make_due(search)
    alert()
    assert len(told(staff)) == 1
    search.refresh_from_db()
    assert search.due_at is not None
    assert search.due_at > timezone.now()


def test_a_crash_before_the_message_is_written_tells_once_all_the_same(staff: User) -> None:
    kept(staff, cadence=Cadence.AT_ONCE)
    PolicyPageFactory(title="救助办法")
    settle()
    for place in ("search.saving.looking.add_results", "search.saving.telling._words"):
        with patch(place, side_effect=KeyboardInterrupt), pytest.raises(KeyboardInterrupt):
            list(send_alerts())
        assert told(staff) == []
    alert()
    alert()
    assert len(told(staff)) == 1
    assert NewResult.objects.count() == 1


def test_one_persons_trouble_keeps_nobody_else_from_being_told(staff: User) -> None:
    other = person(Role.STAFF)
    for user in (staff, other):
        kept(user, cadence=Cadence.AT_ONCE)
    PolicyPageFactory(title="救助办法")
    original = telling._write

    def write(who: Any, *rest: Any) -> int:
        if who.user.pk == staff.pk:
            raise RuntimeError
        return original(who, *rest)

    with patch("search.saving.telling._write", write):
        alert()
    assert (told(staff), len(told(other))) == ([], 1)
    alert()
    assert (len(told(staff)), len(told(other))) == (1, 1)


def test_whoever_may_not_sign_in_is_told_nothing(staff: User) -> None:
    kept(staff, cadence=Cadence.AT_ONCE)
    User.objects.filter(pk=staff.pk).update(is_active=False)
    PolicyPageFactory(title="救助办法")
    alert()
    assert told(staff) == []
    assert not NewResult.objects.exists()


def test_the_list_says_how_many_are_new_and_opening_it_marks_them_seen(staff: User) -> None:
    search = kept(staff, name="救助")
    PolicyPageFactory(title="救助办法甲", doc_number="民发〔2020〕1号")
    PolicyPageFactory(title="救助办法乙")
    alert()
    client = _as(staff)
    assert "2 条新结果" in client.get(MINE).content.decode()
    client.get(f"{MINE}{search.pk}/", headers={"sec-purpose": "prefetch"})
    page = client.get(f"{MINE}{search.pk}/").content.decode()
    assert "自上次查看以来有 2 条新结果" in page
    assert "民发〔2020〕1号" in page
    assert "条新结果" not in client.get(MINE).content.decode()
    assert "救助办法甲" in client.get(f"{MINE}{search.pk}/").content.decode()
    assert _as(person(Role.STAFF)).get(f"{MINE}{search.pk}/").status_code == 404


def test_lists_ask_the_database_no_more_often_for_more_results(staff: User) -> None:
    search, client = kept(staff), _as(staff)
    PolicyPageFactory(title="救助办法")
    alert()
    for address in (MINE, f"{MINE}{search.pk}/"):
        client.get(address)
    counts = []
    for _round in range(2):
        NewResult.objects.update(seen_at=None)
        for address in (MINE, f"{MINE}{search.pk}/"):
            with CaptureQueriesContext(connection) as asked:
                client.get(address)
            counts.append(len(asked))
        for number in range(10):
            PolicyPageFactory(title=f"救助办法{number}")
        kept(staff, f"q=办法{len(counts)}")
        alert()
    assert counts[:2] == counts[2:]


def test_more_than_are_kept_is_said(staff: User) -> None:
    search = kept(staff)
    with patch("search.saving.results.MOST_KEPT", 3), patch("search.saving.reading.MOST_KEPT", 3):
        for number in range(5):
            PolicyPageFactory(title=f"救助办法{number}")
        alert()
        assert NewResult.objects.filter(search=search).count() == 3
        assert "超过 3 条新结果" in _as(staff).get(MINE).content.decode()


def test_looking_costs_no_more_queries_for_more_searches(staff: User) -> None:
    kept(staff)
    alert()
    counts = []
    for batch in (1, 20):
        for number in range(batch):
            kept(person(Role.STAFF), f"q=救助&year={2000 + number}")
        PolicyPageFactory(title=f"托养办法{batch}")
        settle()
        with CaptureQueriesContext(connection) as asked:
            list(look())
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_old_results_and_what_is_long_gone_are_forgotten(staff: User) -> None:
    search = kept(staff)
    page = PolicyPageFactory(title="救助办法")
    PolicyPageFactory(title="救助办法乙")
    alert()
    PolicyPage.objects.get(pk=page.pk).unpublish()
    alert()
    assert sum(forget_old()) == 0
    NewResult.objects.update(seen_at=timezone.now())
    later = timezone.now() + datetime.timedelta(days=91)
    assert sum(forget_old(later)) == 3
    assert list(KnownThing.objects.values_list("title", flat=True)) == ["救助办法乙"]
    assert found(search) == set()


def test_the_command_does_the_same_and_says_so(staff: User, capsys: pytest.CaptureFixture[str]) -> None:
    kept(staff, cadence=Cadence.AT_ONCE)
    PolicyPageFactory(title="救助办法")
    settle()
    call_command("send_search_alerts", "--json")
    out = capsys.readouterr().out
    assert '"arrived": 1' in out
    assert '"found": 1' in out
    assert '"people": 1' in out
    call_command("send_search_alerts")
    assert "0 people told of 0 searches" in capsys.readouterr().out
    forget_access(staff)
    assert access_for(staff).roles
