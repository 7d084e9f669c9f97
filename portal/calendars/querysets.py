"""Reads of the calendar."""

from typing import TYPE_CHECKING, Self

from django.db import models

from portal.units.access import access_for
from portal.units.enums import ADMIN_INTERFACE

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User
    from portal.calendars.models import CalendarDay


class CalendarDayQuerySet(models.QuerySet["CalendarDay"]):
    """Days that somebody has arranged."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """All for whoever works in the admin; the dates that they lead to everybody sees."""
        return self.all() if access_for(user).has(*ADMIN_INTERFACE) else self.none()

    def of_year(self, year: int) -> Self:
        """Those of one year."""
        return self.filter(day__year=year)
