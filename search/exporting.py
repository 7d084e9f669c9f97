"""Results as a file: what the page shows, of all pages, for whoever asks."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from portal.accounts.models import User
from portal.audit.enums import AuditAction
from portal.audit.services import Target, record
from portal.audit.spreadsheets import XLSX_TYPE, csv_lines, workbook
from portal.units.access import access_for
from search.engines.base import EngineUnavailableError, Hit, Query
from search.finding import find
from search.parameters import Asked
from search.presentation import row

MOST_ROWS = 2_000
AT_ONCE = 500
XLSX, CSV = "xlsx", "csv"
WIDTHS = (60, 14, 26, 26, 12, 10, 22, 16, 50)
"""Of the columns of the workbook: most titles are read without pulling one wider."""
CSV_TYPE = "text/csv; charset=utf-8"


@never_cache
@login_required
@require_GET
def export_results(request: HttpRequest) -> HttpResponse:
    """The results of the question in the address as a table (`format`: xlsx or csv), in the order of the page.

    Asked with the person's tokens like the page itself, so that no row is in the file that is not on the page.
    """
    asked = replace(Asked.from_parameters(request.GET), page=1)
    back = f"{reverse('search:search')}{asked.address()}"
    if asked.is_empty:
        return redirect(back)
    user = cast(User, request.user)
    try:
        hits = list(_hits(asked.query(access_for(user).tokens())))
    except EngineUnavailableError:
        messages.error(request, _("Search does not answer at the moment. Please try again shortly."))
        return redirect(back)
    form = CSV if request.GET.get("format") == CSV else XLSX
    rows = [_row(hit, request.build_absolute_uri(hit.url)) for hit in hits]
    note_export(user, form, len(rows))
    title = pgettext("file name", "Search results")
    if form == CSV:
        response = HttpResponse("".join(csv_lines(_headings(), rows)), content_type=CSV_TYPE)
    else:
        response = HttpResponse(workbook(_headings(), rows, title, WIDTHS), content_type=XLSX_TYPE)
    named = content_disposition_header(True, f"{title}-{timezone.localdate():%Y%m%d}.{form}")
    response["Content-Disposition"] = named or "attachment"
    return response


@transaction.atomic
def note_export(user: User, form: str, rows: int) -> None:
    """Write down who took how many results away; what was asked for stays the person's own."""
    target = Target("search.results", "", pgettext("file name", "Search results"))
    record(
        action=AuditAction.EXPORT,
        user=user,
        target=target,
        summary="search.exported",
        details={"format": form, "rows": rows},
    )


def _hits(query: Query) -> Iterator[Hit]:
    """The first results, each thing once; a few questions, so that none takes longer than a page may."""
    seen: set[str] = set()
    for number in range(1, MOST_ROWS // AT_ONCE + 1):
        hits = find(replace(query, facets=(), marked=False, page=number, size=AT_ONCE)).results.hits
        for hit in hits:
            if hit.object_id not in seen:
                seen.add(hit.object_id)
                yield hit
        if len(hits) < AT_ONCE:
            return


def _headings() -> list[str]:
    return [
        _("Title"),
        _("Kind"),
        _("Document number"),
        _("Issuing body"),
        _("Date"),
        _("Validity"),
        _("Unit"),
        _("Period"),
        _("Address"),
    ]


def _row(hit: Hit, address: str) -> Sequence[Any]:
    shown = row(hit)
    return [
        "".join(piece.text for piece in hit.title),
        shown.kind_label,
        hit.shown.get("number", ""),
        hit.shown.get("issuer", ""),
        hit.date,
        str(shown.validity.label) if shown.validity else "",
        hit.shown.get("unit", "") or hit.shown.get("units", ""),
        hit.shown.get("period", ""),
        address,
    ]
