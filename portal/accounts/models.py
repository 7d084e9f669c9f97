"""Who signs in."""

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):  # type: ignore[django-manager-missing]
    """A person with an account. What the person may do follows from memberships (`portal.units`), not from this row."""

    name = models.CharField(_("person's name"), max_length=60, blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    is_demo = models.BooleanField(_("demo account"), default=False, editable=False)
    groups_synced_on = models.DateField(_("roles applied on"), null=True, editable=False)

    class Meta(AbstractUser.Meta):
        verbose_name = _("account")  # type: ignore[assignment]
        verbose_name_plural = _("accounts")  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.get_full_name()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; the Wagtail admin greets people by `first_name`, so it holds the whole Chinese name."""
        self.first_name = self.name
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        """The Chinese name as one word; the user name where none was given."""
        return self.name or super().get_full_name() or self.username

    def get_short_name(self) -> str:
        """The same: Chinese names are not cut."""
        return self.get_full_name()
