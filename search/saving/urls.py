"""Addresses of saved searches."""

from django.urls import URLPattern, path

from search.saving import views

app_name = "saving"
urlpatterns: list[URLPattern] = [
    path("", views.mine, name="mine"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", views.open_search, name="open"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/pause/", views.pause, name="pause"),
    path("<int:pk>/delete/", views.delete, name="delete"),
]
