"""Whether the parts the portal stands on answer."""

from dataclasses import dataclass

from django.core.cache import cache
from django.core.files.storage import storages
from django.db import connection


@dataclass(frozen=True)
class Part:
    """One part and what is wrong with it; an empty fault means it answers."""

    name: str
    fault: str = ""


def database() -> Part:
    """One round trip to the database."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception as error:  # noqa: BLE001 - whatever the driver raises is the answer
        return Part("database", type(error).__name__)
    return Part("database")


def cache_store() -> Part:
    """Write and read one value."""
    try:
        cache.set("health", "ok", 10)
        return Part("cache", "" if cache.get("health") == "ok" else "no value")
    except Exception as error:  # noqa: BLE001
        return Part("cache", type(error).__name__)


def files() -> Part:
    """The private folder can be looked into."""
    try:
        storages["private"].exists("health")
    except OSError as error:
        return Part("files", type(error).__name__)
    return Part("files")


def parts() -> list[Part]:
    """All but search: pages answer without it, so its absence must not take the portal out of service."""
    return [database(), cache_store(), files()]
