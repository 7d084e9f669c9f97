"""The state of the search in the Wagtail admin."""

from django.urls import URLPattern, URLResolver, include, path
from wagtail import hooks

from search.state import admin_views


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Looking, and trying again."""
    routes = [path("", admin_views.state, name="state"), path("retry/", admin_views.retry, name="retry")]
    return [path("search/state/", include((routes, "search_state")))]
