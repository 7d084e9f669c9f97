"""The way from the Wagtail admin to the pages of requirements."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from forms.collection.permissions import may_create


class RequirementsItem(MenuItem):
    """Shown to those who may prepare requirements."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Coordinators and administrators."""
        return may_create(request.user)


@hooks.register("register_admin_menu_item")
def requirements_item() -> RequirementsItem:
    """An entry of the main menu."""
    return RequirementsItem(
        _("Reporting requirements"), reverse("collection:list"), icon_name="calendar-check", order=320
    )
