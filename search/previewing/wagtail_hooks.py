"""Previews in the Wagtail admin."""

from django.urls import URLPattern, URLResolver, include, path
from wagtail import hooks

from search.previewing import admin_views


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Asking, and looking."""
    routes = [
        path("", admin_views.ask, name="ask"),
        path("<int:pk>/", admin_views.preview, name="preview"),
        path("<int:pk>/<int:question_number>/", admin_views.question, name="question"),
    ]
    return [path("search/previews/", include((routes, "search_previewing")))]
