"""Sentences of several units that say the same: put together, and parted again."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from forms.reporting.rollups.editing import merge, part
from forms.reporting.rollups.errors import RollUpRefusedError
from forms.reporting.rollups.likening import groups
from forms.reporting.rollups.models import Sentence
from forms.reporting.rollups.views.people import one_to_change


@login_required
@require_http_methods(["GET", "POST"])
def same(request: HttpRequest, pk: int) -> HttpResponse:
    """What is proposed; ticked sentences of one group become one."""
    user, rollup = one_to_change(request, pk)
    if request.method == "POST":
        given = [int(one) for one in request.POST.getlist("sentence") if one.isdecimal() and len(one) < 18]
        try:
            merge(user=user, rollup=rollup, numbers=given)
        except RollUpRefusedError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("One sentence now, with all its sources."))
        return redirect("rollups:same", pk=pk)
    return render(request, "rollups/same.html", {"rollup": rollup, "groups": groups(rollup)})


@login_required
@require_POST
def apart(request: HttpRequest, pk: int, sentence_pk: int) -> HttpResponse:
    """Let a sentence stand for itself again."""
    user, rollup = one_to_change(request, pk)
    found = get_object_or_404(Sentence, pk=sentence_pk, block__rollup=rollup)
    try:
        part(user=user, rollup=rollup, number=found.pk)
    except RollUpRefusedError as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{reverse('rollups:detail', args=[pk])}#block-{found.block_id}")
