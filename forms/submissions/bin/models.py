"""What has been deleted, as it was."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from forms.submissions.bin.enums import BinnedKind
from portal.units.access import access_for
from portal.units.enums import Role
from portal.units.models import Unit

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User


class BinnedQuerySet(models.QuerySet["Binned"]):
    """What lies in the bin."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """What the person's units collected, for their coordinators. Nobody else has a bin."""
        return self.filter(owner_id__in=access_for(user).unit_ids(Role.COORDINATOR))


class Binned(models.Model):
    """A report or a requirement with everything that belongs to it, taken out of its tables.

    Because the rows are gone from there, no list, figure, search or export has to know of the bin.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=BinnedKind)
    target_id = models.BigIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=400)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("collecting unit"))
    rows = models.JSONField(_("rows"))
    """Django's serialisation, in the order in which rows were found: the report or requirement first."""
    links = models.JSONField(_("links"), default=list)
    """[model, field, numbers]: rows elsewhere that pointed here and point nowhere now."""
    files = models.JSONField(_("files"), default=list)
    """[storage, name] of every file that belongs to it; they stay where they are."""
    reason = models.CharField(_("reason"), max_length=500)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("deleted by")
    )
    deleted_at = models.DateTimeField(_("deleted at"), db_index=True)

    objects = BinnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("deleted item")
        verbose_name_plural = _("deleted items")
        ordering = ["-deleted_at", "-pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["target_id", "deleted_at"], name="binned_of_report")]

    def __str__(self) -> str:
        return self.title
