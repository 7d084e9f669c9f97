"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, include, path

from search import exporting, views
from search.suggesting.views import suggest_page

app_name = "search"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.search_page, name="search"),
    path("suggest/", suggest_page, name="suggest"),
    path("export/", exporting.export_results, name="export"),
    path("", include("search.learning.urls")),
    path("saved/", include("search.saving.urls")),
    path("wishes/", include("search.learning.wishes.urls")),
]
