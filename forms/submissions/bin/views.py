"""Deleting with a reason, and the bin."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from forms.collection.models import Requirement
from forms.submissions.bin.forms import BinForm
from forms.submissions.bin.models import Binned
from forms.submissions.bin.services import KEPT_FOR, bin_report, bin_requirement, restore
from forms.submissions.errors import NotAllowedError, ReportRefusedError
from forms.submissions.models import Submission
from forms.submissions.views.people import insider
from portal.units.access import access_for
from portal.units.enums import Role

PAGE_SIZE = 20


@login_required
@require_GET
def bin_list(request: HttpRequest) -> HttpResponse:
    """What the person's units have deleted, newest first."""
    user = insider(request)
    if not access_for(user).has(Role.COORDINATOR):
        raise PermissionDenied
    rows = Binned.objects.visible_to(user).select_related("owner", "deleted_by").defer("rows", "links", "files")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    now = timezone.now()
    for row in page:
        row.days_left = max((row.deleted_at + KEPT_FOR - now).days, 0)  # type: ignore[attr-defined]
    return render(request, "submissions/bin/list.html", {"page": page, "days": KEPT_FOR.days})


@login_required
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why, then delete a report."""
    user = insider(request)
    visible = Submission.objects.visible_to(user).with_names()
    submission = get_object_or_404(visible, pk=pk, first_sent_at__isnull=False)
    newest = submission.versions.values_list("number", flat=True).first()
    form = BinForm(request.POST or None, initial={"version": newest})
    if submission.expected.period.requirement.owner_id not in access_for(user).unit_ids(Role.COORDINATOR):
        raise PermissionDenied
    if request.method == "POST" and form.is_valid():
        try:
            bin_report(
                user=user,
                submission=submission,
                version=form.cleaned_data["version"] or 0,
                reason=form.cleaned_data["reason"],
            )
        except NotAllowedError as refusal:
            raise PermissionDenied from refusal
        except ReportRefusedError as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, _("Deleted. For 30 days it can be restored from the bin."))
            return redirect("submissions:queue")
    return _ask(request, form, str(submission.expected), reverse("submissions:detail", args=[pk]))


@login_required
@require_http_methods(["GET", "POST"])
def requirement(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why, then delete a requirement for which nothing has been sent."""
    user = insider(request)
    found = get_object_or_404(Requirement.objects.visible_to(user), pk=pk)
    if found.owner_id not in access_for(user).unit_ids(Role.COORDINATOR):
        raise PermissionDenied
    form = BinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            bin_requirement(user=user, requirement=found, reason=form.cleaned_data["reason"])
        except NotAllowedError as refusal:
            raise PermissionDenied from refusal
        except ReportRefusedError as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, _("Deleted. For 30 days it can be restored from the bin."))
            return redirect("collection:list")
    return _ask(request, form, found.title, reverse("collection:detail", args=[pk]))


@login_required
@require_POST
def put_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Restore one."""
    user = insider(request)
    binned = get_object_or_404(Binned.objects.visible_to(user), pk=pk)
    try:
        restored = restore(user=user, binned=binned)
    except ReportRefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect("bin:list")
    messages.success(request, _("Restored as it was."))
    name = "submissions:detail" if isinstance(restored, Submission) else "collection:detail"
    return redirect(name, pk=restored.pk)


def _ask(request: HttpRequest, form: BinForm, title: str, back: str) -> HttpResponse:
    context = {"form": form, "title": title, "back": back, "days": KEPT_FOR.days}
    return render(request, "submissions/bin/ask.html", context, status=422 if form.errors else 200)
