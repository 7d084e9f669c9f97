"""Addresses of signing in and of one's own account."""

from django.contrib.auth.views import LogoutView
from django.urls import URLPattern, path
from django.views.generic import RedirectView
from wagtail.admin.auth import require_admin_access

from portal.accounts import views
from portal.accounts.preferences import PreferencesView

app_name = "accounts"
urlpatterns: list[URLPattern] = [
    path("sign-in/", views.SignInView.as_view(), name="sign_in"),
    path("sign-in/code/", views.give_code, name="second_factor"),
    path("sign-out/", LogoutView.as_view(), name="sign_out"),
    path("account/", views.account, name="account"),
    path("account/password/", views.ChangePasswordView.as_view(), name="change_password"),
    path("account/second-factor/", views.enrol, name="enrol"),
    path("account/second-factor/off/", views.switch_off, name="switch_off"),
    # Wagtail's own sign-in would go past the rate limit and the second factor's question.
    path("admin/login/", RedirectView.as_view(pattern_name="accounts:sign_in", query_string=True)),
    path("admin/account/", require_admin_access(PreferencesView.as_view()), name="preferences"),
]
