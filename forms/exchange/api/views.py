"""The read API, version 1. Every collection: filters, `limit` (at most 200), `cursor`; rows by ascending number."""

import datetime
from typing import Annotated, Any

from django.db.models import F, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Path, Query
from ninja.errors import ValidationError

from forms.builder.models import FormVersion
from forms.collection.models import ExpectedReport, ReportingPeriod, Requirement
from forms.exchange.api.guarding import TokenAuth, asker, asks, token_in
from forms.exchange.api.paging import MOST_ROWS, page_of
from forms.exchange.api.problems import Code, Refused, faults, problem
from forms.exchange.api.reports import Answers, shape_of
from forms.exchange.api.shapes import (
    ExpectedShape,
    FormVersionShape,
    Page,
    PeriodShape,
    ProblemShape,
    RequirementShape,
    UnitShape,
    VersionShape,
)
from forms.exchange.hooks.openapi import webhooks
from forms.submissions.models import Submission, SubmissionVersion
from portal.tokens.enums import Scope
from portal.units.models import Unit

api = NinjaAPI(
    title="Action Portal",
    version="1.0",
    description=(
        "Reads what the owner of a token may read at that moment. Send `Authorization: Bearer <token>`; tokens are "
        "made on the page of one's account. Collections are paged: follow `next` as `cursor`, with the same filters. "
        "Refusals are problem documents (RFC 9457): go by `code`; the words are in the language of `Accept-Language`."
    ),
    docs_url=None,
    urls_namespace="api",
    auth=TokenAuth(),
    openapi_extra={"webhooks": webhooks()},
)

Limit = Annotated[int, Query(ge=1, le=MOST_ROWS)]
Number = Annotated[int | None, Query(ge=1, le=2**63 - 1)]
Cursor = str | None
REFUSED: Any = dict.fromkeys((401, 403, 422, 429), ProblemShape)


def answers_with(shape: Any) -> Any:
    """The response of a collection, and the refusals that all have in common."""
    return {200: Page[shape], **REFUSED}


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """The problem as it was raised."""
    return problem(error.code, error.detail, **error.more)


@api.exception_handler(Http404)
def missing(request: HttpRequest, error: Http404) -> HttpResponse:
    """404 for what is not there and for what the token's owner may not see: nobody learns which."""
    return problem(Code.NOT_FOUND, _("There is nothing with this number that you may read."))


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """422 with each parameter that cannot be read."""
    return problem(Code.QUESTION_INVALID, _("See “errors” for each parameter."), errors=faults(error.errors))


@api.get("/units", response=answers_with(UnitShape))
@asks(Scope.DIRECTORY)
def units(request: HttpRequest, limit: Limit = 50, cursor: Cursor = None) -> dict[str, Any]:
    """Units."""
    rows, cursors = page_of(Unit.objects.visible_to(asker(request)), question={}, cursor=cursor, limit=limit)
    return {"results": rows, **cursors}


@api.get("/requirements", response=answers_with(RequirementShape))
@asks(Scope.REQUIREMENTS)
def requirements(
    request: HttpRequest, state: str | None = None, limit: Limit = 50, cursor: Cursor = None
) -> dict[str, Any]:
    """Reporting requirements."""
    rows = Requirement.objects.visible_to(asker(request))
    rows = rows.filter(state=state) if state else rows
    found, cursors = page_of(rows, question={"state": state}, cursor=cursor, limit=limit)
    return {"results": found, **cursors}


@api.get("/periods", response=answers_with(PeriodShape))
@asks(Scope.REQUIREMENTS)
def periods(
    request: HttpRequest, requirement: Number = None, limit: Limit = 50, cursor: Cursor = None
) -> dict[str, Any]:
    """Reporting periods of the requirements that one sees."""
    seen = Requirement.objects.visible_to(asker(request)).order_by()
    rows = ReportingPeriod.objects.filter(requirement__in=seen).annotate(form_version_id=F("version_id"))
    rows = rows.filter(requirement_id=requirement) if requirement else rows
    found, cursors = page_of(rows, question={"requirement": requirement}, cursor=cursor, limit=limit)
    return {"results": found, **cursors}


@api.get("/expected", response=answers_with(ExpectedShape))
@asks(Scope.REQUIREMENTS)
def expected(
    request: HttpRequest,
    requirement: Number = None,
    period: Number = None,
    unit: Number = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> dict[str, Any]:
    """What units owe, and how far it is."""
    rows = ExpectedReport.objects.visible_to(asker(request)).select_related("period")
    rows = rows.filter(chosen(requirement, period, unit))
    question = {"requirement": requirement, "period": period, "unit": unit}
    found, cursors = page_of(rows, question=question, cursor=cursor, limit=limit)
    begun = Submission.objects.filter(pk__in=[one.pk for one in found]).order_by()
    states = dict(begun.values_list("pk", "state"))
    results = [
        {
            "id": one.pk,
            "period_id": one.period_id,
            "unit_id": one.unit_id,
            "due_at": one.window.due_at,
            "waived": one.is_waived,
            "waive_reason": one.waive_reason,
            "state": states.get(one.pk),
        }
        for one in found
    ]
    return {"results": results, **cursors}


@api.get("/submissions", response=answers_with(VersionShape))
@asks(Scope.REPORTS)
def submissions(
    request: HttpRequest,
    requirement: Number = None,
    period: Number = None,
    unit: Number = None,
    sent: bool = False,
    sent_since: datetime.datetime | None = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> dict[str, Any]:
    """Accepted reports as they were accepted; with `sent=true` every sent version that one may read, accepted or not.

    Each version has a row of its own and never changes; a report that is sent again gets a new row at the end.
    """
    rows = SubmissionVersion.objects.visible_to(asker(request))
    rows = rows.filter(chosen(requirement, period, unit, way="submission__expected__"))
    if not sent:
        rows = rows.filter(pk=F("submission__accepted_version_id"))
    if sent_since:
        rows = rows.filter(sent_at__gte=aware(sent_since))
    rows = rows.select_related("submission__expected__period", "form_version")
    question = {"requirement": requirement, "period": period, "unit": unit, "sent": sent, "since": sent_since}
    found, cursors = page_of(rows, question=question, cursor=cursor, limit=limit)
    answers = Answers(sensitive=Scope.SENSITIVE.value in token_in(request).scopes)
    return {"results": [shape_of(version, answers) for version in found], **cursors}


@api.get("/form-versions/{number}", response={200: FormVersionShape, 404: ProblemShape, **REFUSED})
@asks(Scope.REQUIREMENTS)
def form_version(request: HttpRequest, number: Annotated[int, Path(ge=1, le=2**63 - 1)]) -> dict[str, Any]:
    """What a version of a form asks: labels, types and codes of the keys in `answers`."""
    version = get_object_or_404(FormVersion.objects.visible_to(asker(request)), pk=number)
    return {"id": version.pk, "number": version.number, "form_id": version.form_id, "questions": version.schema}


def aware(at: datetime.datetime) -> datetime.datetime:
    """An instant; without an offset it is Beijing time."""
    return at if timezone.is_aware(at) else timezone.make_aware(at)


def chosen(requirement: int | None, period: int | None, unit: int | None, *, way: str = "") -> Q:
    """The filters that several collections share; `way` leads to the expected report."""
    wanted = {"period__requirement_id": requirement, "period_id": period, "unit_id": unit}
    return Q(**{f"{way}{name}": value for name, value in wanted.items() if value})
