"""A workbook that came back, between its check and the person's word."""

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from forms.collection.models import ExpectedReport

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User


class ReturnedQuerySet(models.QuerySet["ReturnedWorkbook"]):
    """Workbooks that came back."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Whoever sent it in sees it, nobody else."""
        return self.filter(uploaded_by_id=user.pk)


class ReturnedWorkbook(models.Model):
    """The cells as read. The row goes when it has been taken or given up, or after a day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    expected = models.ForeignKey(
        ExpectedReport, on_delete=models.CASCADE, related_name="+", verbose_name=_("expected report")
    )
    file_name = models.CharField(_("file name"), max_length=255)
    digest = models.CharField(_("check sum"), max_length=64)
    """Of the form's version that the workbook was made for."""
    bases = models.JSONField(default=dict)
    """On what the workbook's answers were based, by question."""
    cells = models.JSONField(_("cells"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded at"))

    objects = ReturnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("returned workbook")
        verbose_name_plural = _("returned workbooks")
        ordering = ["-uploaded_at", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.file_name
