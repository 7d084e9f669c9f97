"""One row for a person at a report; it says nothing about what they do there and is forgotten soon."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from forms.collection.models import ExpectedReport


class Presence(models.Model):
    """A person who has a report open. In the database, since several processes answer, on several machines."""

    expected = models.ForeignKey(
        ExpectedReport, on_delete=models.CASCADE, related_name="+", verbose_name=_("expected report")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("person")
    )
    since = models.DateTimeField(_("since"))
    seen_at = models.DateTimeField(_("seen at"), db_index=True)

    class Meta:
        verbose_name = _("person filling in")
        verbose_name_plural = _("people filling in")
        constraints = [models.UniqueConstraint(fields=["expected", "user"], name="present_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.expected}"
