"""Ways from a form in the admin into this room."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.models import Page

from forms.builder.models import FormPage


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def try_button(page: Page, user: Any, *args: Any, **kwargs: Any) -> Iterator[Button]:
    """From a form to its trial."""
    if isinstance(page, FormPage) and page.permissions_for_user(user).can_edit():
        yield Button(_("Try it out"), url=reverse("submissions:try", args=[page.pk]), icon_name="view", priority=65)
