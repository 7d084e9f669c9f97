"""The address under which a person's calendar program fetches what is due."""

import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


def new_key() -> str:
    """256 random bits, fit for an address."""
    return secrets.token_urlsafe(32)


class CalendarFeed(models.Model):
    """One per person. Whoever knows the key reads the feed: calendar programs cannot sign in.

    The key is shown to its owner again and again, so it is kept as it is; it opens nothing but the feed, and a new one
    shuts the old one.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="calendar_feed",
        verbose_name=_("person"),
    )
    key = models.CharField(_("key"), max_length=43, unique=True, default=new_key, editable=False)
    created_at = models.DateTimeField(_("created at"))
    fetched_at = models.DateTimeField(_("last fetched at"), null=True, editable=False)

    class Meta:
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.user)
