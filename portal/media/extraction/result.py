"""What reading a file gives."""

from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """Why a file gave no text, or not all of it. `portal.media.enums` says it in words."""

    NONE = ""
    UNSUPPORTED = "unsupported"
    UNREADABLE = "unreadable"
    ENCRYPTED = "encrypted"
    TOO_LARGE = "too-large"
    TOO_SLOW = "too-slow"
    NO_TEXT = "no-text"


class FaultyFileError(Exception):
    """The file cannot be read, for a reason that has a name."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True)
class Extraction:
    """The text of each page (PDF), sheet (XLSX) or, of other files, of the whole."""

    pages: list[str]
    fault: Fault = Fault.NONE

    @property
    def text(self) -> str:
        """All pages, parted by form feeds, so that they can be told apart again."""
        return "\f".join(self.pages)
