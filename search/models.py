"""The outbox: what changed and is not in every index yet."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OutboxEntry(models.Model):
    """One thing that changed, and one index that must learn of it.

    Written in the transaction of the change, so neither can be without the other. `destination` is the name of an
    engine, or of an index that is being rebuilt (`IndexRebuild.destination`).
    """

    destination = models.CharField(_("destination"), max_length=120)
    source = models.CharField(_("source"), max_length=40)
    object_pk = models.CharField(_("object"), max_length=64)
    withdraws = models.BooleanField(_("may hide the object from some"), default=False)
    created_at = models.DateTimeField(_("created at"), default=timezone.now)
    next_attempt_at = models.DateTimeField(_("next attempt at"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    set_aside = models.BooleanField(_("set aside"), default=False)
    error = models.TextField(_("error"), blank=True)

    class Meta:
        verbose_name = _("change to be indexed")
        verbose_name_plural = _("changes to be indexed")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["destination", "set_aside", "next_attempt_at"], name="outbox_due"),
            models.Index(
                fields=["destination", "source", "object_pk"],
                name="outbox_withdrawn",
                condition=models.Q(withdraws=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}:{self.object_pk} → {self.destination}"

    @property
    def object_id(self) -> str:
        """The name of the thing in the index."""
        return f"{self.source}:{self.object_pk}"


class EngineFeed(models.Model):
    """How feeding one engine goes: since when it is away, when it is tried again, and what the last check found.

    `last_check` is `search.nightly.summary`; `check_alive_at` is the last sign of life of a check that the worker runs;
    `told` stands for the trouble of which administrators have been told, so that they are not told again of the same.
    """

    engine = models.CharField(_("engine"), max_length=40, primary_key=True)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0)
    away_since = models.DateTimeField(_("away since"), null=True)
    retry_at = models.DateTimeField(_("tried again at"), null=True)
    error = models.TextField(_("error"), blank=True)
    checked_at = models.DateTimeField(_("checked at"), null=True)
    last_check = models.JSONField(_("what the last check found"), default=dict, blank=True)
    check_alive_at = models.DateTimeField(_("check's last sign of life"), null=True)
    told = models.CharField(_("trouble that was told"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("feeding of an engine")
        verbose_name_plural = _("feeding of the engines")

    def __str__(self) -> str:
        return self.engine


class IndexRebuild(models.Model):
    """A new index that is being filled beside the one in use. Changes made meanwhile are kept for it in the outbox.

    `source` and `last_pk` say how far it has come: sources are read in their order, each by its keys.
    """

    engine = models.CharField(_("engine"), max_length=40, unique=True)
    target = models.CharField(_("new index"), max_length=120)
    started_at = models.DateTimeField(_("started at"), auto_now_add=True)
    alive_at = models.DateTimeField(_("last sign of life"), default=timezone.now)
    making = models.CharField(_("how it is made"), max_length=64, blank=True)
    source = models.CharField(_("source read last"), max_length=40, blank=True)
    last_pk = models.CharField(_("object read last"), max_length=64, blank=True)
    read = models.PositiveIntegerField(_("objects read"), default=0)

    class Meta:
        verbose_name = _("rebuilding of an index")
        verbose_name_plural = _("rebuilding of indexes")

    def __str__(self) -> str:
        return self.destination

    @property
    def destination(self) -> str:
        """Under this name the outbox keeps changes for the new index."""
        return f"{self.engine}/{self.target}"
