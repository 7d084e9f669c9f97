"""Web hooks and what they have to say."""

import secrets
import uuid

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forms.collection.models import Requirement
from forms.exchange.hooks.enums import HookEvent, MessageState, events
from forms.exchange.hooks.querysets import HookMessageQuerySet, HookQuerySet
from portal.programmes.models import Programme
from portal.units.models import Unit

SALT = "portal.hooks.secret"
LONGEST_ADDRESS = 500


def new_nonce() -> str:
    """What a secret is made from."""
    return secrets.token_hex(16)


class Hook(models.Model):
    """An address that is told when reports of a unit's requirements move.

    The secret is not stored: it is made of a nonce and the portal's own key, so a copy of the database forges nothing.
    """

    name = models.CharField(_("name"), max_length=80)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+", verbose_name=_("collecting unit"))
    requirement = models.ForeignKey(
        Requirement,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("reporting requirement"),
    )
    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("programme")
    )
    address = models.CharField(
        _("address"), max_length=LONGEST_ADDRESS, validators=[URLValidator(schemes=["http", "https"])]
    )
    events = models.JSONField(_("events"), default=list)
    """Values of `enums.HookEvent`."""
    with_answers = models.BooleanField(_("with the answers of accepted reports"), default=False)
    nonce = models.CharField(max_length=32, default=new_nonce, editable=False)
    is_active = models.BooleanField(_("active"), default=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("created by")
    )
    created_at = models.DateTimeField(_("created at"))

    objects = HookQuerySet.as_manager()

    class Meta:
        verbose_name = _("web hook")
        verbose_name_plural = _("web hooks")
        ordering = ["name", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.name

    @property
    def secret(self) -> str:
        """What the receiver compares signatures with."""
        return salted_hmac(SALT, self.nonce, algorithm="sha256").hexdigest()

    @property
    def event_labels(self) -> list[str]:
        """The events in words."""
        return [str(event.label) for event in HookEvent if event.value in self.events]


class HookMessage(models.Model):
    """One thing that a web hook says, and how far it is: written in the transaction of what it tells of."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    """Sent along with every attempt and every replay: the same number is the same message."""
    hook = models.ForeignKey(Hook, on_delete=models.CASCADE, related_name="messages", verbose_name=_("web hook"))
    event = models.CharField(pgettext_lazy("web hook", "event"), max_length=30, choices=events)
    payload = models.JSONField(_("content"))
    state = models.CharField(_("state"), max_length=10, choices=MessageState, default=MessageState.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    not_before = models.DateTimeField(_("not before"))
    claim = models.UUIDField(null=True, editable=False)
    claimed_at = models.DateTimeField(_("last attempt at"), null=True, editable=False)
    sent_at = models.DateTimeField(pgettext_lazy("delivery", "sent at"), null=True)
    error = models.CharField(_("error"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("created at"))

    objects = HookMessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message of a web hook")
        verbose_name_plural = _("messages of web hooks")
        ordering = ["-created_at", "-pk"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["hook", "-created_at"], name="messages_of_hook"),
            models.Index(fields=["not_before"], condition=models.Q(state=MessageState.QUEUED), name="messages_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.get_event_display()} · {self.hook}"
