"""Forms in the Wagtail admin: their list, their versions, and why some cannot be deleted."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.views.pages.utils import type_to_delete_confirmation
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.admin.widgets import Button
from wagtail.models import Page

from forms.builder.choice_lists.views import import_choices
from forms.builder.lifecycle.views import lifecycle
from forms.builder.models import FormPage
from forms.builder.services import FormInUseError, check_deletable, discard_unused_versions
from forms.builder.views import version_list


class FormListing(PageListingViewSet):
    """All forms, wherever they lie in the tree."""

    model = FormPage
    name = "form_pages"
    url_prefix = "form-pages"
    icon = "form"
    menu_label = _("Forms")
    menu_order = 240
    add_to_admin_menu = True


@hooks.register("register_admin_viewset")
def register_listing() -> FormListing:
    """The list of forms in the menu."""
    return FormListing()


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern]:
    """Screens that hang on a form."""
    return [
        path("form-pages/<int:page_id>/versions/", version_list, name="form_versions"),
        path("form-pages/<int:page_id>/lifecycle/", lifecycle, name="form_lifecycle"),
        path("form-pages/choices/import/", import_choices, name="form_choices_import"),
    ]


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def versions_button(page: Page, user: Any, *args: Any, **kwargs: Any) -> Iterator[Button]:
    """The way from a form to its versions."""
    if isinstance(page, FormPage):
        url = reverse("form_versions", args=[page.pk])
        yield Button(_("Versions"), url=url, icon_name="history", priority=66)
        if page.permissions_for_user(user).can_publish():
            url = reverse("form_lifecycle", args=[page.pk])
            yield Button(_("Opening and closing"), url=url, icon_name="calendar-alt", priority=67)


@hooks.register("before_delete_page")
def keep_used_forms(request: HttpRequest, page: Page) -> HttpResponseBase | None:
    """Refuse in words what the database would refuse with an error; let unused versions go with their form."""
    try:
        if request.method == "POST" and type_to_delete_confirmation(request):
            discard_unused_versions(pages=[page])
        else:
            check_deletable(pages=[page])
    except FormInUseError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None


@hooks.register("before_bulk_action")
def keep_used_forms_of_many(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponseBase | None:
    """The same where several pages are deleted at once."""
    pages = [one for one in objects if isinstance(one, Page)]
    if action_type != "delete" or not pages:
        return None
    try:
        discard_unused_versions(pages=pages)
    except FormInUseError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect(action.next_url)
    return None
