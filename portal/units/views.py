"""Importing tables in the Wagtail admin: upload → what the table would do, row by row → the person's word."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from portal.accounts.models import User
from portal.audit.spreadsheets import XLSX_TYPE
from portal.units.enums import ImportKind
from portal.units.forms import TableForm
from portal.units.importing.people import import_people
from portal.units.importing.results import ImportResult
from portal.units.importing.tables import MAX_BYTES, TableError, read_cells, read_table
from portal.units.importing.template import template_workbook
from portal.units.importing.units import import_units
from portal.units.models import TableImport
from portal.units.permissions import may_import

SHOWN = 200
"""Rows and errors shown on the page; the counts are of all."""
LISTS = {ImportKind.UNITS: "units_unit_modeladmin_index", ImportKind.PEOPLE: "units_membership_modeladmin_index"}


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Take the table; what cannot be read as one is said beside the field."""
    wanted, user = _allowed(request, kind)
    form = TableForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            cells = read_cells(file.read(MAX_BYTES + 1))
            read_table(wanted, cells)
        except TableError as error:
            form.add_error("file", str(error))
        else:
            name = str(file.name)[-255:]
            row = TableImport.objects.create(kind=wanted, file_name=name, cells=cells, uploaded_by=user)
            return redirect("units_import_check", kind=wanted.value, pk=row.pk)
    context = {"form": form, "kind": wanted, "title": _title(wanted), "list_url_name": LISTS[wanted]}
    return render(request, "units/import_upload.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, kind: str, pk: int) -> HttpResponseBase:
    """Show what the table would do; on the person's word do it, or forget it."""
    wanted, user = _allowed(request, kind)
    step = request.POST.get("step", "") if request.method == "POST" else ""
    with transaction.atomic():
        uploaded = TableImport.objects.select_for_update().filter(pk=pk, kind=wanted, uploaded_by=user).first()
        if uploaded is None:
            messages.warning(request, _("This table has been imported or given up. Upload it again to see it."))
            return redirect("units_import", kind=wanted.value)
        if step == "forget":
            uploaded.delete()
            messages.info(request, _("The table was given up; nothing was written."))
            return redirect("units_import", kind=wanted.value)
        result = _import(uploaded, user, step)
        if result.applied:
            uploaded.delete()
    if result.applied:
        messages.success(request, _done(result))
        return redirect(LISTS[wanted])
    context = {
        "kind": wanted,
        "title": _title(wanted),
        "uploaded": uploaded,
        "result": result,
        "good": result.created + result.changed,
        "errors": result.errors[:SHOWN],
        "outcomes": [row for row in result.outcomes if row.outcome != "unchanged"][:SHOWN],
        "shown": SHOWN,
    }
    return render(request, "units/import_check.html", context)


@require_GET
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """The empty table to fill in."""
    wanted, _user = _allowed(request, kind)
    response = HttpResponse(template_workbook(wanted), content_type=XLSX_TYPE)
    name = f"{wanted.label}.xlsx"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _allowed(request: HttpRequest, kind: str) -> tuple[ImportKind, User]:
    if kind not in ImportKind.values:
        raise Http404
    wanted = ImportKind(kind)
    if not isinstance(request.user, User) or not may_import(request.user, wanted):
        raise PermissionDenied
    return wanted, request.user


def _import(uploaded: TableImport, user: User, step: str) -> ImportResult:
    """Check the table against what the portal has now; write it on the word "all", or without bad rows on "good"."""
    table = read_table(ImportKind(uploaded.kind), uploaded.cells)
    run = import_units if uploaded.kind == ImportKind.UNITS else import_people
    result = run(
        rows=table.rows,
        user=user,
        dry_run=step not in ("all", "good"),
        only_good=step == "good",
        file_name=uploaded.file_name,
    )
    result.ignored_columns = table.ignored_columns
    return result


def _title(kind: ImportKind) -> str:
    return _("Import units") if kind == ImportKind.UNITS else _("Import people and memberships")


def _done(result: ImportResult) -> str:
    text = _("Imported: %(created)d new, %(changed)d changed, %(unchanged)d as before, %(failed)d left out.")
    return text % result.counts()
