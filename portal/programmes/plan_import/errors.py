"""What can be wrong with a plan's file, in words a clerk can act on."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MAX_MEGABYTES = 20


class Fault(StrEnum):
    """The closed list of reasons for refusing a file."""

    MISSING = "missing"
    TOO_LARGE = "too-large"
    EMPTY = "empty"
    ENCRYPTED = "encrypted"
    OLD_WORD = "old-word"
    PDF = "pdf"
    SPREADSHEET = "spreadsheet"
    WRONG_TYPE = "wrong-type"
    CORRUPT = "corrupt"
    BOMB = "bomb"
    ENCODING = "encoding"


MESSAGES: dict[Fault, StrOrPromise] = {
    Fault.MISSING: _("The file cannot be opened. Check that it exists and that it may be read."),
    Fault.TOO_LARGE: _("The file is larger than 20 MB. A plan is a text; remove pictures and scans and try again."),
    Fault.EMPTY: _("The file holds no text. A scanned plan must be typed or recognised first."),
    Fault.ENCRYPTED: _("The file is protected by a password. Remove the password in Word and try again."),
    Fault.OLD_WORD: _("This is an old Word file (.doc). Open it in Word or WPS, save it as .docx and try again."),
    Fault.PDF: _("This is a PDF file. Please choose the plan's Word file (.docx) or plain text (.txt)."),
    Fault.SPREADSHEET: _("This is a spreadsheet. Please choose the plan's Word file (.docx) or plain text (.txt)."),
    Fault.WRONG_TYPE: _("Files of this type cannot be read as a plan. Please choose a .docx or .txt file."),
    Fault.CORRUPT: _("The Word file is damaged and cannot be read. Save it again in Word or WPS and try once more."),
    Fault.BOMB: _("The Word file unpacks to an unreasonable size, so it was not opened."),
    Fault.ENCODING: _("The text's encoding was not recognised. Save the file as UTF-8 and try again."),
}


class PlanFileError(Exception):
    """A file that cannot be read as a plan; ``str(error)`` is a translated sentence for the person who chose it."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault

    def __str__(self) -> str:
        return str(MESSAGES[self.fault])
