"""Signing in, the second factor, one's own account."""

from typing import Any, cast

import django_otp
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LoginView, PasswordChangeView
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from django_ratelimit.core import is_ratelimited

from portal.accounts import second_factor
from portal.accounts.forms import CodeForm, PasswordForm, ProfileForm, SecondFactorForm, SignInForm
from portal.accounts.models import User
from portal.audit.enums import AuditAction
from portal.audit.services import record

SIGN_IN_RATE = "30/m"
"""Attempts from one address. An office shares an address, so this is generous; per account, the lock-out is strict."""


def too_many(request: HttpRequest, credentials: dict[str, Any] | None = None, *args: Any) -> HttpResponse:
    """The page of a lock-out or of too many attempts: what happened and when to come back."""
    return render(request, "accounts/locked_out.html", status=429)


@method_decorator(sensitive_post_parameters("password"), name="dispatch")
class SignInView(LoginView):
    """User name and password; a person with a second factor is asked for the code next."""

    form_class = SignInForm
    template_name = "accounts/sign_in.html"
    redirect_authenticated_user = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Tell a person who is signed in, and whom Wagtail sent here, that the admin is not theirs.

        Sending the person on, as for every other address, would go round in circles.
        """
        wanted = request.GET.get(self.redirect_field_name, "")
        shut_out = request.user.is_authenticated and not request.user.has_perm("wagtailadmin.access_admin")
        if shut_out and wanted.startswith(reverse("wagtailadmin_home")):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse when too many attempts came from the address."""
        if is_ratelimited(request, group="sign-in", key="ip", rate=SIGN_IN_RATE, increment=True):
            return too_many(request)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """Sign in; where a code is still due (`signals`), ask for it next."""
        response = super().form_valid(form)
        if self.request.session.get(second_factor.SESSION_KEY):
            return HttpResponseRedirect(reverse("accounts:second_factor", query={"next": response.headers["Location"]}))
        return response


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def give_code(request: HttpRequest) -> HttpResponse:
    """Ask for the second factor's code."""
    target = request.POST.get("next") or request.GET.get("next") or "/"
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = "/"
    if not request.session.get(second_factor.SESSION_KEY):
        return redirect(target)
    if request.method == "POST" and is_ratelimited(
        request, group="second-factor", key="user_or_ip", rate="10/m", increment=True
    ):
        return too_many(request)
    form = SecondFactorForm(request.POST or None, user=cast(User, request.user))
    if request.method == "POST":
        if form.is_valid():
            django_otp.login(request, form.cleaned_data["device"])
            del request.session[second_factor.SESSION_KEY]
            return redirect(target)
        record(action=AuditAction.SIGN_IN_FAILED, user=request.user, summary="second_factor")
    return render(request, "accounts/second_factor.html", {"form": form, "next": target})


@login_required
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """One's own account: telephone, roles, password, second factor."""
    user = cast(User, request.user)
    form = ProfileForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your account was saved."))
        return redirect("accounts:account")
    return render(
        request,
        "accounts/account.html",
        {
            "form": form,
            "memberships": user.memberships.select_related("unit", "stands_in_for__user"),
            "second_factor_on": second_factor.is_switched_on(user),
        },
    )


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def enrol(request: HttpRequest) -> HttpResponse:
    """Switch the second factor on: scan, type a first code, keep the recovery codes."""
    user = cast(User, request.user)
    form = CodeForm(request.POST or None, user=user)
    form.fields["code"].help_text = _("Six digits that the app shows after scanning.")
    if request.method == "POST" and form.is_valid():
        codes = second_factor.switch_on(user=user, code=form.cleaned_data["code"])
        if codes is not None:
            return render(request, "accounts/recovery_codes.html", {"codes": codes})
        form.add_error("code", _("The code is not right or has expired. Please type the one shown now."))
    device = second_factor.device_to_confirm(user=user)
    return render(request, "accounts/enrol.html", {"form": form, "qr": second_factor.qr_code(device), "device": device})


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def switch_off(request: HttpRequest) -> HttpResponse:
    """Switch the second factor off, after the password was given once more."""
    user = cast(User, request.user)
    if request.method == "POST" and is_ratelimited(
        request, group="switch-off", key="user_or_ip", rate="10/m", increment=True
    ):
        return too_many(request)
    form = PasswordForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        second_factor.switch_off(user=user)
        messages.success(request, _("The second factor was switched off."))
        return redirect("accounts:account")
    return render(request, "accounts/switch_off.html", {"form": form})


class ChangePasswordView(PasswordChangeView):
    """One's own password."""

    template_name = "accounts/change_password.html"
    success_url = reverse_lazy("accounts:account")

    def form_valid(self, form: Any) -> HttpResponse:
        """Change it, write that into the log, and say so."""
        with transaction.atomic():
            response = super().form_valid(form)
            user = cast(User, self.request.user)
            record(action=AuditAction.CHANGE, user=user, target=user, summary="password")
        messages.success(self.request, _("Your password was changed."))
        return response
