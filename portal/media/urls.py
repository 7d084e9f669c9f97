"""Addresses of this room. They lie under MEDIA_URL, so that `rendition.url` leads here."""

from django.urls import URLPattern, path

from portal.media import views

app_name = "media"
urlpatterns: list[URLPattern] = [
    path("images/<str:name>", views.rendition, name="rendition"),
]
