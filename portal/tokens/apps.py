"""Tokens with which programs read on behalf of a person."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TokensConfig(AppConfig):
    """Tokens with which programs read on behalf of a person."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "portal.tokens"
    label = "tokens"
    verbose_name = _("Access tokens")

    def ready(self) -> None:
        """Hear of accounts that are shut."""
        from portal.tokens import receivers  # noqa: F401
