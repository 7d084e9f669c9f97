"""Finalising, and the document as a file."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.storage import storages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from django_ratelimit.core import is_ratelimited

from forms.reporting.rollups.enums import FileKind, FileState
from forms.reporting.rollups.errors import RollUpRefusedError
from forms.reporting.rollups.files import ask, file_of, take
from forms.reporting.rollups.finalising import finalise
from forms.reporting.rollups.models import RollUp, RollUpFile
from forms.reporting.rollups.views.people import one_rollup, one_to_change
from portal.accounts.models import User
from portal.files.pdf import can_make_pdf

FILE_RATE = "20/m"
TYPES = {
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.PDF: "application/pdf",
}


@login_required
@require_POST
def rollup_finalise(request: HttpRequest, pk: int) -> HttpResponse:
    """Freeze it."""
    user, rollup = one_to_change(request, pk)
    revision = request.POST.get("revision", "")
    try:
        finalise(user=user, rollup=rollup, revision=int(revision) if revision.isdecimal() else 0)
    except RollUpRefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Final: the words stand now. Both files are kept."))
    return redirect("rollups:detail", pk=pk)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def rollup_file(request: HttpRequest, pk: int, file_kind: str) -> HttpResponseBase:
    """Ask for the file (POST), or see how far it is and take it (GET)."""
    user, rollup = one_rollup(request, pk)
    wanted = FileKind(file_kind)
    if request.method == "POST":
        if wanted == FileKind.PDF and not can_make_pdf():
            messages.warning(request, _("This server cannot make PDF files; please take the Word file."))
            return redirect("rollups:detail", pk=pk)
        if is_ratelimited(request, group="rollups.file", key="user", rate=FILE_RATE, increment=True):
            messages.warning(request, _("That was many files in a minute. Please wait a minute and go on."))
            return redirect("rollups:detail", pk=pk)
        made: RollUpFile | None = ask(user=user, rollup=rollup, kind=wanted)
    else:
        made = file_of(rollup, wanted)
    if made is None:
        return redirect("rollups:detail", pk=pk)
    if made.state == FileState.READY and not request.headers.get("HX-Request"):
        return _handed_out(user, rollup, made)
    template = "rollups/file_state.html" if request.headers.get("HX-Request") else "rollups/file.html"
    return render(request, template, {"rollup": rollup, "made": made})


def _handed_out(user: User, rollup: RollUp, made: RollUpFile) -> FileResponse:
    kind = FileKind(made.kind)
    try:
        file = storages["private"].open(take(user=user, made=made), "rb")
    except FileNotFoundError:
        raise Http404 from None
    title = "".join("_" if char in '\\/:*?"<>|' else char for char in rollup.title)
    name = f"{title}.{kind}" if rollup.is_final else f"{title}（{rollup.get_state_display()}{rollup.revision}）.{kind}"
    response = FileResponse(file, as_attachment=True, filename=name, content_type=TYPES[kind])
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
