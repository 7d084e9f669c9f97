"""Addresses of this room."""

from django.urls import URLPattern, path

from portal.programmes import views

app_name = "programmes"
urlpatterns: list[URLPattern] = [
    path("", views.programme_list, name="list"),
    path("<int:pk>/", views.programme_detail, name="detail"),
    path("<int:pk>/state/", views.programme_state, name="state"),
    path("tasks/<int:pk>/", views.task_detail, name="task"),
]
