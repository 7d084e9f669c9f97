"""Screens of the plan import inside the admin: list, upload, the proposal beside the text, confirmation."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.accounts.models import User
from portal.audit.enums import AuditAction
from portal.audit.services import record
from portal.programmes import services
from portal.programmes.comparison import differences
from portal.programmes.confirmation import ConfirmForm
from portal.programmes.correction import Corrected, describe_rows, initial_rows, marks_of
from portal.programmes.enums import ProposalState
from portal.programmes.forms import UploadForm
from portal.programmes.highlights import KINDS, pieces
from portal.programmes.ledger_forms import LedgerForms
from portal.programmes.models import PlanProposal
from portal.programmes.origins import doubtful_count
from portal.programmes.permissions import may_edit_plans, may_see_plans
from portal.programmes.plan_import.errors import PlanFileError
from portal.programmes.plan_import.proposal import PlanProposal as Proposed
from portal.units.models import Unit

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

PER_PAGE = 30


def allowed(predicate: Callable[[Any], bool]) -> Callable[[View[P]], View[P]]:
    """Only for whom the predicate says so."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not predicate(request.user):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def screen(
    request: HttpRequest, template: str, title: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """A screen of the admin with its breadcrumbs and title."""
    crumbs = [{"url": reverse("programme_plans:list"), "label": _("Plan import")}, {"url": "", "label": title}]
    page = {"breadcrumbs_items": crumbs, "header_title": title, "header_icon": "list-ol"}
    return render(request, template, page | {"may_edit": may_edit_plans(request.user)} | context, status=status)


def plan_of(request: HttpRequest, pk: int) -> PlanProposal:
    """The uploaded plan, if the person may see it."""
    plans = PlanProposal.objects.visible_to(request.user)
    return get_object_or_404(plans.select_related("programme", "uploaded_by", "changed_by"), pk=pk)


@require_GET
@allowed(may_see_plans)
def plan_list(request: HttpRequest) -> HttpResponse:
    """The uploaded plans, the latest first."""
    plans = PlanProposal.objects.visible_to(request.user).select_related("programme", "uploaded_by").defer("text")
    page = Paginator(plans, PER_PAGE).get_page(request.GET.get("page"))
    rows = []
    for plan in page:
        proposal = Proposed.from_dict(plan.proposal)
        rows.append((plan, proposal.title.title if proposal.title else "", proposal, doubtful_count(proposal)))
    return screen(request, "programmes/plans/list.html", _("Plan import"), {"rows": rows, "page": page})


@require_http_methods(["GET", "POST"])
@allowed(may_edit_plans)
def plan_upload(request: HttpRequest) -> HttpResponse:
    """Choose a plan's file; errors stand beside the field."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_valid():
        try:
            plan = services.upload_plan(file=form.cleaned_data["file"], user=cast(User, request.user))
        except PlanFileError as error:
            form.add_error("file", str(error))
        else:
            return redirect("programme_plans:detail", plan.pk)
    status = 422 if form.errors else 200
    return screen(request, "programmes/plans/upload.html", _("Upload a plan"), {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@allowed(may_see_plans)
def plan_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The proposal beside the plan's text, to be read, corrected and saved."""
    plan = plan_of(request, pk)
    if request.method == "GET":
        ledger = LedgerForms(text=plan.text, initial=initial_rows(Proposed.from_dict(plan.proposal)))
        return _ledger_page(request, plan, ledger)
    if not may_edit_plans(request.user):
        raise PermissionDenied
    ledger = LedgerForms(text=plan.text, data=request.POST)
    if not ledger.is_valid():
        return _ledger_page(request, plan, ledger, status=422)
    corrected = Corrected(ledger, Proposed.from_dict(plan.proposal), plan.text).proposal()
    try:
        services.save_proposal(
            pk=pk, revision=_revision(request), data=corrected.to_dict(), user=cast(User, request.user)
        )
    except services.StaleProposalError as stale:
        context = {"conflict": stale.latest, **differences(Proposed.from_dict(stale.latest.proposal), corrected)}
        return _ledger_page(request, stale.latest, ledger, context, status=409)
    except services.PlanNotOpenError as closed:
        return _ledger_page(request, closed.latest, ledger, {"not_kept": True}, status=409)
    if "confirm" in request.POST:
        return redirect("programme_plans:confirm", pk)
    messages.success(request, _("Your corrections were saved."))
    return redirect("programme_plans:detail", pk)


