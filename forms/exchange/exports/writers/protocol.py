"""What a kind of file is."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from forms.exchange.exports.describing import Line
from forms.exchange.exports.layout import Layout
from forms.exchange.exports.rows import Row


class Writer(ABC):
    """Writes rows as they come and ends with the description. `path` is a new file of its own."""

    content_type: ClassVar[str]

    @abstractmethod
    def __init__(self, path: Path, layout: Layout) -> None:
        """Begin the file."""

    @abstractmethod
    def write(self, rows: Sequence[Row]) -> None:
        """Add rows."""

    @abstractmethod
    def close(self, lines: Sequence[Line]) -> list[str]:
        """End the file with its description; gives sentences about what it could not hold."""

    @abstractmethod
    def give_up(self) -> None:
        """Let go of everything; the file is of no use."""

    @classmethod
    @abstractmethod
    def extension(cls, layout: Layout) -> str:
        """The end of the file's name: without a dot."""
