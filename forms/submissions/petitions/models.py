"""Petitions (申请): one person asks, with a reason, for what the rules do not allow; another decides."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from forms.collection.models import ExpectedReport
from forms.submissions.petitions.enums import PetitionKind
from forms.submissions.petitions.querysets import PetitionQuerySet


class Petition(models.Model):
    """A petition about one report; open until somebody has decided."""

    expected = models.ForeignKey(
        ExpectedReport, on_delete=models.PROTECT, related_name="petitions", verbose_name=_("expected report")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=PetitionKind)
    reason = models.TextField(_("reason"), max_length=1000)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    asked_at = models.DateTimeField(_("asked at"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    is_approved = models.BooleanField(_("approved"), null=True)
    answer = models.CharField(_("answer"), max_length=500, blank=True)

    objects = PetitionQuerySet.as_manager()

    class Meta:
        verbose_name = _("petition")
        verbose_name_plural = _("petitions")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["expected", "kind"], condition=models.Q(decided_at__isnull=True), name="petition_open_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.expected}"

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided yet."""
        return self.decided_at is None
