"""Addresses of this room."""

from django.urls import URLPattern, path

from forms.builder.views import version_page

app_name = "builder"
urlpatterns: list[URLPattern] = [path("versions/<int:pk>/", version_page, name="version")]
