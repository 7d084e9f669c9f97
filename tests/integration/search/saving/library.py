"""Saved searches for the tests of them: kept, asked, told of."""

import datetime
from typing import Any

from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from home.policies.models import PolicyPage
from portal.accounts.models import User
from portal.notifications.models import Notification
from search.parameters import Asked
from search.saving.alerting import send_alerts
from search.saving.enums import Cadence
from search.saving.models import NewResult, SavedSearch
from search.saving.services import save
from tests.integration.search.asking import settle

MINE = "/search/saved/"


def as_(user: User) -> Client:
    """The user's browser."""
    client = Client()
    client.force_login(user)
    return client


def asked(address: str) -> Asked:
    """The question of an address."""
    return Asked.from_parameters(QueryDict(address))


def kept(user: User, address: str = "q=救助", cadence: Cadence = Cadence.DAILY, name: str = "") -> SavedSearch:
    """A saved search."""
    return save(user=user, asked=asked(address), name=name or address, cadence=cadence)


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
