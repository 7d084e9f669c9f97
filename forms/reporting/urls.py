"""Addresses of this room."""

from django.urls import URLPattern, path

from forms.reporting.indicators.views import indicator_change, indicator_edit, indicator_list
from forms.reporting.matrix.views import matrix_page
from forms.reporting.views import dashboard, indicator_page, picture_taken

app_name = "reporting"
urlpatterns: list[URLPattern] = [
    path("", dashboard, name="dashboard"),
    path("matrix/", matrix_page, name="matrix"),
    path("picture/", picture_taken, name="picture"),
    path("indicators/", indicator_list, name="indicators"),
    path("indicators/new/", indicator_edit, name="new"),
    path("indicators/<int:pk>/", indicator_page, name="indicator"),
    path("indicators/<int:pk>/edit/", indicator_edit, name="edit"),
    path("indicators/<int:pk>/change/", indicator_change, name="change"),
]
