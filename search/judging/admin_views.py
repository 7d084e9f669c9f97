"""Looking up things for a question, and tables of questions in and out."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin import messages

from portal.audit.enums import AuditAction
from portal.audit.services import record
from portal.audit.spreadsheets import XLSX_TYPE, csv_lines, workbook
from portal.units.access import access_for
from portal.units.importing.tables import MAX_BYTES, TableError, read_cells
from search.engines.base import EngineUnavailableError, Query
from search.evaluation.naming import NAMED, names_of, recognised
from search.finding import find
from search.judging.forms import TableForm
from search.judging.importing import Imported, import_judgements, table_of
from search.judging.models import Grade, JudgementList
from search.judging.rules import TOP
from search.judging.widgets import shown
from search.parameters import MAX_VALUE
from search.tuning.permissions import administrator

PROPOSED = 10
SHOWN_FAULTS = 200


@require_GET
def things(request: HttpRequest) -> HttpResponse:
    """Things that words, an address or a number may mean: a piece of the form."""
    user = administrator(request)
    text = request.GET.get("q", "").replace("\0", "").strip()[:MAX_VALUE]
    names = list(recognised([text]).values()) if text else []
    is_away = False
    if text and not names:
        kinds = {"kind": frozenset(NAMED)}
        query = Query(tokens=access_for(user).tokens(), text=text, filters=kinds, marked=False, size=PROPOSED)
        try:
            hits = find(query).results.hits
        except EngineUnavailableError:
            hits, is_away = (), True
        called = names_of(hit.object_id for hit in hits)
        names = [called[hit.object_id] for hit in hits if hit.object_id in called]
    context = {
        "lines": shown(tuple((name, str(TOP)) for name in names)),
        "name": "relevant",
        "grades": Grade.choices,
        "is_away": is_away,
        "text": text,
    }
    return render(request, "search/judging/found.html", context)


@require_http_methods(["GET", "POST"])
def table(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a table in, all of it or nothing: what is wrong is said by row and column, with 422."""
    user = administrator(request)
    row = get_object_or_404(JudgementList.objects.visible_to(user), pk=pk)
    form = TableForm(request.POST or None, request.FILES or None)
    result = Imported()
    if request.method == "POST" and form.is_valid():
        try:
            cells = read_cells(form.cleaned_data["file"].read(MAX_BYTES + 1))
            result = import_judgements(user=user, into=row, cells=cells, is_whole=form.cleaned_data["is_whole"])
        except TableError as error:
            form.add_error("file", str(error))
        else:
            if not result.faults:
                messages.success(request, _imported(result))
                return redirect(f"{reverse('search_judgements:index')}?belongs_to={row.pk}")
    context = {
        "row": row,
        "form": form,
        "faults": result.faults[:SHOWN_FAULTS],
        "number": len(result.faults),
        "shown": SHOWN_FAULTS,
    }
    return render(request, "search/judging/table.html", context, status=422 if form.errors or result.faults else 200)


@require_GET
@transaction.atomic
def export(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    """The list as a table that can be taken in again, as XLSX or CSV; written into the log."""
    user = administrator(request)
    row = get_object_or_404(JudgementList.objects.visible_to(user), pk=pk)
    headings, lines = table_of(row)
    rows = list(lines)
    record(
        action=AuditAction.EXPORT,
        user=user,
        target=row,
        summary="judgements",
        details={"format": kind, "rows": len(rows)},
    )
    response: Any
    if kind == "csv":
        response = StreamingHttpResponse(csv_lines(headings, rows), content_type="text/csv; charset=utf-8")
    else:
        response = HttpResponse(workbook(headings, rows, row.name), content_type=XLSX_TYPE)
    name = "".join("_" if char in '\\/:*?"<>|' else char for char in row.name)
    file_name = f"{name}-{timezone.localdate():%Y%m%d}.{kind}"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=file_name)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _imported(result: Imported) -> str:
    new = ngettext("%(n)d question is new", "%(n)d questions are new", result.created) % {"n": result.created}
    rest = _("%(changed)d changed, %(unchanged)d as before, %(removed)d taken out.") % result.counts()
    return _("Imported: %(new)s, %(rest)s") % {"new": new, "rest": rest}
