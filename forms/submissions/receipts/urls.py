"""Addresses of receipts."""

from django.urls import URLPattern, path

from forms.submissions.receipts import views

app_name = "receipts"
urlpatterns: list[URLPattern] = [
    path("verify/", views.verify_copy, name="verify"),
    path("<slug:receipt>/", views.paper, name="paper"),
    path("<slug:receipt>/pdf/", views.pdf, name="pdf"),
]
