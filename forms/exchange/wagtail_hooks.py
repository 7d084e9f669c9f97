"""Export and import of forms in the Wagtail admin."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.models import Page

from forms.builder.models import FormIndexPage, FormPage
from forms.exchange import views
from forms.exchange.permissions import may_export, may_export_draft, may_import

EXPORTS = (
    ("json", _("Export as JSON"), _("Export the draft as JSON")),
    ("xlsform", _("Export as XLSForm"), _("Export the draft as XLSForm")),
)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern]:
    """Downloads, and the steps of the import."""
    return [
        path("form-pages/import/", views.upload, name="form_import"),
        path("form-pages/import/<int:pk>/", views.check, name="form_import_check"),
        path("form-pages/<int:page_id>/export/<str:format_name>/", views.export, name="form_export"),
    ]


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def exchange_buttons(page: Page, user: Any, *args: Any, **kwargs: Any) -> Iterator[Button]:
    """From a form to its files; from a folder to the import."""
    if isinstance(page, FormPage) and may_export(user):
        with_draft = page.live and page.has_unpublished_changes and may_export_draft(user, page)
        for name, label, draft_label in EXPORTS:
            url = reverse("form_export", args=[page.pk, name])
            yield Button(label, url=url, icon_name="download", priority=70)
            if with_draft:
                yield Button(draft_label, url=f"{url}?draft=1", icon_name="download", priority=71)
    elif isinstance(page, FormIndexPage) and may_import(user):
        yield import_button()


@hooks.register("register_form_listing_buttons")
def listing_buttons(user: Any) -> Iterator[Button]:
    """From the list of all forms to the import."""
    if may_import(user):
        yield import_button()


def import_button() -> Button:
    """The way to the import."""
    return Button(_("Import a form"), url=reverse("form_import"), icon_name="upload", priority=30)
