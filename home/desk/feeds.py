"""What a person's calendar shows (RFC 5545): reports to be sent, the closing of what is collected, classes.

Read as the person would read it today: whoever has left a unit has an empty calendar.
"""

import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from forms.collection.enums import RequirementState
from forms.collection.models import ReportingPeriod
from forms.submissions.review.due import due_again
from forms.submissions.todo import expected_of, owed
from home.desk.models import CalendarFeed, new_key
from home.training.models import TrainingPage
from portal.units.access import access_for
from portal.units.enums import Role

if TYPE_CHECKING:
    from portal.accounts.models import User

BACK, AHEAD = datetime.timedelta(days=60), datetime.timedelta(days=400)
"""How far the calendar reaches from today."""
MOST = 1000
"""Entries of each kind; a calendar with more is no help to anybody."""
LENGTH = datetime.timedelta(minutes=30)
"""A deadline is an instant; programs show the half hour before it."""
FETCHES_NOTED_EVERY = datetime.timedelta(hours=1)


@transaction.atomic
def give_feed(*, user: "User", now: datetime.datetime | None = None) -> CalendarFeed:
    """A new address for the person; an earlier one opens nothing any more."""
    now = now or timezone.now()
    feed, _created = CalendarFeed.objects.update_or_create(
        user=user, defaults={"key": new_key(), "created_at": now, "fetched_at": None}
    )
    return feed


def shut_feed(*, user: "User") -> None:
    """The address opens nothing any more."""
    CalendarFeed.objects.filter(user=user).delete()


def feed_for(key: str) -> CalendarFeed | None:
    """The feed behind a key, of an account that is open."""
    return CalendarFeed.objects.select_related("user").filter(key=key, user__is_active=True).first()


def note_fetch(feed: CalendarFeed, now: datetime.datetime) -> None:
    """Remember that the address is in use; once an hour is enough."""
    if feed.fetched_at is None or now - feed.fetched_at >= FETCHES_NOTED_EVERY:
        CalendarFeed.objects.filter(pk=feed.pk, key=feed.key).update(fetched_at=now)


def calendar_of(user: "User", *, now: datetime.datetime) -> bytes:
    """The calendar as a file, UTF-8; a constant number of queries."""
    calendar = Calendar()
    calendar.add("prodid", "-//Action Portal//Desk//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Special action: my dates"))
    calendar.add("x-published-ttl", "PT1H")
    for event in (*_to_send(user, now), *_collected(user, now), *_classes(user, now)):
        calendar.add_component(event)
    text: bytes = calendar.to_ical()
    return text


def _to_send(user: "User", now: datetime.datetime) -> Iterator[Event]:
    reach = (now - BACK, now + AHEAD)
    rows = (
        owed(expected_of(user))
        .filter(period__requirement__state=RequirementState.OPEN)
        .filter(Q(period__due_at__range=reach) | Q(due_override__range=reach))
        .with_names()
        .annotate(again=due_again())
    )
    for expected in rows[:MOST]:
        requirement, due_at = expected.period.requirement, expected.window.due_at
        due_at = max(due_at, expected.again or due_at)  # what came back is due again later
        names = {"requirement": requirement.title, "period": expected.period.name, "unit": expected.unit}
        yield _event(
            f"expected-{expected.pk}",
            _("Due: %(requirement)s, %(period)s (%(unit)s)") % names,
            due_at - LENGTH,
            due_at,
            now,
            address=reverse("submissions:detail", args=[expected.pk]),
            words=_("To %(owner)s.") % {"owner": requirement.owner},
        )


def _collected(user: "User", now: datetime.datetime) -> Iterator[Event]:
    collecting = access_for(user).unit_ids(Role.COORDINATOR)
    if not collecting:
        return
    rows = ReportingPeriod.objects.filter(
        requirement__owner_id__in=collecting,
        requirement__state=RequirementState.OPEN,
        due_at__gte=now - BACK,
        due_at__lte=now + AHEAD,
    ).select_related("requirement")
    for period in rows[:MOST]:
        names = {"requirement": period.requirement.title, "period": period.name}
        yield _event(
            f"period-{period.pk}",
            _("Reports are due: %(requirement)s, %(period)s") % names,
            period.due_at - LENGTH,
            period.due_at,
            now,
            address=reverse("collection:detail", args=[period.requirement_id]),
        )


def _classes(user: "User", now: datetime.datetime) -> Iterator[Event]:
    rows = TrainingPage.objects.visible_to(user).filter(
        live=True, starts_at__gte=now - BACK, starts_at__lte=now + AHEAD
    )
    for one in rows.order_by("starts_at", "pk")[:MOST]:
        if one.starts_at is None:
            continue
        title = _("Class: %(title)s") % {"title": one.title}
        ends_at = one.ends_at or one.starts_at
        yield _event(
            f"class-{one.pk}", title, one.starts_at, ends_at, now, address=one.get_url() or "", place=one.place
        )


def _event(
    number: str,
    title: str,
    starts_at: datetime.datetime,
    ends_at: datetime.datetime,
    now: datetime.datetime,
    *,
    address: str = "",
    words: str = "",
    place: str = "",
) -> Event:
    base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    event = Event()
    event.add("uid", f"{number}@{base.split('//')[-1]}")
    event.add("dtstamp", now)
    event.add("dtstart", starts_at.astimezone(datetime.UTC))
    event.add("dtend", ends_at.astimezone(datetime.UTC))
    event.add("summary", title)
    event.add("transp", "TRANSPARENT")
    if address:
        event.add("url", base + address if address.startswith("/") else address)
    if words:
        event.add("description", words)
    if place:
        event.add("location", place)
    return event
