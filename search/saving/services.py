"""Writes of saved searches: kept, changed, paused, removed."""

import datetime

from django.db import transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.calendars.services import work_calendar
from portal.units.access import access_for
from search.parameters import Asked
from search.saving.enums import Cadence
from search.saving.errors import AlreadySavedError, NameTakenError, StaleSearchError, TooManySearchesError
from search.saving.models import LONGEST_NAME, SavedSearch, Watcher
from search.saving.querysets import SavedSearchQuerySet
from search.saving.rules import MOST, key_of, name_key_of, next_alert


@transaction.atomic
def save(*, user: User, asked: Asked, name: str, cadence: Cadence, now: datetime.datetime | None = None) -> SavedSearch:
    """Keep a question for a person; what it finds from now on is new.

    AlreadySavedError where the person keeps it already, TooManySearchesError beyond `MOST`, NameTakenError where
    another one is called so, ValueError where nothing is asked for; nothing is written then.
    """
    if asked.is_empty:
        raise ValueError("Nothing is asked for.")
    now = now or timezone.now()
    _queue_up(user.pk)
    own = SavedSearch.objects.visible_to(user)
    if known := own.filter(key=key_of(asked)).first():
        raise AlreadySavedError(known)
    if own.count() >= MOST:
        raise TooManySearchesError
    named = _named(own, name)
    watch(user)
    return SavedSearch.objects.create(
        user=user,
        **named,
        address=asked.normalised().address(),
        key=key_of(asked),
        cadence=cadence,
        created_at=now,
        looked_at=now,
        due_at=due_after(cadence, now),
    )


@transaction.atomic
def change(
    *, search: SavedSearch, revision: int, name: str, cadence: Cadence, now: datetime.datetime | None = None
) -> SavedSearch:
    """Give it another name or another alert.

    StaleSearchError where `revision` is not the latest, NameTakenError where another one is called so.
    """
    _queue_up(search.user_id)
    latest = _latest(search, revision)
    named = _named(SavedSearch.objects.filter(user=search.user_id).exclude(pk=latest.pk), name)
    if cadence != latest.cadence:
        latest.due_at = due_after(cadence, now or timezone.now())
    latest.name, latest.name_key, latest.cadence = named["name"], named["name_key"], cadence
    latest.revision += 1
    latest.save(update_fields=[*named, "cadence", "due_at", "revision"])
    return latest


@transaction.atomic
def set_paused(*, search: SavedSearch, is_paused: bool, now: datetime.datetime | None = None) -> SavedSearch:
    """Let it rest, or go on; twice the same changes nothing. What was published while it rested is not told of."""
    latest = SavedSearch.objects.select_for_update().get(pk=search.pk)
    if latest.is_paused != is_paused:
        if not is_paused:
            watch(latest.user)
        latest.is_paused = is_paused
        latest.due_at = None if is_paused else due_after(Cadence(latest.cadence), now or timezone.now())
        latest.revision += 1
        latest.save(update_fields=["is_paused", "due_at", "revision"])
    return latest


@transaction.atomic
def watch(user: User) -> None:
    """Note what the person finds now, unless that is noted at every look because another search of theirs runs."""
    tokens = sorted(access_for(user).tokens())
    if SavedSearch.objects.running().filter(user=user).exists():
        Watcher.objects.get_or_create(user=user, defaults={"tokens": tokens})
    else:
        Watcher.objects.update_or_create(user=user, defaults={"tokens": tokens})


@transaction.atomic
def remove(*, search: SavedSearch) -> None:
    """Keep it no longer."""
    # The search before its results, as everybody locks them.
    list(SavedSearch.objects.select_for_update().filter(pk=search.pk))
    SavedSearch.objects.filter(pk=search.pk).delete()


def due_after(cadence: Cadence, now: datetime.datetime) -> datetime.datetime | None:
    """When the next alert of that cadence goes out; None where it is at once or never."""
    return next_alert(cadence, now, work_calendar(), timezone.get_default_timezone())


def _queue_up(user_id: int) -> None:
    """One person's savings wait for each other, so that no number, question or name is overrun.

    The key is left alone: who holds a search and writes a row that names the person does not wait for who waits here.
    """
    User.objects.select_for_update(no_key=True).only("pk").get(pk=user_id)


def _named(others: SavedSearchQuerySet, name: str) -> dict[str, str]:
    """The fields of a name; NameTakenError where one of the others has it."""
    name = name[:LONGEST_NAME]
    key = name_key_of(name)
    if other := others.filter(name_key=key).first():
        raise NameTakenError(other)
    return {"name": name, "name_key": key}


def _latest(search: SavedSearch, revision: int) -> SavedSearch:
    latest = SavedSearch.objects.select_for_update().get(pk=search.pk)
    if latest.revision != revision:
        raise StaleSearchError(latest)
    return latest
