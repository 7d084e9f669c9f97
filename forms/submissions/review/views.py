"""Steps of a reviewer beside accepting and returning."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from forms.submissions.errors import NotAllowedError, ReportRefusedError
from forms.submissions.models import Submission
from forms.submissions.permissions import may_review
from forms.submissions.review.context import typed_marks
from forms.submissions.review.services import widen
from forms.submissions.views.people import insider
from forms.submissions.views.refusing import refuse


@login_required
@require_POST
def widen_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Open more of a returned report to its unit."""
    user = insider(request)
    report = get_object_or_404(Submission.objects.visible_to(user).with_names(), expected__pk=pk)
    if not may_review(user, report.expected):
        raise PermissionDenied
    marks = typed_marks(request.POST)
    try:
        widen(user=user, submission=report, marks=marks, everything="everything" in request.POST)
    except NotAllowedError as refusal:
        raise PermissionDenied from refusal
    except ReportRefusedError as refusal:
        refuse(request, refusal, typed=" ".join(marks.values()))
    else:
        messages.success(request, _("Opened to the unit; it has been told."))
    return redirect("submissions:detail", pk=pk)
