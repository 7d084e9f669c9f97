"""Addresses of the read API."""

from django.urls import URLPattern, URLResolver, path

from forms.exchange.api.views import api

urlpatterns: list[URLPattern | URLResolver] = [path("v1/", api.urls)]
