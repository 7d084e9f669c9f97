"""Downloading the workbook of a report, sending it in, and what became of it."""

import datetime
import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from forms.builder.models import FormVersion
from forms.collection.enums import WITH_UNIT
from forms.collection.models import ExpectedReport
from forms.exchange.workbook.forms import WorkbookForm
from forms.exchange.workbook.models import ReturnedWorkbook
from forms.exchange.workbook.services import (
    ToBeMendedError,
    WorkbookRefusedError,
    check,
    receive,
    sheets_of_form,
    take,
    with_comments,
    workbook,
)
from forms.exchange.workbook.writing import place
from forms.submissions.errors import ReportRefusedError
from forms.submissions.models import Submission
from forms.submissions.permissions import may_write
from forms.submissions.views.opening import refusal_of_form, version_to_begin_with
from forms.submissions.views.people import insider
from portal.accounts.models import User
from portal.audit.spreadsheets import XLSX_TYPE

SHOWN = 200


@login_required
@require_http_methods(["GET", "POST"])
def round_trip(request: HttpRequest, pk: int) -> HttpResponse:
    """The page from which the workbook goes out and to which it comes back."""
    user, expected, version = _fillable(request, pk)
    form = WorkbookForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file, now = form.cleaned_data["file"], timezone.now()
        try:
            returned = receive(
                user=user, expected=expected, version=version, name=str(file.name), data=file.read(), now=now
            )
        except WorkbookRefusedError as refusal:
            form.add_error("file", str(refusal))
        else:
            return _take(request, user, returned, version, now, only_good=False)
    sheets = sheets_of_form(version.form_schema)
    context = {"expected": expected, "form": form, "sheets": sheets}
    return render(request, "workbook/page.html", context, status=422 if form.errors else 200)


@never_cache
@login_required
@require_GET
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """The workbook for this report."""
    user, expected, version = _fillable(request, pk)
    data = workbook(user=user, expected=expected, version=version, now=timezone.now())
    return _file(data, expected, "")


@login_required
@require_http_methods(["GET", "POST"])
def returned(request: HttpRequest, pk: int, number: uuid.UUID) -> HttpResponse:
    """What is wrong with a workbook; on the person's word its good rows are taken, or it is given up."""
    user, expected, version = _fillable(request, pk)
    found = ReturnedWorkbook.objects.visible_to(user).filter(pk=number, expected=expected).first()
    if found is None:
        messages.warning(request, _("This workbook has been taken or given up. Upload it again to see it."))
        return redirect("workbook:page", pk=pk)
    now = timezone.now()
    if request.method == "POST":
        if request.POST.get("step") == "take":
            return _take(request, user, found, version, now, only_good=True)
        found.delete()
        return redirect("workbook:page", pk=pk)
    result = check(user=user, returned=found, version=version, now=now)
    sheets = {sheet.key: sheet for sheet in sheets_of_form(version.form_schema)}
    problems = [(sheets[one.sheet].title, place(sheets[one.sheet], one), one) for one in result.problems[:SHOWN]]
    context = {"expected": expected, "found": found, "result": result, "problems": problems, "shown": SHOWN}
    return render(request, "workbook/returned.html", context)


@never_cache
@login_required
@require_GET
def commented(request: HttpRequest, pk: int, number: uuid.UUID) -> HttpResponse:
    """The workbook with comments at the wrong cells."""
    user, expected, version = _fillable(request, pk)
    found = get_object_or_404(ReturnedWorkbook.objects.visible_to(user), pk=number, expected=expected)
    data = with_comments(user=user, returned=found, version=version, now=timezone.now())
    return _file(data, expected, pgettext("workbook", "to be mended"))


def _take(
    request: HttpRequest,
    user: User,
    returned: ReturnedWorkbook,
    version: FormVersion,
    now: datetime.datetime,
    *,
    only_good: bool,
) -> HttpResponse:
    pk = returned.expected_id
    try:
        merge = take(user=user, returned=returned, version=version, only_good=only_good, now=now)
    except ToBeMendedError:
        return redirect("workbook:returned", pk=pk, number=returned.pk)
    except ReportRefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect("workbook:page", pk=pk)
    messages.success(request, _("The workbook has been taken into the draft. Look through it, then send it."))
    labels = {one.key: one.label for one in version.form_schema}
    if names := "、".join(labels[key] for key in merge.refused if key in labels):
        said = _("Not taken, because it has been changed in the report meanwhile or may not be changed now: %(names)s")
        messages.warning(request, said % {"names": names})
    return redirect("submissions:fill", pk=pk)


def _fillable(request: HttpRequest, pk: int) -> tuple[User, ExpectedReport, FormVersion]:
    """A report that the person may fill in now."""
    user = insider(request)
    visible = ExpectedReport.objects.visible_to(user).with_names()
    begun = ("period__version", "submission__form_version", "submission__updated_by")
    expected = get_object_or_404(visible.select_related(*begun), pk=pk)
    report: Submission | None = getattr(expected, "submission", None)
    if not may_write(user, expected) or (report is not None and report.report_state not in WITH_UNIT):
        raise PermissionDenied
    version = report.form_version if report is not None else version_to_begin_with(expected)
    if version is None or refusal_of_form(expected, report, timezone.now()):
        raise PermissionDenied
    return user, expected, version


def _file(data: bytes, expected: ExpectedReport, tail: str) -> HttpResponse:
    response = HttpResponse(data, content_type=XLSX_TYPE)
    parts = [expected.period.requirement.title, expected.period.name, str(expected.unit), tail]
    name = "-".join(part for part in parts if part)
    name = "".join("_" if char in '\\/:*?"<>|' else char for char in name)
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.xlsx") or "attachment"
    return response
