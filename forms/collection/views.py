"""Pages of requirements: list, detail with progress, preparing, announcing, ending."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from forms.collection.forms import RequirementForm, period_formset
from forms.collection.models import Requirement
from forms.collection.overview import periods_of, requirement_rows, rows_of_period
from forms.collection.permissions import may_create, may_manage
from forms.collection.scheduling.explaining import reasons_of
from forms.collection.scheduling.forms import ScheduleForm
from forms.collection.scheduling.services import schedule_of
from forms.collection.scheduling.units import units_chosen
from forms.collection.services import (
    RequirementRefusedError,
    close_requirement,
    open_requirement,
    save_requirement,
)
from portal.accounts.models import User
from portal.calendars.services import work_calendar
from portal.units.access import access_for
from portal.units.enums import INSIDERS, Role

PAGE_SIZE = 25


def _person(request: HttpRequest) -> User:
    if not isinstance(request.user, User) or not access_for(request.user).has(*INSIDERS):
        raise PermissionDenied
    return request.user


@login_required
@require_GET
def requirement_list(request: HttpRequest) -> HttpResponse:
    """All requirements a person may see, newest first, with how far they are."""
    user, now = _person(request), timezone.now()
    page = Paginator(Requirement.objects.visible_to(user).select_related("owner", "form"), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    context = {
        "page": page,
        "rows": requirement_rows(list(page), user=user, now=now),
        "now": now,
        "may_create": may_create(user),
    }
    return render(request, "collection/list.html", context)


@login_required
@require_GET
def requirement_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One requirement: its periods with rates, and the units of one period."""
    user, now = _person(request), timezone.now()
    visible = Requirement.objects.visible_to(user).select_related("owner", "form", "programme", "task", "created_by")
    requirement = get_object_or_404(visible, pk=pk)
    periods = periods_of(requirement, user=user, now=now)
    wanted = request.GET.get("period", "")
    chosen = next((row for row in periods if str(row.period.pk) == wanted), None) or next(
        (row for row in periods if row.is_current), periods[0] if periods else None
    )
    context = {
        "requirement": requirement,
        "periods": periods,
        "chosen": chosen,
        "rows": rows_of_period(chosen.period, user=user, now=now) if chosen else [],
        "units": units_chosen(requirement),
        "reasons": reasons_of(chosen.period, work_calendar()) if chosen else [],
        "now": now,
        "may_manage": may_manage(user, requirement),
        "collects": requirement.owner_id in access_for(user).unit_ids(Role.COORDINATOR),
    }
    return render(request, "collection/detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def requirement_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Prepare a new requirement or change one."""
    user = _person(request)
    if pk is None:
        if not may_create(user):
            raise PermissionDenied
        requirement = Requirement()
    else:
        requirement = get_object_or_404(Requirement.objects.visible_to(user), pk=pk)
        if not may_manage(user, requirement):
            raise PermissionDenied
    form = RequirementForm(request.POST or None, instance=requirement, user=user)
    schedule = ScheduleForm(request.POST or None, stored=schedule_of(requirement))
    by_hand = request.method != "POST" or not request.POST.get("schedule-frequency")
    periods = period_formset(requirement, request.POST if request.method == "POST" and by_hand else None)
    valid = form.is_valid() & schedule.is_valid() & (not by_hand or periods.is_valid())
    if request.method == "POST" and valid:
        try:
            with transaction.atomic():
                changed = periods.save(commit=False) if by_hand else []
                asked = form.save(commit=False)
                asked.schedule = schedule.schedule.to_json() if schedule.schedule else None
                save_requirement(
                    user=user,
                    requirement=asked,
                    units=form.cleaned_data["units"],
                    subtrees=form.cleaned_data["subtrees"],
                    periods=changed,
                    removed=periods.deleted_objects if by_hand else [],
                )
        except RequirementRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The requirement has been saved."))
            return redirect("collection:detail", pk=requirement.pk)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "periods": periods, "schedule": schedule, "requirement": requirement}
    return render(request, "collection/edit.html", context, status=status)


@login_required
@require_POST
def requirement_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Announce a requirement to its units."""
    user = _person(request)
    requirement = get_object_or_404(Requirement.objects.visible_to(user), pk=pk)
    if not may_manage(user, requirement):
        raise PermissionDenied
    try:
        created = open_requirement(user=user, requirement=requirement)
    except RequirementRefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        text = ngettext(
            "The requirement is open: %(count)d report is expected.",
            "The requirement is open: %(count)d reports are expected.",
            created,
        )
        messages.success(request, text % {"count": created})
    return redirect("collection:detail", pk=pk)


@login_required
@require_POST
def requirement_close(request: HttpRequest, pk: int) -> HttpResponse:
    """End a requirement."""
    user = _person(request)
    requirement = get_object_or_404(Requirement.objects.visible_to(user), pk=pk)
    if not may_manage(user, requirement):
        raise PermissionDenied
    try:
        close_requirement(user=user, requirement=requirement)
    except RequirementRefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The requirement has ended. What was reported stays readable."))
    return redirect("collection:detail", pk=pk)
