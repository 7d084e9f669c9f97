"""What a coordinator sets for one unit alone: its date, and whether it need report at all."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from forms.collection.due_form import DueDateForm
from forms.collection.models import ExpectedReport
from forms.collection.permissions import may_manage
from forms.collection.scheduling.explaining import reasons_of
from forms.collection.services import RequirementRefusedError, set_due_date
from forms.collection.waiving import ask_again, waive
from portal.calendars.services import work_calendar


@login_required
@require_POST
def waive_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Free a unit from a report, or ask for it again."""
    expected = get_object_or_404(ExpectedReport.objects.visible_to(request.user).with_names(), pk=pk)
    user = request.user
    if not user.is_authenticated or not may_manage(user, expected.period.requirement):
        raise PermissionDenied
    reason = request.POST.get("waive_reason", "")[:300]
    try:
        if "again" in request.POST:
            ask_again(user=user, expected=expected)
            messages.success(request, _("%(unit)s owes the report again.") % {"unit": expected.unit})
        else:
            waive(user=user, expected=expected, reason=reason)
            messages.success(request, _("%(unit)s need not report any more.") % {"unit": expected.unit})
    except RequirementRefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect("collection:due_date", pk=pk)
    address = reverse("collection:detail", args=[expected.period.requirement_id])
    return redirect(f"{address}?period={expected.period_id}#units")


@login_required
@require_http_methods(["GET", "POST"])
def due_date(request: HttpRequest, pk: int) -> HttpResponse:
    """Another date for one unit, with its reason; and why the dates are what they are."""
    names = ExpectedReport.objects.visible_to(request.user).with_names().select_related("due_set_by")
    expected = get_object_or_404(names, pk=pk)
    requirement = expected.period.requirement
    user = request.user
    if not user.is_authenticated or not may_manage(user, requirement):
        raise PermissionDenied
    form = DueDateForm(request.POST or None, expected=expected)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            set_due_date(user=user, expected=expected, due_at=given["due_at"], reason=given["reason"])
        except RequirementRefusedError as refusal:
            form.add_error("due_at", str(refusal))
        else:
            messages.success(request, _("The date of %(unit)s has been set.") % {"unit": expected.unit})
            address = reverse("collection:detail", args=[requirement.pk])
            return redirect(f"{address}?period={expected.period_id}#units")
    context = {
        "expected": expected,
        "requirement": requirement,
        "form": form,
        "reasons": reasons_of(expected.period, work_calendar(), expected=expected),
    }
    return render(request, "collection/due_date.html", context, status=422 if form.errors else 200)
