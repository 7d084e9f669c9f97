"""Why a thing cannot be indexed, in plain words. Pure."""

import re

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

RAISED = re.compile(r"([A-Z]\w*)(?::|$)")
"""What Python raised begins with the name of its class; what an engine answers does not."""

MISSING = frozenset(
    {"FileNotFoundError", "NotADirectoryError", "PermissionError", "OSError", "SuspiciousFileOperation"}
)


def plain_reason(error: str) -> Promise:
    """What failed, without its technical text."""
    raised = RAISED.match(error)
    if raised is None:
        return _("The search engine refuses its content.")
    if raised[1] in MISSING:
        return _("Its file cannot be read from the disk.")
    if raised[1] == "MemoryError":
        return _("It is too large to be read.")
    return _("Its content could not be made ready for the index.")


def kind_of_error(error: str) -> str:
    """The technical text without anything that may be quoted from the content."""
    raised = RAISED.match(error)
    return raised[1][:60] if raised else ""
