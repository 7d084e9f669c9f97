"""What administrators have entered about holidays. Years that a library knows need no rows."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.calendars.enums import DayKind
from portal.calendars.querysets import CalendarDayQuerySet

FIRST_YEAR, LAST_YEAR = 2004, 2100


class CalendarYear(models.Model):
    """A year whose notice has been entered; its days take the place of whatever was known about the year before."""

    year = models.PositiveSmallIntegerField(
        _("year"), primary_key=True, validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    notice = models.CharField(
        _("notice"), max_length=200, help_text=_("Its name and number, such as 国办发明电〔2025〕7号.")
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("entered by")
    )
    entered_at = models.DateTimeField(_("entered at"), auto_now=True)

    class Meta:
        verbose_name = _("year with its notice")
        verbose_name_plural = _("years with their notices")
        ordering = ["-year"]

    def __str__(self) -> str:
        return str(self.year)


class CalendarDay(models.Model):
    """A day that differs from its weekday, or from what the notice says (a day off that the city gives itself)."""

    day = models.DateField(_("day"), unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=DayKind)
    name = models.CharField(pgettext_lazy("calendar", "name"), max_length=50, blank=True)
    is_of_notice = models.BooleanField(_("by the notice"), default=False)

    objects = CalendarDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("arranged day")
        verbose_name_plural = _("arranged days")
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day.isoformat()} {self.get_kind_display()}"
