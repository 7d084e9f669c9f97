"""Addresses of what is learnt from searches."""

from django.urls import URLPattern, path

from search.learning import views

app_name = "learning"
urlpatterns: list[URLPattern] = [
    path("clicked/", views.clicked, name="clicked"),
]
