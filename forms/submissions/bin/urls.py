"""Addresses of the bin."""

from django.urls import URLPattern, path

from forms.submissions.bin import views

app_name = "bin"
urlpatterns: list[URLPattern] = [
    path("", views.bin_list, name="list"),
    path("report/<int:pk>/", views.report, name="report"),
    path("requirement/<int:pk>/", views.requirement, name="requirement"),
    path("<int:pk>/restore/", views.put_back, name="restore"),
]
