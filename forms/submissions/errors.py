"""Why a step was refused. Each message is for the person who tried."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


class ReportRefusedError(Exception):
    """The step cannot be taken; nothing was changed."""


class NotAllowedError(ReportRefusedError):
    """The person is not the one who may take the step."""


class WrongStateError(ReportRefusedError):
    """The report stands where the step does not start."""


class WindowClosedError(ReportRefusedError):
    """Reports are not taken now."""


class ReasonMissingError(ReportRefusedError):
    """The step needs a reason."""


class FileRefusedError(ReportRefusedError):
    """A file cannot be kept."""


class KeyTakenError(ReportRefusedError):
    """The submission key belongs to another report."""

    def __init__(self) -> None:
        super().__init__(_("This page was used for another report. Open the report again, please."))


class LockedAnswersError(ReportRefusedError):
    """Answers were changed that are not to be mended; `places` names them."""

    def __init__(self, places: list[str]) -> None:
        self.places = places
        if places:
            named = pgettext("between the names in a list", ", ").join(places)
            message = _("Only what the reviewer marked can be changed. Not changed: %(places)s.") % {"places": named}
        else:
            message = _("Only what the reviewer marked can be changed.")
        super().__init__(message)


class StaleRevisionError(ReportRefusedError):
    """Somebody else saved since the page was opened; the view shows both."""

    def __init__(self) -> None:
        super().__init__(_("Somebody else has saved this report since you opened it."))
