"""Addresses of this room outside the admin."""

from django.urls import URLPattern, path

from portal.units.standing_in import views

app_name = "units"
urlpatterns: list[URLPattern] = [
    path("absence/", views.absence, name="absence"),
    path("absence/<int:pk>/end/", views.end, name="end_absence"),
]
