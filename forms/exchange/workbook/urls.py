"""Addresses of filling in with a workbook."""

from django.urls import URLPattern, path

from forms.exchange.workbook import views

app_name = "workbook"
urlpatterns: list[URLPattern] = [
    path("<int:pk>/workbook/", views.round_trip, name="page"),
    path("<int:pk>/workbook/download/", views.download, name="download"),
    path("<int:pk>/workbook/<uuid:number>/", views.returned, name="returned"),
    path("<int:pk>/workbook/<uuid:number>/commented/", views.commented, name="commented"),
]
