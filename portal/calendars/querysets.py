"""Reads of the calendar. It is no secret: everybody who is inside may see it."""

from django.db import models


class CalendarDayQuerySet(models.QuerySet["CalendarDay"]):  # type: ignore[name-defined]  # noqa: F821
    """Days that somebody has arranged."""

    def of_year(self, year: int) -> "CalendarDayQuerySet":
        """Those of one year."""
        return self.filter(day__year=year)
