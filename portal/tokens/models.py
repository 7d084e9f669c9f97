"""Access tokens."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.tokens.enums import Scope, TokenState
from portal.tokens.querysets import ApiTokenQuerySet


class ApiToken(models.Model):
    """Lets a program read what its owner may read on that day. Only a hash is kept: the token is shown once."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("person")
    )
    name = models.CharField(_("what it is for"), max_length=80)
    scopes = models.JSONField(_("scopes"), default=list)
    """Values of `enums.Scope`."""
    start = models.CharField(_("begins with"), max_length=12)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    """SHA-256: the token is long and random, so a slow hash would add nothing."""
    created_at = models.DateTimeField(_("created at"))
    expires_at = models.DateTimeField(_("valid until"))
    revoked_at = models.DateTimeField(_("taken back at"), null=True)
    last_used_at = models.DateTimeField(_("last used at"), null=True)
    last_used_from = models.GenericIPAddressField(_("last used from"), null=True)
    recorded_at = models.DateTimeField(null=True, editable=False)
    """When its use was last written into the log."""

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("access token")
        verbose_name_plural = _("access tokens")
        ordering = ["-created_at", "-pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.name} ({self.start}…)"

    @property
    def state(self) -> TokenState:
        """Whether it opens anything."""
        if self.revoked_at is not None:
            return TokenState.REVOKED
        if self.expires_at <= timezone.now():
            return TokenState.EXPIRED
        return TokenState.IN_FORCE if self.owner.is_active else TokenState.SHUT

    @property
    def scope_labels(self) -> list[str]:
        """The scopes in words."""
        return [str(scope.label) for scope in Scope if scope.value in self.scopes]
