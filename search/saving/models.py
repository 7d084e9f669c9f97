"""Searches that people keep."""

from django.conf import settings
from django.db import models
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from search.parameters import Asked
from search.saving.enums import Cadence
from search.saving.querysets import SavedSearchQuerySet

LONGEST_NAME = 100


class SavedSearch(models.Model):
    """A question with all its filters that one person keeps, and how that person is told of what it newly finds.

    `address` is the end of the search page's address in one spelling, `key` its hash; the same question is kept once.
    `revision` counts the changes, so that of two who change it at the same time the second is told.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("person")
    )
    name = models.CharField(pgettext_lazy("saved search", "name"), max_length=LONGEST_NAME)
    address = models.TextField(pgettext_lazy("saved search", "question"))
    key = models.CharField(_("counted as"), max_length=64, editable=False)
    cadence = models.CharField(
        pgettext_lazy("saved search", "alert"), max_length=10, choices=Cadence, default=Cadence.DAILY
    )
    is_paused = models.BooleanField(pgettext_lazy("saved search", "paused"), default=False)
    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)
    created_at = models.DateTimeField(pgettext_lazy("saved search", "saved at"), default=timezone.now)
    looked_at = models.DateTimeField(_("looked at"), default=timezone.now)
    due_at = models.DateTimeField(_("next alert at"), null=True, blank=True)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("saved search", "saved search")
        verbose_name_plural = pgettext_lazy("saved search", "saved searches")
        default_permissions = ()
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="search_saved_once")]
        indexes = [models.Index(fields=["due_at"], name="search_alerts_due")]

    def __str__(self) -> str:
        return self.name

    @property
    def asked(self) -> Asked:
        """The question."""
        return Asked.from_parameters(QueryDict(self.address.removeprefix("?")))
