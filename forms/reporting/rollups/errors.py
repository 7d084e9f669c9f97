"""Why something is not done; messages are in the reader's language, and nothing was changed."""

from django.utils.translation import gettext as _


class RollUpRefusedError(Exception):
    """Something that may not be done."""


class NotYoursError(RollUpRefusedError):
    """The person may not change this roll-up."""

    def __init__(self) -> None:
        super().__init__(_("Only coordinators of the collecting unit may change this roll-up."))


class FinalError(RollUpRefusedError):
    """It is frozen."""

    def __init__(self) -> None:
        super().__init__(_("This roll-up is final; it cannot be changed. Begin a copy from it."))


class StaleError(RollUpRefusedError):
    """Somebody else has changed the same place meanwhile."""
