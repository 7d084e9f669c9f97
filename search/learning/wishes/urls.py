"""Addresses of what one was looking for."""

from django.urls import URLPattern, path

from search.learning.wishes import views

app_name = "wishes"
urlpatterns: list[URLPattern] = [
    path("", views.mine, name="mine"),
    path("ask/", views.ask_for, name="ask"),
]
