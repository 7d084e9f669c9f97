"""Addresses of the read API."""

from django.urls import URLPattern, URLResolver, path

from forms.exchange.api.problems import not_found
from forms.exchange.api.views import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("v1/", api.urls),
    path("<path:rest>", not_found, name="api-not-found"),
]
