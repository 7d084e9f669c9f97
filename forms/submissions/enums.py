"""Closed vocabularies of reports. The states themselves belong to `forms.collection.enums`: progress counts them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Step(models.TextChoices):
    """What can be done to a report; also the kinds of events in its history."""

    CREATE = "created", _("Began the report")
    SAVE = "saved", _("Saved the draft")
    ASK = "asked", _("Handed in to be signed off")
    RECALL = "recalled", _("Took it back from signing off")
    SEND_BACK = "sent_back", _("Sent it back inside the unit")
    SUBMIT = "submitted", _("Sent the report")
    WITHDRAW = "withdrawn", _("Withdrew the report")
    RETURN = "returned", _("Returned the report")
    ACCEPT = "accepted", _("Accepted the report")
    REOPEN = "reopened", _("Reopened the accepted report")
    MOVE = "moved", _("Published a new version of the form")


class Party(models.TextChoices):
    """The sides of a report; the second is within the first."""

    UNIT = "unit", _("Reporting unit")
    UNIT_REVIEWER = "unit_reviewer", _("Reviewer of the reporting unit")
    REVIEWER = "reviewer", _("Collecting unit")


class PageStatus(models.TextChoices):
    """Where one page of a form with pages stands."""

    BLANK = "blank", pgettext_lazy("page", "Not begun")
    WRONG = "wrong", _("To be completed or corrected")
    COMPLETE = "complete", _("Complete")
