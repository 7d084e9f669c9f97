"""Closed vocabularies of files."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.media.extraction import Fault


class TextFault(models.TextChoices):
    """Why a file is found by its name only; the words for `portal.media.extraction.Fault`."""

    UNSUPPORTED = Fault.UNSUPPORTED, _("The text of this kind of file is not read.")
    UNREADABLE = Fault.UNREADABLE, _("The file is damaged or its encoding is unknown.")
    ENCRYPTED = Fault.ENCRYPTED, _("The file is protected by a password.")
    TOO_LARGE = Fault.TOO_LARGE, _("The file is too large; only its beginning was read, or nothing.")
    TOO_SLOW = Fault.TOO_SLOW, _("Reading the file took too long.")
    NO_TEXT = Fault.NO_TEXT, _("The file has no text, for example because it was scanned.")
