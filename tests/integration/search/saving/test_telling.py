"""How people are told of what their saved searches found: one message, in its time, counted and forgotten."""

import datetime
from typing import Any
from unittest.mock import patch

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.http import HttpResponse
from django.shortcuts import render
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from home.policies.models import PolicyPage
from portal.accounts.models import User
from portal.notifications.models import Notification
from portal.units.enums import Role
from search.saving import telling
from search.saving.alerting import forget_old, send_alerts
from search.saving.enums import Cadence
from search.saving.looking import look
from search.saving.models import KnownThing, NewResult
from tests.factories.home import PolicyPageFactory
from tests.factories.units import person
from tests.integration.queue import run_queued
from tests.integration.search.asking import settle
from tests.integration.search.saving.library import MINE, alert, as_, found, kept, make_due, told

pytestmark = pytest.mark.django_db


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
    client = as_(staff)
    assert "2 条新结果" in client.get(MINE).content.decode()
    client.get(f"{MINE}{search.pk}/", headers={"sec-purpose": "prefetch"})
    page = client.get(f"{MINE}{search.pk}/").content.decode()
    assert "自上次查看以来有 2 条新结果" in page
    assert "民发〔2020〕1号" in page
    assert "条新结果" not in client.get(MINE).content.decode()
    assert "救助办法甲" in client.get(f"{MINE}{search.pk}/").content.decode()
    assert as_(person(Role.STAFF)).get(f"{MINE}{search.pk}/").status_code == 404


def test_what_is_found_while_the_page_is_made_stays_new_and_is_told(staff: User) -> None:
    search = kept(staff, cadence=Cadence.DAILY)
    PolicyPageFactory(title="救助办法甲")
    alert()

    def shown_late(*arguments: Any, **values: Any) -> HttpResponse:
        response = render(*arguments, **values)
        PolicyPageFactory(title="救助办法乙")
        settle()
        list(look())
        return response

    with patch("search.saving.views.render", shown_late):
        assert "救助办法乙" not in as_(staff).get(f"{MINE}{search.pk}/").content.decode()
    assert found(search) == {"救助办法乙"}
    make_due(search)
    alert()
    assert len(told(staff)) == 1


def test_what_is_found_again_while_it_is_forgotten_stays(staff: User) -> None:
    search = kept(staff)
    PolicyPageFactory(title="救助办法")
    alert()
    KnownThing.objects.update(read_at=timezone.now() - datetime.timedelta(days=31))

    def found_again(tokens: Any) -> bool:
        KnownThing.objects.update(read_at=timezone.now())
        return True

    with patch("search.saving.alerting.is_gone", found_again):
        list(forget_old())
    assert found(search) == {"救助办法"}


def test_lists_ask_the_database_no_more_often_for_more_results(staff: User) -> None:
    search, client = kept(staff), as_(staff)
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
        assert "超过 3 条新结果" in as_(staff).get(MINE).content.decode()


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
