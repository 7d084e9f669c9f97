"""Where a form stands on a day. Pure."""

import datetime
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """Where a form stands; an editor sets the last three, the first follows from the date of opening."""

    UPCOMING = "upcoming", _("Not open yet")
    OPEN = "open", _("Open to reports")
    CLOSING = "closing", _("Closing: nothing new, drafts may be finished")
    CLOSED = "closed", _("Closed: nothing is taken any more")


SETTABLE = (Stage.OPEN, Stage.CLOSING, Stage.CLOSED)
TAKES_NEW = frozenset({Stage.OPEN})
ENDING = frozenset({Stage.CLOSING, Stage.CLOSED})
"""Stages in which nobody can be asked for anything new."""
TAKES_DRAFTS = frozenset({Stage.OPEN, Stage.CLOSING})
"""Stages in which a report that was begun may be saved and sent."""


@dataclass(frozen=True)
class Dates:
    """From which days on a form is open, closing, closed; all by the site's calendar, the day itself included."""

    opens_on: datetime.date | None = None
    closing_on: datetime.date | None = None
    closed_on: datetime.date | None = None

    def problems(self) -> dict[str, str]:
        """What contradicts itself, by field name."""
        from django.utils.translation import gettext

        found = {}
        if self.opens_on and self.closing_on and self.closing_on < self.opens_on:
            found["closing_on"] = gettext("The form would close before it opens.")
        last = self.closing_on or self.opens_on
        if last and self.closed_on and self.closed_on < last:
            found["closed_on"] = gettext("This day must not lie before the days above.")
        return found


def stage_on(day: datetime.date, *, chosen: Stage, dates: Dates) -> Stage:
    """The stage on a day: what was chosen by hand, or what the dates say where they are stricter."""
    if chosen == Stage.CLOSED or (dates.closed_on and day >= dates.closed_on):
        return Stage.CLOSED
    if chosen == Stage.CLOSING or (dates.closing_on and day >= dates.closing_on):
        return Stage.CLOSING
    if dates.opens_on and day < dates.opens_on:
        return Stage.UPCOMING
    return Stage.OPEN
