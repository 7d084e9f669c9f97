"""Whether there is anything to fill in now, and the page that says why there is not."""

import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from forms.builder.models import FormVersion
from forms.collection.enums import PeriodStatus, RequirementState
from forms.collection.expecting import pin_version
from forms.collection.models import ExpectedReport
from forms.collection.wording import moment
from forms.submissions.errors import WindowClosedError
from forms.submissions.models import Petition, Submission
from forms.submissions.steps import require_form, require_owed


def version_to_begin_with(expected: ExpectedReport) -> FormVersion | None:
    """The pinned version of a period that is open; None where nothing can be begun now."""
    open_now = expected.window.status(timezone.now()) in {PeriodStatus.OPEN, PeriodStatus.LATE}
    if not open_now or expected.period.requirement.state != RequirementState.OPEN:
        return None
    return expected.period.version or pin_version(period=expected.period).version


def refusal_of_form(expected: ExpectedReport, report: Submission | None, now: datetime.datetime) -> str:
    """Why the form takes nothing (more) from this unit, before anything is typed in vain; empty when it does."""
    try:
        require_owed(expected)
        require_form(expected, now, beginning=report is None)
    except WindowClosedError as error:
        return str(error)
    return ""


def exceptions(request: HttpRequest, expected: ExpectedReport, now: datetime.datetime) -> dict[str, Any]:
    """After closing: what was asked for and decided, and whether an exception may be asked for; nothing before."""
    if expected.window.status(now) != PeriodStatus.CLOSED:
        return {}
    petitions = list(Petition.objects.visible_to(request.user).filter(expected=expected).with_names())
    is_asked = any(one.is_open for one in petitions)
    taken = expected.period.requirement.state == RequirementState.OPEN and not expected.is_waived
    return {"petitions": petitions, "may_ask": taken and not is_asked}


def not_open(
    request: HttpRequest, expected: ExpectedReport, *, report: Submission | None = None, refusal: str = ""
) -> HttpResponse:
    """The page instead of the form: why nothing is taken now, and the way to what was kept."""
    now = timezone.now()
    window = expected.window
    context = {
        "expected": expected,
        "report": report,
        "refusal": refusal,
        "status": window.status(now),
        "opens": moment(window.opens_at, now=now),
        "closed": moment(window.closes_at, now=now) if window.closes_at else "",
        **exceptions(request, expected, now),
        "ended": expected.period.requirement.state == RequirementState.CLOSED,
    }
    return render(request, "submissions/not_open.html", context)
