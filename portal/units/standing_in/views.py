"""The page on which a person says who stands in during an absence."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.models import User
from portal.units.models import Membership
from portal.units.standing_in.forms import AbsenceForm
from portal.units.standing_in.services import end_standing_in, stand_ins_of


@login_required
@require_http_methods(["GET", "POST"])
def absence(request: HttpRequest) -> HttpResponse:
    """Who stands in for me, and naming somebody."""
    user, today = cast(User, request.user), timezone.localdate()
    form = AbsenceForm(request.POST or None, user=user, today=today)
    if request.method == "POST" and form.is_valid():
        named = form.save()
        if named is not None:
            words = {"person": named[0].user, "first": named[0].valid_from, "last": named[0].valid_until}
            messages.success(request, _("%(person)s stands in for you from %(first)s to %(last)s.") % words)
            return redirect("units:absence")
    context = {
        "form": form,
        "stand_ins": stand_ins_of(user, today),
        "standing_in": Membership.objects.filter(user=user, stands_in_for__isnull=False)
        .overlapping(today, None)
        .select_related("unit", "user", "stands_in_for__user"),
        "today": today,
    }
    return render(request, "units/absence.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a stand-in of mine, or give back a role that I hold for another."""
    user, today = cast(User, request.user), timezone.localdate()
    mine = stand_ins_of(user, today) | Membership.objects.filter(user=user, stands_in_for__isnull=False)
    end_standing_in(membership=get_object_or_404(mine.distinct(), pk=pk), today=today)
    messages.success(request, _("The stand-in has ended."))
    return redirect("units:absence")
