"""Start-up checks of the search."""

import sqlite3
from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register


@register
def sqlite_has_full_text(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """The embedded engine, main or to fall back to, needs SQLite's FTS5 with bm25 and JSON."""
    try:
        with sqlite3.connect(":memory:") as connection:
            connection.execute("CREATE VIRTUAL TABLE words USING fts5 (text)")
            connection.execute("SELECT bm25(words), json_array('a') FROM words WHERE words MATCH 'a'").fetchall()
    except sqlite3.Error as error:
        return [
            Error(
                f"This Python's SQLite {sqlite3.sqlite_version} lacks full-text search: {error}.",
                hint="Use a Python whose SQLite is built with FTS5 and JSON (Debian's and python.org's are).",
                id="search.E001",
            )
        ]
    return []
