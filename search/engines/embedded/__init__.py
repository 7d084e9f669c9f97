"""An engine in a file of its own: SQLite with FTS5. Every Chinese character is a token, words are rows of tokens."""

from search.engines.embedded.engine import EmbeddedEngine

__all__ = ["EmbeddedEngine"]
