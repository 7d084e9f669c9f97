"""Start-up checks: what is wrong with this installation, and how to mend it."""

import os
from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Caution
from django.db import connection
from django.db.utils import DatabaseError

MINIMUM_SQLITE = (3, 35)


def demo_accounts_exist() -> bool:
    """Whether the database holds accounts whose passwords everybody knows."""
    from portal.accounts.models import User

    try:
        return User.objects.filter(is_demo=True, is_active=True).exists()
    except DatabaseError:  # not migrated yet, or not reachable: other checks say so
        return False


@register(Tags.security)
def settings_are_coherent(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Settings that contradict each other or are missing."""
    found: list[CheckMessage] = []
    if settings.PORTAL_SEARCH_ENGINE not in {"embedded", "elasticsearch"}:
        found.append(
            Error(
                f"PORTAL_SEARCH_ENGINE is {settings.PORTAL_SEARCH_ENGINE!r}.",
                hint="Set it to 'embedded' or 'elasticsearch'.",
                id="portal.E001",
            )
        )
    if settings.PORTAL_SEARCH_ENGINE == "elasticsearch" and not settings.PORTAL_ELASTICSEARCH_URL:
        found.append(
            Error(
                "PORTAL_SEARCH_ENGINE is 'elasticsearch', but PORTAL_ELASTICSEARCH_URL is empty.",
                hint="Set PORTAL_ELASTICSEARCH_URL (http://127.0.0.1:9200), or PORTAL_SEARCH_ENGINE=embedded.",
                id="portal.E002",
            )
        )
    if settings.PORTAL_NOTIFY_WEBHOOK_URL and not settings.PORTAL_NOTIFY_WEBHOOK_SECRET:
        found.append(
            Error(
                "PORTAL_NOTIFY_WEBHOOK_URL is set, but PORTAL_NOTIFY_WEBHOOK_SECRET is empty.",
                hint="Set the secret that the messaging gateway compares signatures with.",
                id="portal.E005",
            )
        )
    if not os.access(existing_parent(str(settings.DATA_DIR)), os.W_OK):
        found.append(
            Error(
                "The data folder (PORTAL_DATA_DIR) cannot be written.",
                hint="Create it and give it to the account that runs the portal.",
                id="portal.E003",
            )
        )
    return found


@register(Tags.security, deploy=True)
def production_is_complete(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """What a real installation must have beyond Django's own deployment checks."""
    found: list[CheckMessage] = []
    if not settings.PORTAL_DEMO and connection.vendor == "sqlite":
        found.append(
            Caution(
                "The portal runs on SQLite.",
                hint="Set PORTAL_DATABASE_URL to a PostgreSQL database; SQLite is for trying the portal out.",
                id="portal.W001",
            )
        )
    if not settings.PORTAL_DEMO and not settings.PORTAL_REDIS_URL:
        found.append(
            Caution(
                "PORTAL_REDIS_URL is empty: each process counts sign-in attempts and rates on its own.",
                hint="Set PORTAL_REDIS_URL, for example redis://127.0.0.1:6379/0.",
                id="portal.W002",
            )
        )
    return found


@register(Tags.database)
def no_demo_accounts_in_production(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Demo accounts have published passwords; outside the demo the portal refuses to start with them."""
    if settings.PORTAL_DEMO or not demo_accounts_exist():
        return []
    return [
        Error(
            "This database holds demo accounts, whose passwords everybody knows.",
            hint="Start with an empty database, or deactivate every account with is_demo.",
            id="portal.E004",
        )
    ]


def existing_parent(path: str) -> str:
    """The nearest folder that exists at or above a path."""
    while not os.path.exists(path):
        path = os.path.dirname(path) or "."
    return path
