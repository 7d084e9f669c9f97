"""The page of the matrix."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from forms.collection.visibility import oversees
from forms.reporting.matrix.drawing import body
from forms.reporting.matrix.enums import CellKind
from forms.reporting.matrix.forms import MatrixForm
from forms.reporting.matrix.lists import unit_lists
from forms.reporting.matrix.services import MOST_CELLS, Matrix, TooManyError, matrix
from forms.submissions.views.people import insider
from portal.units.access import access_for


@login_required
@require_GET
def matrix_page(request: HttpRequest) -> HttpResponse:
    """Units × periods, each cell leading to its report; as it stands, or stood at an instant before."""
    user, now = insider(request), timezone.now()
    form = MatrixForm(request.GET, user=user, now=now)
    context: dict[str, object] = {"form": form, "kinds": CellKind, "sees_all": oversees(access_for(user))}
    if not form.is_valid():
        return render(request, "reporting/matrix.html", context, status=422)
    try:
        found = matrix(user=user, choice=form.choice, now=now, as_of=form.instant)
    except TooManyError:
        return render(request, "reporting/matrix.html", {**context, "most": MOST_CELLS}, status=422)
    return render(request, "reporting/matrix.html", {**context, **shown(found), "choice": form.choice})


def shown(found: Matrix) -> dict[str, object]:
    """What the template draws."""
    return {"matrix": found, "body": body(found), "lists": unit_lists(found)}
