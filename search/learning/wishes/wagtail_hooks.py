"""The desk in the Wagtail admin."""

from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from search.learning.wagtail_hooks import LibrarianMenuItem
from search.learning.wishes import admin_views

DESK_URLS = [
    path("", admin_views.desk, name="desk"),
    path("<int:wish_pk>/", admin_views.answer_wish, name="answer"),
]


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """The desk and its wishes."""
    return [path("wishes/", include((DESK_URLS, "search_wishes")))]


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    """Below the topics of the library."""
    return LibrarianMenuItem(
        _("What people look for"), reverse_lazy("search_wishes:desk"), name="wishes", icon_name="help", order=255
    )
