"""What a token may be used for."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Scope(models.TextChoices):
    """Each token has some of these; none of them writes anything."""

    DIRECTORY = "directory", _("Read units")
    REQUIREMENTS = "requirements", _("Read requirements, periods and what is expected")
    REPORTS = "reports", _("Read reports")
    SENSITIVE = "sensitive", _("Personal and sensitive answers in reports too")


class TokenState(models.TextChoices):
    """Whether a token opens anything."""

    IN_FORCE = "in_force", pgettext_lazy("token", "In force")
    EXPIRED = "expired", pgettext_lazy("token", "Expired")
    REVOKED = "revoked", _("Taken back")
    SHUT = "shut", pgettext_lazy("token", "Account shut")