@require_http_methods(["GET", "POST"])
@allowed(may_edit_plans)
def plan_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what will be made, ask for units that nobody knows, and make the programme."""
    plan = plan_of(request, pk)
    if plan.state != ProposalState.PROPOSED:
        return redirect("programme_plans:detail", pk)
    proposal = Proposed.from_dict(plan.proposal)
    unknown = services.unknown_units(proposal=proposal)
    form = ConfirmForm(request.POST if request.method == "POST" else None, unknown=unknown)
    conflict = False
    if form.is_valid():
        try:
            programme = services.confirm(
                pk=pk,
                revision=_revision(request),
                user=cast(User, request.user),
                owner=form.cleaned_data["owner"],
                units=form.chosen_units(),
                new_kinds=form.new_kinds,
            )
        except services.PlanNotOpenError:
            return redirect("programme_plans:detail", pk)
        except services.StaleProposalError as stale:
            plan, conflict = stale.latest, True
            proposal = Proposed.from_dict(plan.proposal)
            form = ConfirmForm(request.POST, unknown=services.unknown_units(proposal=proposal))
        else:
            messages.success(request, _("The programme was made. It is in preparation until you start it."))
            return redirect("programmes:detail", programme.pk)
    context = {
        "plan": plan,
        "proposal": proposal,
        "form": form,
        "conflict": conflict,
        "doubtful": doubtful_count(proposal),
        "without_units": [task for task in proposal.tasks if not task.units],
    }
    status = 409 if conflict else 422 if form.errors else 200
    return screen(request, "programmes/plans/confirm.html", _("Make the programme"), context, status=status)


@require_POST
@allowed(may_edit_plans)
def plan_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a plan aside, or take it up again."""
    plan = plan_of(request, pk)
    act = services.restore if "restore" in request.POST else services.discard
    try:
        act(pk=plan.pk, revision=_revision(request), user=cast(User, request.user))
    except (services.StaleProposalError, services.PlanNotOpenError):
        messages.error(request, _("The plan has been changed in the meantime. Please look at it once more."))
        return redirect("programme_plans:detail", pk)
    if act is services.discard:
        messages.success(request, _("The plan was put aside. You can take it up again at any time."))
        return redirect("programme_plans:list")
    return redirect("programme_plans:detail", pk)


@require_GET
@allowed(may_see_plans)
def plan_file(request: HttpRequest, pk: int) -> FileResponse:
    """The file as it was uploaded."""
    plan = plan_of(request, pk)
    record(action=AuditAction.DOWNLOAD, user=cast(User, request.user), target=plan)
    return FileResponse(plan.file.open("rb"), as_attachment=True, filename=plan.file_name)


def _ledger_page(
    request: HttpRequest,
    plan: PlanProposal,
    ledger: LedgerForms,
    extra: dict[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Render the ledger beside the text, whatever was typed included."""
    context = {
        "plan": plan,
        "ledger": ledger,
        "doubtful": describe_rows(ledger, Proposed.from_dict(plan.proposal), plan.text),
        "pieces": pieces(plan.text, marks_of(ledger, plan.text)),
        "legend": KINDS,
        "known_units": Unit.objects.active().values_list("name", flat=True),
        "problems": ledger.problems(),
        "editable": may_edit_plans(request.user) and plan.state == ProposalState.PROPOSED,
        "revision": plan.revision if status == 409 or request.method == "GET" else _revision(request),
    }
    return screen(request, "programmes/plans/detail.html", plan.file_name, context | (extra or {}), status=status)


def _revision(request: HttpRequest) -> int:
    """The revision a form was made from; none at all counts as an outdated one."""
    typed = request.POST.get("revision", "")
    return int(typed) if typed.isdecimal() and len(typed) < 10 else -1
