"""Addresses of this room."""

from django.urls import URLPattern, path

from forms.reporting.matrix.views import matrix_page

app_name = "reporting"
urlpatterns: list[URLPattern] = [
    path("matrix/", matrix_page, name="matrix"),
]
