"""I was looking for …: asking, and reading the answers."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from portal.accounts.models import User
from search.learning.wishes.errors import TooManyWishesError
from search.learning.wishes.forms import WishForm
from search.learning.wishes.reading import own_wishes
from search.learning.wishes.services import ask


@never_cache
@login_required
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What the person was looking for, and what was answered."""
    return render(request, "search/learning/mine.html", {"own": own_wishes(cast(User, request.user))})


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def ask_for(request: HttpRequest) -> HttpResponse:
    """Say what one was looking for; `q` in the address is the beginning of it."""
    form = WishForm(
        request.POST if request.method == "POST" else None, initial={"text": request.GET.get("q", "").replace("\0", "")}
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            wish = ask(user=cast(User, request.user), text=given["text"], need=given["need"])
        except TooManyWishesError:
            message = _("Too many of your questions wait for an answer. Please wait until some are answered.")
            form.add_error(None, message)
        else:
            messages.success(request, _("The editors know what you were looking for. You are told when it is there."))
            return redirect(f"{reverse('search:wishes:mine')}#wish-{wish.pk}")
    return render(request, "search/learning/ask.html", {"form": form}, status=422 if form.errors else 200)
