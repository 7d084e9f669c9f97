"""Searches that people keep, what they newly found, and what must be known to tell what is new."""

from django.conf import settings
from django.db import models
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from search.parameters import Asked
from search.saving.enums import Cadence
from search.saving.querysets import NewResultQuerySet, SavedSearchQuerySet

LONGEST_NAME = 100


class SavedSearch(models.Model):
    """A question with all its filters that one person keeps, and how that person is told of what it newly finds.

    `address` is the end of the search page's address in one spelling, `key` its hash; the same question is kept once.
    `name_key` is the name's (`rules.name_key_of`): alerts name searches by nothing else, so no two of a person's do.
    `revision` counts the changes, so that of two who change it at the same time the second is told.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("person")
    )
    name = models.CharField(pgettext_lazy("saved search", "name"), max_length=LONGEST_NAME)
    name_key = models.CharField(_("name counted as"), max_length=64, editable=False)
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
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="search_saved_once"),
            models.UniqueConstraint(fields=["user", "name_key"], name="search_name_once"),
        ]
        indexes = [models.Index(fields=["due_at"], name="search_alerts_due")]

    def __str__(self) -> str:
        return self.name

    @property
    def asked(self) -> Asked:
        """The question."""
        return Asked.from_parameters(QueryDict(self.address.removeprefix("?")))


class Watcher(models.Model):
    """A person who keeps searches: the audience tokens at the last look, and how many alerts there have been.

    The number makes each alert one occasion: it is counted up in the transaction of the message.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+", verbose_name=_("person")
    )
    tokens = models.JSONField(_("audience tokens"), default=list)
    alerts = models.PositiveIntegerField(_("alerts sent"), default=0)

    class Meta:
        verbose_name = _("owner of saved searches")
        verbose_name_plural = _("owners of saved searches")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.user)


class Arrival(models.Model):
    """Something that an index learnt of and no saved search has been asked about yet.

    Written in the transaction in which the change leaves the outbox, removed in that of the results.
    """

    source = models.CharField(_("source"), max_length=40)
    object_pk = models.CharField(_("object"), max_length=64)
    at = models.DateTimeField(pgettext_lazy("index", "written at"), default=timezone.now)

    class Meta:
        verbose_name = _("arrival in the index")
        verbose_name_plural = _("arrivals in the index")
        default_permissions = ()
        ordering = ["pk"]
        indexes = [models.Index(fields=["source", "object_pk"], name="arrival_thing")]

    def __str__(self) -> str:
        return f"{self.source}:{self.object_pk}"


class KnownThing(models.Model):
    """What could be found when a change was looked at last: what a row shows, and who found it (`rules.Tokens`)."""

    object_id = models.CharField(_("object"), max_length=120, unique=True)
    kind = models.CharField(_("kind of result"), max_length=40)
    title = models.TextField(_("title"))
    number = models.TextField(_("document number"), blank=True)
    url = models.TextField(_("address"))
    date = models.DateField(_("date"), null=True)
    signature = models.CharField(_("what makes it new"), max_length=64)
    tokens = models.JSONField(_("audience tokens"), default=dict)
    read_at = models.DateTimeField(pgettext_lazy("index", "read at"), default=timezone.now)

    class Meta:
        verbose_name = _("thing that can be found")
        verbose_name_plural = _("things that can be found")
        default_permissions = ()

    def __str__(self) -> str:
        return self.title


class NewResult(models.Model):
    """Something that a saved search found new, once: when, whether its owner was told of it and has seen it."""

    search = models.ForeignKey(
        SavedSearch,
        on_delete=models.CASCADE,
        related_name="results",
        verbose_name=pgettext_lazy("saved search", "saved search"),
    )
    thing = models.ForeignKey(KnownThing, on_delete=models.CASCADE, related_name="+", verbose_name=_("object"))
    found_at = models.DateTimeField(_("found at"), default=timezone.now)
    told_at = models.DateTimeField(_("told at"), null=True)
    seen_at = models.DateTimeField(pgettext_lazy("search result", "seen at"), null=True)

    objects = NewResultQuerySet.as_manager()

    class Meta:
        verbose_name = _("new result")
        verbose_name_plural = _("new results")
        default_permissions = ()
        ordering = ["-found_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["search", "thing"], name="found_once")]
        indexes = [
            models.Index(fields=["search"], condition=models.Q(told_at__isnull=True), name="results_untold"),
            models.Index(fields=["seen_at"], name="results_seen"),
        ]

    def __str__(self) -> str:
        return f"{self.search}: {self.thing}"


class Survey(models.Model):
    """How far everything that can be found has been read once, so that changes can be told from news. One row."""

    source = models.CharField(_("source read last"), max_length=40, blank=True)
    last_pk = models.CharField(_("object read last"), max_length=64, blank=True)
    is_done = models.BooleanField(_("done"), default=False)

    class Meta:
        verbose_name = _("survey of what can be found")
        verbose_name_plural = _("surveys of what can be found")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.source}:{self.last_pk}"
