"""Addresses of signing in and of one's own account."""

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import URLPattern, path

app_name = "accounts"
urlpatterns: list[URLPattern] = [
    path("sign-in/", LoginView.as_view(template_name="accounts/sign_in.html"), name="sign_in"),
    path("sign-out/", LogoutView.as_view(), name="sign_out"),
]
