"""Asking for exceptions, and deciding on them."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from forms.collection.models import ExpectedReport
from forms.submissions.errors import NotAllowedError, ReportRefusedError
from forms.submissions.petitions.forms import AskForm, DecideForm
from forms.submissions.petitions.models import Petition
from forms.submissions.petitions.services import ask_to_reopen, ask_to_send_late, decide
from forms.submissions.views.people import QUEUE_READERS, insider
from forms.submissions.views.refusing import refuse
from portal.units.access import access_for

SHOWN = 100


@login_required
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask that an accepted report is reopened."""
    return _ask(request, pk, ask_to_reopen, "submissions:detail")


@login_required
@require_POST
def late(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask that a report is taken after closing."""
    return _ask(request, pk, ask_to_send_late, "submissions:fill")


def _ask(request: HttpRequest, pk: int, step: Callable[..., Petition], back: str) -> HttpResponse:
    user = insider(request)
    expected = get_object_or_404(ExpectedReport.objects.visible_to(user).with_names(), pk=pk)
    form = AskForm(request.POST)
    typed = request.POST.get("reason", "")[:1000]
    try:
        step(user=user, expected=expected, reason=form.cleaned_data["reason"] if form.is_valid() else "")
    except NotAllowedError as refusal:
        raise PermissionDenied from refusal
    except ReportRefusedError as refusal:
        refuse(request, refusal, typed=typed)
    else:
        messages.success(request, _("Your petition has been handed in; another person decides."))
    return redirect(back, pk=pk)


@login_required
@require_GET
def petition_list(request: HttpRequest) -> HttpResponse:
    """Petitions that wait for the person, and those that were decided."""
    user = insider(request)
    if not access_for(user).has(*QUEUE_READERS):
        raise PermissionDenied
    visible = Petition.objects.visible_to(user).with_names()
    context = {
        "waiting": list(Petition.objects.to_decide(user).with_names()[:SHOWN]),
        "others": list(visible.exclude(pk__in=Petition.objects.to_decide(user).values("pk"))[:SHOWN]),
        "form": DecideForm(),
    }
    return render(request, "submissions/petitions.html", context)


@login_required
@require_POST
def petition_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve or refuse."""
    user = insider(request)
    petition = get_object_or_404(Petition.objects.visible_to(user).with_names(), pk=pk)
    form = DecideForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please say until when the report is taken: a day within the next three months."))
        return redirect("submissions:petitions")
    given = form.cleaned_data
    try:
        decide(user=user, petition=petition, approve=given["approve"], answer=given["answer"], until=given["until"])
    except NotAllowedError as refusal:
        raise PermissionDenied from refusal
    except ReportRefusedError as refusal:
        refuse(request, refusal, typed=given["answer"])
    else:
        messages.success(request, _("Approved.") if given["approve"] else _("Refused."))
    return redirect("submissions:petitions")
