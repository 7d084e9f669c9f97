"""Addresses of this room."""

from django.urls import URLPattern, path

from forms.collection import views
from forms.collection.scheduling.views import schedule_preview
from forms.collection.unit_views import due_date, waive_report

app_name = "collection"
urlpatterns: list[URLPattern] = [
    path("", views.requirement_list, name="list"),
    path("new/", views.requirement_edit, name="new"),
    path("schedule/", schedule_preview, name="schedule"),
    path("expected/<int:pk>/due/", due_date, name="due_date"),
    path("expected/<int:pk>/waive/", waive_report, name="waive"),
    path("<int:pk>/", views.requirement_detail, name="detail"),
    path("<int:pk>/edit/", views.requirement_edit, name="edit"),
    path("<int:pk>/open/", views.requirement_open, name="open"),
    path("<int:pk>/close/", views.requirement_close, name="close"),
]
