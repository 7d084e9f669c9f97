"""What was done about each rung: the record by which nobody is reminded twice."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forms.collection.models import ExpectedReport
from forms.collection.reminders.enums import Outcome, Rung


class Reminder(models.Model):
    """A rung of one report that was sent or left out. Written in the transaction of the notifications."""

    expected = models.ForeignKey(
        ExpectedReport, on_delete=models.CASCADE, related_name="reminders", verbose_name=_("expected report")
    )
    rung = models.CharField(_("rung"), max_length=20, choices=Rung)
    key = models.CharField(_("occasion"), max_length=60, editable=False)
    outcome = models.CharField(pgettext_lazy("reminder", "outcome"), max_length=10, choices=Outcome)
    planned_at = models.DateTimeField(_("planned for"))
    done_at = models.DateTimeField(_("done at"))
    people = models.PositiveSmallIntegerField(_("people reminded"), default=0)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["-done_at", "-pk"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["expected", "key"], name="reminded_once")]

    def __str__(self) -> str:
        return f"{self.expected} · {self.get_rung_display()}"
