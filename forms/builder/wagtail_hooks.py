"""Forms in the Wagtail admin: their list, their versions, and why some cannot be deleted."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.views.pages.utils import type_to_delete_confirmation
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.admin.widgets import Button
from wagtail.models import Page

from forms.builder.choice_lists.views import import_choices
from forms.builder.editor.logic_faults import told
from forms.builder.library import views as library
from forms.builder.lifecycle.views import lifecycle
from forms.builder.logic.checking import problems_of
from forms.builder.models import FormPage
from forms.builder.permissions import may_list_versions
from forms.builder.services import FormInUseError, check_deletable, discard_unused_versions
from forms.builder.versions.publishing import before_publishing
from forms.builder.versions.urls import admin_urls

TEMPLATE_URLS = [
    path("", library.template_list, name="list"),
    path("<int:pk>/", library.template_page, name="look"),
    path("<int:pk>/use/", library.template_use, name="use"),
    path("<int:pk>/remove/", library.template_remove, name="remove"),
]


TEMPLATE_BUTTONS = (
    ("form_template_insert", _("Insert a template"), "plus"),
    ("form_template_keep", _("Keep as a template"), "copy"),
)


class TemplatesMenuItem(MenuItem):
    """The library of templates, for those who may open it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to whom the page answers."""
        return may_list_versions(request.user)


@hooks.register("register_admin_menu_item")
def register_templates_menu_item() -> MenuItem:
    """Below the list of forms."""
    return TemplatesMenuItem(
        _("Form templates"), reverse_lazy("form_templates:list"), name="form-templates", icon_name="copy", order=241
    )


@hooks.register("insert_editor_js")
def lock_questions() -> str:
    """Tell which questions are locked while a form is edited."""
    return format_html('<script src="{}"></script>', static("js/question-locks.js"))


class FormIndexView(IndexView):
    """The list of forms; rooms above this one add their buttons by the hook `register_form_listing_buttons`."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """What may be done beside adding a form."""
        buttons: list[Button] = super().header_more_buttons
        for register in hooks.get_hooks("register_form_listing_buttons"):
            buttons.extend(register(self.request.user))
        return buttons


class FormListing(PageListingViewSet):
    """All forms, wherever they lie in the tree."""

    model = FormPage
    index_view_class = FormIndexView
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
def register_urls() -> list[URLPattern | URLResolver]:
    """Screens that hang on a form."""
    return [
        *admin_urls,
        path("form-pages/<int:page_id>/lifecycle/", lifecycle, name="form_lifecycle"),
        path("form-pages/choices/import/", import_choices, name="form_choices_import"),
        path("form-pages/<int:page_id>/keep-template/", library.template_keep, name="form_template_keep"),
        path("form-pages/<int:page_id>/insert-template/", library.template_insert, name="form_template_insert"),
        path("form-templates/", include((TEMPLATE_URLS, "form_templates"))),
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
        if page.permissions_for_user(user).can_edit():
            for name, label, icon in TEMPLATE_BUTTONS:
                yield Button(label, url=reverse(name, args=[page.pk]), icon_name=icon, priority=68)


@hooks.register("before_edit_page")
def notice_saving(request: HttpRequest, page: Page) -> None:
    """Tell the page's form that it is saved, not previewed."""
    if isinstance(page, FormPage) and request.method == "POST":
        page.is_being_saved = True


@hooks.register("before_publish_page")
def show_impact(request: HttpRequest, page: Page) -> HttpResponseBase | None:
    """Nobody changes what units are asked without having seen what that does."""
    return before_publishing(request, page) if isinstance(page, FormPage) else None


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


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def tell_problems_of_draft(request: HttpRequest, page: Page) -> None:
    """Say what is wrong with the logic of a draft that was saved by a click; saving by itself stays silent."""
    is_click = "application/json" not in request.headers.get("Accept", "")
    if isinstance(page, FormPage) and is_click and (problems := problems_of(page.schema_now)):
        messages.warning(request, told(problems))
