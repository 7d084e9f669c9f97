"""Pages of one's own tokens."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.accounts.models import User
from portal.tokens.enums import Scope
from portal.tokens.forms import TokenForm
from portal.tokens.models import ApiToken
from portal.tokens.services import create_token, revoke
from portal.units.access import access_for
from portal.units.enums import INSIDERS, Role


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def token_list(request: HttpRequest) -> HttpResponse:
    """My tokens; making one shows it in the answer, once."""
    user = _insider(request)
    form, secret = TokenForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        scopes = [Scope(one) for one in given["scopes"]]
        _token, secret = create_token(user=user, name=given["name"], scopes=scopes, days=given["days"])
        form = TokenForm()
    context = {
        "form": form,
        "secret": secret,
        "tokens": ApiToken.objects.filter(owner=user).select_related("owner"),
        "may_see_all": access_for(user).has(Role.ADMINISTRATOR),
    }
    return render(request, "tokens/list.html", context, status=422 if form.errors else 200)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def token_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one back, one's own or as an administrator anybody's; the page asks first and says whose it is."""
    user = _insider(request)
    token = get_object_or_404(ApiToken.objects.visible_to(user).select_related("owner"), pk=pk)
    is_own = token.owner_id == user.pk
    back = reverse("tokens:list") if is_own else reverse("tokens_modeladmin_index")
    if request.method != "POST":
        return render(request, "tokens/revoke.html", {"token": token, "is_own": is_own, "back": back})
    revoke(user=user, token=token)
    messages.success(request, _("The token has been taken back; programs that use it are refused."))
    return redirect(back)


def _insider(request: HttpRequest) -> User:
    user = cast(User, request.user)
    if not access_for(user).has(*INSIDERS):
        raise PermissionDenied
    return user
