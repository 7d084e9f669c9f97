"""Addresses of judged questions in the Wagtail admin beside their lists."""

from django.urls import URLPattern, URLResolver, include, path
from wagtail import hooks

from search.judging import admin_views


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Looking up, and tables in and out."""
    routes = [
        path("things/", admin_views.things, name="things"),
        path("<int:pk>/table/", admin_views.table, name="table"),
        path("<int:pk>/export/xlsx/", admin_views.export, {"kind": "xlsx"}, name="export_xlsx"),
        path("<int:pk>/export/csv/", admin_views.export, {"kind": "csv"}, name="export_csv"),
    ]
    return [path("search/judging/", include((routes, "search_judging")))]
