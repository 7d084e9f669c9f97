"""Addresses of web hooks."""

from django.urls import URLPattern, path

from forms.exchange.hooks import views

app_name = "hooks"
urlpatterns: list[URLPattern] = [
    path("", views.hook_list, name="list"),
    path("new/", views.hook_edit, name="new"),
    path("<int:pk>/", views.hook_detail, name="detail"),
    path("<int:pk>/edit/", views.hook_edit, name="edit"),
    path("<int:pk>/secret/", views.hook_secret, name="secret"),
    path("<int:pk>/replay/", views.hook_replay, name="replay"),
    path("<int:pk>/delete/", views.hook_delete, name="delete"),
]
