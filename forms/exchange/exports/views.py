"""Pages of exports: asking, my exports with their progress, download, cancel, again, delete."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from forms.collection.models import Requirement
from forms.exchange.exports.enums import ExportFormat, Values
from forms.exchange.exports.files import storage
from forms.exchange.exports.forms import ExportForm
from forms.exchange.exports.models import Export
from forms.exchange.exports.services import ExportRefusedError, again, ask, cancel, delete, take
from forms.exchange.exports.writers import KINDS
from forms.submissions.views.people import insider
from portal.accounts.models import User

PAGE_SIZE = 20
LONGEST_NUMBER = 10


@never_cache
@login_required
@require_GET
def export_list(request: HttpRequest) -> HttpResponse:
    """My exports, newest first; asked for by htmx only the table, so that progress is seen without reloading."""
    user = insider(request)
    rows = Export.objects.visible_to(user).select_related("requirement")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "is_waiting": any(one.is_unfinished for one in page), "now": timezone.now()}
    template = "exports/table.html" if getattr(request, "htmx", False) else "exports/list.html"
    return render(request, template, context)


@login_required
@require_http_methods(["GET", "POST"])
def export_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for an export of a requirement's reports; the filters of the list it is asked from come in the address."""
    user = insider(request)
    visible = Requirement.objects.visible_to(user).select_related("owner", "form")
    requirement = get_object_or_404(visible, pk=pk)
    form = ExportForm(request.POST or None, user=user, requirement=requirement, asked=_asked(request))
    if not form.is_open:
        raise PermissionDenied
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            ask(
                user=user,
                requirement=requirement,
                chosen=form.selection,
                kind=ExportFormat(given["format"]),
                values=Values(given["values"]),
                sensitive=given["sensitive"],
                key=given["key"],
            )
        except ExportRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The export is being written. It appears here when it is ready."))
            return redirect("exports:list")
    context = {"form": form, "requirement": requirement}
    return render(request, "exports/new.html", context, status=422 if form.errors else 200)


@never_cache
@login_required
@require_GET
def download(request: HttpRequest, pk: uuid.UUID) -> HttpResponseBase:
    """The file, for whoever asked for it and still may read what is in it."""
    user, export = _own(request, pk)
    try:
        name = take(user=user, export=export)
        file = storage().open(name, "rb")
    except ExportRefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect("exports:list")
    except FileNotFoundError:  # the requirement was in the bin meanwhile, and the file has been swept away
        messages.error(request, _("There is no file to download."))
        return redirect("exports:list")
    made = timezone.localtime(export.as_of)
    title = "".join("_" if char in '\\/:*?"<>|' else char for char in export.requirement.title)
    file_name = f"{title}-{made:%Y%m%d-%H%M}.{name.rsplit('.', 1)[-1]}"
    kind = "application/zip" if name.endswith(".zip") else KINDS[ExportFormat(export.format)].content_type
    response = FileResponse(file, as_attachment=True, filename=file_name, content_type=kind)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_POST
def export_cancel(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Give an export up."""
    user, export = _own(request, pk)
    cancel(user=user, export=export)
    return redirect("exports:list")


@login_required
@require_POST
def export_again(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The same once more, with what there is now."""
    user, export = _own(request, pk)
    try:
        again(user=user, export=export)
    except ExportRefusedError as refusal:
        messages.error(request, str(refusal))
    return redirect("exports:list")


@login_required
@require_POST
def export_delete(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Remove an export and its file."""
    user, export = _own(request, pk)
    delete(user=user, export=export)
    messages.success(request, _("The export has been deleted."))
    return redirect("exports:list")


def _own(request: HttpRequest, pk: uuid.UUID) -> tuple[User, Export]:
    user = insider(request)
    rows = Export.objects.visible_to(user).select_related("requirement")
    return user, get_object_or_404(rows, pk=pk)


def _asked(request: HttpRequest) -> dict[str, Any]:
    """Filters of the list that led here; what is not understood is left out."""
    asked: dict[str, Any] = {
        name: numbers
        for name in ("periods", "units")
        if (numbers := [one for one in request.GET.getlist(name) if one.isdecimal() and len(one) < LONGEST_NUMBER])
    }
    for name in ("state", "content"):
        if value := request.GET.get(name):
            asked[name] = value
    return asked
