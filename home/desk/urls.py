"""Addresses of one's own desk."""

from django.urls import URLPattern, path

from home.desk import views

app_name = "desk"
urlpatterns: list[URLPattern] = [
    path("my/", views.desk, name="desk"),
    path("my/calendar/", views.calendar, name="calendar"),
    path("calendar/<str:feed_key>.ics", views.feed, name="feed"),
]
