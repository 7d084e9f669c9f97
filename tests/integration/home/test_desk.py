"""One's own desk and the calendar of it."""

import datetime
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar, Event

from forms.submissions.services import submit
from home.desk.feeds import calendar_of, give_feed
from home.desk.models import CalendarFeed
from portal.accounts.models import User
from portal.units.enums import Role
from portal.units.models import Membership
from tests.factories.collection import ANSWERS, ExpectedReportFactory, PeriodFactory
from tests.factories.home import TrainingPageFactory
from tests.factories.submissions import Sides, sides
from tests.factories.units import UserFactory, person

pytestmark = pytest.mark.django_db


def browser(user: User) -> Client:
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(user)
    return client


def sent() -> Sides:
    found = sides()
    submit(user=found.reporter, expected=found.expected, answers=ANSWERS, revision=0, key=uuid.uuid4())
    return found


def titles(user: User) -> list[str]:
    """What the person's calendar shows."""
    made = Calendar.from_ical(calendar_of(User.objects.get(pk=user.pk), now=timezone.now()))
    return [str(event["SUMMARY"]) for event in made.walk("VEVENT")]


def test_each_role_finds_its_own_work() -> None:
    found = sent()
    due = ExpectedReportFactory.create(unit=found.expected.unit)
    title, due_title = found.expected.period.requirement.title, due.period.requirement.title
    reporter = browser(found.reporter).get("/my/").text
    assert f"/reports/{due.pk}/fill/" in reporter
    assert f"/reports/{found.expected.pk}/?version=1" in reporter
    coordinator = browser(found.coordinator).get("/my/").text
    assert f"/reports/{found.expected.pk}/" in coordinator
    assert title in coordinator
    assert due_title not in coordinator
    stranger = browser(person(Role.REPORTER)).get("/my/").text
    assert title not in stranger
    assert due_title not in stranger


def test_leaders_see_what_is_behind() -> None:
    now = timezone.now()
    days = [now - datetime.timedelta(days=back) for back in (9, 2)]
    late = ExpectedReportFactory.create(period=PeriodFactory.create(opens_at=days[0], due_at=days[1]))
    page = browser(person(Role.LEADER)).get("/my/").text
    assert late.period.requirement.title in page


def test_the_desk_asks_no_more_for_more_rows() -> None:
    found = sent()
    window = browser(found.reporter)
    window.get("/my/")
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as asked:
            assert window.get("/my/").status_code == 200
        counts.append(len(asked))
        for _more in range(4):
            ExpectedReportFactory.create(unit=found.expected.unit)
    assert counts[0] == counts[1]


def test_the_calendar_shows_what_is_owed_until_it_is_sent() -> None:
    found = sides()
    title = found.expected.period.requirement.title
    assert [title in line for line in titles(found.reporter)] == [True]
    assert any(title in line for line in titles(found.coordinator))
    submit(user=found.reporter, expected=found.expected, answers=ANSWERS, revision=0, key=uuid.uuid4())
    assert titles(found.reporter) == []


def test_the_units_own_date_is_the_one_in_the_calendar() -> None:
    found = sides()
    moved = found.expected.window.due_at + datetime.timedelta(days=2)
    found.expected.due_override = moved
    found.expected.save()
    made = Calendar.from_ical(calendar_of(found.reporter, now=timezone.now()))
    assert [event.end for event in made.walk("VEVENT") if isinstance(event, Event)] == [moved.replace(microsecond=0)]


def test_words_that_mean_something_to_the_format_stay_words() -> None:
    title = "检查;整改,复查\n第二行" + "长" * 90
    now = timezone.now()
    TrainingPageFactory.create(title=title, starts_at=now, ends_at=now + datetime.timedelta(hours=2))
    assert [line.endswith(title) for line in titles(person(Role.STAFF))] == [True]


def test_an_address_opens_the_feed_without_signing_in_until_it_is_made_anew() -> None:
    found = sides()
    window = browser(found.reporter)
    window.post("/my/calendar/", {"do": "give"})
    first = reverse("desk:feed", args=[CalendarFeed.objects.get(user=found.reporter).key])
    answer = Client().get(first)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert found.expected.period.requirement.title in answer.content.decode().replace("\r\n ", "")
    assert first in window.get("/my/calendar/").text
    window.post("/my/calendar/", {"do": "renew"})
    assert Client().get(first).status_code == 404
    second = reverse("desk:feed", args=[CalendarFeed.objects.get(user=found.reporter).key])
    assert Client().get(second).status_code == 200
    window.post("/my/calendar/", {"do": "shut"})
    assert Client().get(second).status_code == 404


def test_who_leaves_the_unit_or_the_portal_leaves_an_empty_calendar() -> None:
    found = sides()
    feed = give_feed(user=found.reporter)
    Membership.objects.filter(user=found.reporter).delete()
    assert titles(found.reporter) == []
    found.reporter.is_active = False
    found.reporter.save()
    assert Client().get(reverse("desk:feed", args=[feed.key])).status_code == 404


def test_a_person_without_a_role_finds_an_empty_desk() -> None:
    assert "目前没有待办事项" in browser(UserFactory()).get("/my/").text
