"""Reads of the library."""

from typing import TYPE_CHECKING, Self

from django.db import models

from forms.builder.permissions import may_list_versions

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from forms.builder.library.models import FormTemplate
    from portal.accounts.models import User


class FormTemplateQuerySet(models.QuerySet["FormTemplate"]):
    """Templates."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """All for whoever works in the admin; none for others."""
        return self.all() if may_list_versions(user) else self.none()
