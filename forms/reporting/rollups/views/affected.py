"""What of a roll-up is affected by reports that have moved, and what is done about it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from forms.reporting.rollups.affected import affected_of
from forms.reporting.rollups.errors import RollUpRefusedError
from forms.reporting.rollups.forms import KeepForm
from forms.reporting.rollups.models import RollUp
from forms.reporting.rollups.permissions import may_compile
from forms.reporting.rollups.renewing import keep, leave_out_report, renew_figures, renew_report, take_in_later
from forms.reporting.rollups.views.people import one_rollup
from portal.accounts.models import User


@login_required
@require_http_methods(["GET", "POST"])
def affected(request: HttpRequest, pk: int) -> HttpResponse:
    """Report by report: what it said, what it says now; take it over, leave it out, or keep it with the reason."""
    user, rollup = one_rollup(request, pk)
    may_change = may_compile(user, rollup.period.requirement)
    refused: dict[str, str] = {}
    if request.method == "POST":
        if not may_change:
            raise PermissionDenied
        try:
            messages.success(request, _done(request, user, rollup))
        except RollUpRefusedError as refusal:
            refused = {
                "refusal": str(refusal),
                "refused": request.POST.get("report") or request.POST.get("block", ""),
                "reason": request.POST.get("reason", ""),
            }
        else:
            return redirect("rollups:affected", pk=pk)
    context = {"rollup": rollup, "found": affected_of(rollup, user=user), **refused}
    context["may_change"] = may_change and not rollup.is_final
    return render(request, "rollups/affected.html", context, status=422 if refused else 200)


def _done(request: HttpRequest, user: User, rollup: RollUp) -> str:
    """Do what was asked for; in words what was done. RollUpRefusedError for what makes no sense."""
    report, block = _number(request, "report"), _number(request, "block")
    match request.POST.get("do", ""):
        case "later":
            number = take_in_later(user=user, rollup=rollup)
            said = ngettext("%(n)s report has been taken in.", "%(n)s reports have been taken in.", number)
            return said % {"n": number}
        case "renew" if report:
            renew_report(user=user, rollup=rollup, report=report)
            return _("The document says what the newer version says.")
        case "out" if report:
            leave_out_report(user=user, rollup=rollup, report=report)
            return _("What this report said is left out; it can be taken in again.")
        case "figures":
            renew_figures(user=user, rollup=rollup, blocks=[block] if block else None)
            return _("The figures are those of now.")
        case "keep":
            form = KeepForm(request.POST)
            if not form.is_valid():
                raise RollUpRefusedError(str(form.errors["reason"][0]))
            kept = rollup.blocks.filter(pk=block).first() if block else None
            if report or kept:
                keep(user=user, rollup=rollup, report=report, block=kept, reason=form.cleaned_data["reason"])
                return _("Kept, with the reason.")
    raise RollUpRefusedError(_("Please choose what is to be done."))


def _number(request: HttpRequest, name: str) -> int:
    given = request.POST.get(name, "")
    return int(given) if given.isdecimal() and len(given) < 18 else 0
