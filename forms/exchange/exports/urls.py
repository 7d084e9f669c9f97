"""Addresses of exports."""

from django.urls import URLPattern, path

from forms.exchange.exports import views

app_name = "exports"
urlpatterns: list[URLPattern] = [
    path("", views.export_list, name="list"),
    path("new/<int:pk>/", views.export_new, name="new"),
    path("<uuid:pk>/", views.download, name="download"),
    path("<uuid:pk>/cancel/", views.export_cancel, name="cancel"),
    path("<uuid:pk>/again/", views.export_again, name="again"),
    path("<uuid:pk>/delete/", views.export_delete, name="delete"),
]
