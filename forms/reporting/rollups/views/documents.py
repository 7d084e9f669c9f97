"""The list of roll-ups, a new one, and the document as it reads."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from forms.collection.models import ReportingPeriod
from forms.reporting.rollups.choosing import outlook, period_choices
from forms.reporting.rollups.compiling import compile_rollup
from forms.reporting.rollups.editing import delete, describe, lines_of
from forms.reporting.rollups.errors import RollUpRefusedError
from forms.reporting.rollups.forms import CompileForm, DescribeForm
from forms.reporting.rollups.models import RollUp
from forms.reporting.rollups.movements import count_later
from forms.reporting.rollups.permissions import may_compile
from forms.reporting.rollups.reading import sections
from forms.reporting.rollups.views.people import one_rollup, one_to_change, reader
from portal.accounts.models import User
from portal.units.access import access_for
from portal.units.enums import Role

PAGE_SIZE = 20


@login_required
@require_GET
def rollup_list(request: HttpRequest) -> HttpResponse:
    """Every roll-up that the person may see, newest first."""
    user = reader(request)
    rows = RollUp.objects.visible_to(user).with_names().with_affected()
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    collects = access_for(user).has(Role.COORDINATOR)
    return render(request, "rollups/list.html", {"page": page, "collects": collects, "now": timezone.now()})


@login_required
@require_http_methods(["GET", "POST"])
def rollup_new(request: HttpRequest) -> HttpResponse:
    """Choose a period, see what is outstanding, compile."""
    user, now = reader(request), timezone.now()
    if not access_for(user).has(Role.COORDINATOR):
        raise PermissionDenied
    based_on = _based_on(request, user)
    period = _period(request, user)
    if period is None:
        choices = period_choices(user, now=now)
        return render(request, "rollups/choose.html", {"choices": choices, "based_on": based_on})
    form = CompileForm(request.POST or None, initial=_initial(period, based_on, user))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            rollup = compile_rollup(user=user, period=period, based_on=based_on, **given)
        except RollUpRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Compiled. Read it through; every sentence says where it comes from."))
            return redirect("rollups:detail", pk=rollup.pk)
    context = {"form": form, "period": period, "outlook": outlook(period, user=user, now=now), "based_on": based_on}
    return render(request, "rollups/new.html", context, status=422 if form.errors else 200)


@login_required
@require_GET
def rollup_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The document as it reads, with its sources beside it."""
    user, rollup = one_rollup(request, pk)
    return render(request, "rollups/detail.html", document_context(user, rollup))


def document_context(user: User, rollup: RollUp) -> dict[str, Any]:
    """What the page of the document shows."""
    found = sections(rollup)
    return {
        "rollup": rollup,
        "sections": found,
        "affected": sum(one.is_affected for section in found for block in section.blocks for one in block.told),
        "may_change": may_compile(user, rollup.period.requirement) and not rollup.is_final,
        "compiles": may_compile(user, rollup.period.requirement),
        "later": count_later(rollup, user),
    }


@login_required
@require_http_methods(["GET", "POST"])
def rollup_describe(request: HttpRequest, pk: int) -> HttpResponse:
    """Title, addressee and signature."""
    user, rollup = one_to_change(request, pk)
    names = ("title", "addressee", "signature")
    form = DescribeForm(request.POST or None, initial={name: getattr(rollup, name) for name in names})
    if request.method == "POST" and form.is_valid():
        try:
            describe(user=user, rollup=rollup, **form.cleaned_data)
        except RollUpRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("rollups:detail", pk=pk)
    context = {"form": form, "rollup": rollup, "seen": lines_of(rollup)}
    return render(request, "rollups/describe.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def rollup_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a draft."""
    user, rollup = one_to_change(request, pk)
    try:
        delete(user=user, rollup=rollup)
    except RollUpRefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect("rollups:detail", pk=pk)
    messages.success(request, _("The draft has been deleted. The reports are as they were."))
    return redirect("rollups:list")


def _period(request: HttpRequest, user: User) -> ReportingPeriod | None:
    number = request.GET.get("period", "")
    if not _is_number(number):
        return None
    owned = access_for(user).unit_ids(Role.COORDINATOR)
    rows = ReportingPeriod.objects.filter(requirement__owner_id__in=owned).select_related("requirement__owner")
    return get_object_or_404(rows, pk=int(number))


def _based_on(request: HttpRequest, user: User) -> RollUp | None:
    number = request.GET.get("from", "")
    return RollUp.objects.manageable_by(user).filter(pk=int(number)).first() if _is_number(number) else None


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) < 18


def _initial(period: ReportingPeriod, based_on: RollUp | None, user: User) -> dict[str, str]:
    """What the last one said, with the name of this period in place of that one's."""
    requirement = period.requirement
    last = based_on or RollUp.objects.manageable_by(user).filter(period__requirement=requirement).first()
    title = _("Report on “%(requirement)s” (%(period)s)") % {"requirement": requirement.title, "period": period.name}
    if last is None:
        return {"title": title, "addressee": "", "signature": str(requirement.owner)}
    if last.period.name in last.title:
        title = last.title.replace(last.period.name, period.name)
    return {"title": title, "addressee": last.addressee, "signature": last.signature}
