"""The page that verifies a copy, and a report on paper as it was filed."""

import io

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from django_ratelimit.core import is_ratelimited

from forms.submissions.receipts.forms import VerifyForm
from forms.submissions.receipts.paper import Paper, paper_of
from forms.submissions.receipts.pdf import can_make_pdf, make_pdf, page_count_css
from forms.submissions.receipts.qr import qr_svg, verify_address
from forms.submissions.receipts.verifying import verify
from forms.submissions.views.people import insider
from portal.accounts.models import User
from portal.audit.enums import AuditAction
from portal.audit.services import record

VERIFY_RATE = "30/m"
"""Copies per person; a number is drawn by lot from 2 · 10¹⁰ for each day, so trying finds nothing at this pace."""

PDF_RATE = "20/m"


@never_cache
@login_required
@require_GET
def verify_copy(request: HttpRequest) -> HttpResponse:
    """Whether number and hash on a copy are those of a report that was sent; for everybody who may sign in.

    Whoever has no copy in hand, and so does not know the hash, learns nothing of the report; nobody is shown an answer.
    """
    assert isinstance(request.user, User)  # noqa: S101 - signed in
    asked = "number" in request.GET or "hash" in request.GET
    form = VerifyForm(request.GET if asked else None)
    context: dict[str, object] = {"form": form}
    if asked and is_ratelimited(request, group="receipts.verify", key="user", rate=VERIFY_RATE, increment=True):
        return render(request, "submissions/receipts/verify.html", {**context, "too_often": True}, status=429)
    if asked and form.is_valid():
        number, start = form.cleaned_data["number"], form.cleaned_data["hash"]
        context |= {"asked": True, "verdict": verify(user=request.user, number=number, hash_start=start)}
    return render(request, "submissions/receipts/verify.html", context)


@never_cache
@login_required
@require_GET
def paper(request: HttpRequest, receipt: str) -> HttpResponse:
    """A sent version for the browser to print; to those who may see it."""
    found = _found(request, receipt)
    _note(request, found, "paper")
    context = {**_context(request, found), "can_make_pdf": can_make_pdf()}
    return render(request, "submissions/receipts/paper.html", context)


@never_cache
@login_required
@require_GET
def pdf(request: HttpRequest, receipt: str) -> HttpResponseBase:
    """A sent version as a PDF file; where none can be made, the page for the browser to print says so."""
    found = _found(request, receipt)
    if not can_make_pdf():
        return redirect("receipts:paper", receipt=found.version.receipt)
    if is_ratelimited(request, group="receipts.pdf", key="user", rate=PDF_RATE, increment=True):
        messages.warning(request, _("That was many PDF files in a minute. Please wait a minute and go on."))
        return redirect("receipts:paper", receipt=found.version.receipt)
    _note(request, found, "pdf")
    context = {**_context(request, found), "for_pdf": True, "page_count": page_count_css()}
    html = render_to_string("submissions/receipts/pdf.html", context)
    expected = found.reading.report.expected
    name = f"{expected.period.requirement.title}-{expected.unit}-{found.version.receipt}.pdf"
    made = io.BytesIO(make_pdf(html, pictures=found.pictures))
    return FileResponse(made, as_attachment=True, filename=name, content_type="application/pdf")


def _found(request: HttpRequest, receipt: str) -> Paper:
    found = paper_of(user=insider(request), typed=receipt)
    if found is None:
        raise Http404
    return found


def _note(request: HttpRequest, found: Paper, way: str) -> None:
    """As on the report's page: whoever reads another unit's sensitive data is recorded."""
    if found.reading.is_sensitive and not found.reading.is_own:
        details = {"version": found.version.number, "as": way}
        record(action=AuditAction.VIEW_SENSITIVE, user=request.user, target=found.reading.report, details=details)


def _context(request: HttpRequest, found: Paper) -> dict[str, object]:
    return {
        "paper": found,
        "version": found.version,
        "report": found.reading.report,
        "expected": found.reading.report.expected,
        "qr": qr_svg(verify_address(request, found.version)),
        "verify_page": request.build_absolute_uri(reverse("receipts:verify")),
    }
