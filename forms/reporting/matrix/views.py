"""The page of the matrix."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from forms.collection.visibility import oversees
from forms.reporting.cards import RULE, rate_cards
from forms.reporting.exporting import pdf_or_page, query_of, xlsx
from forms.reporting.matrix.drawing import body
from forms.reporting.matrix.enums import CellKind
from forms.reporting.matrix.forms import MatrixForm
from forms.reporting.matrix.lists import unit_lists
from forms.reporting.matrix.services import MOST_CELLS, Matrix, TooManyError, matrix
from forms.reporting.matrix.tables import in_parts, table_of
from forms.reporting.wording import notes_of
from forms.submissions.views.people import insider
from portal.accounts.models import User
from portal.units.access import access_for

MOST_COLUMNS = 24
"""What the long side of a page takes."""
MOST_ON_PAPER = 6_000
"""Cells: more of them would keep the server setting pages for minutes."""


@login_required
@require_GET
def matrix_page(request: HttpRequest) -> HttpResponseBase:
    """Units × periods, each cell leading to its report; as it stands, or stood at an instant before."""
    user, now = insider(request), timezone.now()
    form = MatrixForm(request.GET, user=user, now=now)
    context: dict[str, Any] = {"form": form, "kinds": CellKind, "sees_all": oversees(access_for(user))}
    if not form.is_valid():
        return render(request, "reporting/matrix.html", context, status=422)
    try:
        found = matrix(user=user, choice=form.choice, now=now, as_of=form.instant)
    except TooManyError:
        return render(request, "reporting/matrix.html", {**context, "most": MOST_CELLS}, status=422)
    context |= {"matrix": found, "lists": unit_lists(found), "query": query_of(request)}
    context |= {"as_of": found.as_of, "is_past": found.is_past}
    exported = _exported(request, user, found, context, form.query)
    return exported or render(request, "reporting/matrix.html", {**context, "body": body(found)})


def _exported(
    request: HttpRequest, user: User, found: Matrix, context: dict[str, Any], query: dict[str, str]
) -> HttpResponseBase | None:
    """The matrix as a workbook, each cell in words; on paper with the rates of requirements and units besides."""
    label = _("Reports by unit and period")
    match request.GET.get("export"):
        case "xlsx":
            notes = notes_of(context, [str(RULE)])
            return xlsx(user=user, label=label, sheets=[(label, *table_of(found))], notes=notes, query=query)
        case "pdf":
            if len(found.rows) * len(found.columns) > MOST_ON_PAPER:
                messages.warning(request, _("That is too much for paper; choose less, or take the Excel file."))
                return redirect(f"{request.path}?{query_of(request)}")
            paper = {**context, "parts": [(part, body(part)) for part in in_parts(found, MOST_COLUMNS)]}
            return pdf_or_page(request, user=user, label=label, cards=rate_cards(found, {}), context=paper, query=query)
    return None
