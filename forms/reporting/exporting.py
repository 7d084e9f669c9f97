"""What is seen, as a file: XLSX with numbers as numbers, PDF for paper. Every file is noted in the audit log."""

import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django_ratelimit.core import is_ratelimited

from forms.reporting.charts import bars
from forms.reporting.wording import notes_of
from portal.audit.enums import AuditAction
from portal.audit.services import Target, record
from portal.audit.spreadsheets import XLSX_TYPE, workbook_of
from portal.files.pdf import can_make_pdf, make_pdf, page_count_css

if TYPE_CHECKING:
    import datetime

    from forms.reporting.cards import Card
    from portal.accounts.models import User

Sheet = tuple[str, Sequence[str], Iterable[Sequence[Any]]]

XLSX, PDF, PNG = "xlsx", "pdf", "png"
PDF_RATE = "20/m"
STYLES = settings.BASE_DIR / "static" / "css" / "figures-paper.css"


def note_export(*, user: "User", label: str, form: str, query: dict[str, str]) -> None:
    """Write down who took which figures away, as what."""
    record(
        action=AuditAction.EXPORT,
        user=user,
        target=Target("reporting.figures", "", label),
        summary="reporting.exported",
        details={"format": form, "filters": query},
    )


@transaction.atomic
def xlsx(
    *, user: "User", label: str, sheets: Sequence[Sheet], notes: Sequence[str], query: dict[str, str]
) -> HttpResponse:
    """A workbook; its last sheet says as of when, by which rule and over which reports the figures hold."""
    content = workbook_of([*sheets, (_("About these figures"), [label], [[note] for note in notes])])
    note_export(user=user, label=label, form=XLSX, query=query)
    named = content_disposition_header(True, file_name(label, timezone.now(), XLSX))
    return HttpResponse(content, content_type=XLSX_TYPE, headers={"Content-Disposition": named or "attachment"})


def pdf_or_page(
    request: HttpRequest,
    *,
    user: "User",
    label: str,
    cards: Sequence["Card"],
    context: dict[str, Any],
    query: dict[str, str],
) -> HttpResponseBase:
    """The figures on paper; where this machine makes no PDF files, the page says so."""
    if not can_make_pdf():
        messages.warning(request, _("This server cannot make PDF files; please print from the browser."))
        return redirect(f"{request.path}?{query_of(request)}")
    if is_ratelimited(request, group="reporting.pdf", key="user", rate=PDF_RATE, increment=True):
        messages.warning(request, _("That was many PDF files in a minute. Please wait a minute and go on."))
        return redirect(f"{request.path}?{query_of(request)}")
    paper = {**context, "charted": [(card, bars(card)) for card in cards], "notes": notes_of(context, ())}
    paper |= {"label": label, "page_count": page_count_css()}
    made = make_pdf(render_to_string("reporting/paper.html", paper, request), styles=STYLES)
    note_export(user=user, label=label, form=PDF, query=query)
    name = file_name(label, timezone.now(), PDF)
    return FileResponse(io.BytesIO(made), as_attachment=True, filename=name, content_type="application/pdf")


def query_of(request: HttpRequest) -> str:
    """The address's choice without page and export."""
    given = request.GET.copy()
    for name in ("page", "export"):
        given.pop(name, None)
    return given.urlencode()


def file_name(label: str, now: "datetime.datetime", ending: str) -> str:
    """数据-20261128-1430.xlsx."""
    return f"{label}-{timezone.localtime(now):%Y%m%d-%H%M}.{ending}"
