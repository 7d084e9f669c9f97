"""What a token may be used for."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """Each token has some of these; none of them writes anything."""

    DIRECTORY = "directory", _("Read units")
    REQUIREMENTS = "requirements", _("Read requirements, periods and what is expected")
    REPORTS = "reports", _("Read reports")
    SENSITIVE = "sensitive", _("Personal and sensitive answers in reports too")
