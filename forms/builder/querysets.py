"""Reads of forms and their versions: a form is no secret among those who work here."""

from typing import TYPE_CHECKING, Any, NoReturn, Self

from django.db import models
from wagtail.query import PageQuerySet

from portal.units.access import access_for
from portal.units.enums import INSIDERS

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from forms.builder.models import FormVersion
    from portal.accounts.models import User


class FormPageQuerySet(PageQuerySet):
    """Form pages."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """All forms for insiders; none for others, who see a form only in the report they were asked for."""
        return self.all() if access_for(user).has(*INSIDERS) else self.none()


class FormVersionQuerySet(models.QuerySet["FormVersion"]):
    """Published versions."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """As for the forms themselves."""
        return self.all() if access_for(user).has(*INSIDERS) else self.none()

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse: a published version never changes."""
        from forms.builder.models import FormVersionImmutableError

        raise FormVersionImmutableError
