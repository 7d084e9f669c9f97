"""Handing out the files of reports."""

from pathlib import PurePosixPath
from uuid import UUID

from csp.decorators import csp_replace
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from forms.submissions.models import SubmissionFile
from forms.submissions.permissions import may_have_originals
from forms.submissions.pictures import ensure_copies
from forms.submissions.views.people import insider
from portal.accounts.models import User
from portal.audit.enums import AuditAction
from portal.audit.services import record

THUMBNAIL_SECONDS = 60 * 60
"""How long a browser may show a thumbnail again without asking; a picture never changes, what a person may see does."""


@login_required
@require_GET
@csp_replace({"style-src": ["'unsafe-inline'"]})  # type: ignore[arg-type]  # typed for views without arguments
def download(request: HttpRequest, number: UUID) -> FileResponse:
    """A file of a report, to whoever may see a version it belongs to.

    A picture is shown as its copy, which tells nothing of when and where; ?original=1 gives it as it was taken, to the
    reporting unit and its reviewers. Whatever was made elsewhere is an attachment, never shown in the page.

    The content policy allows for the style that a browser itself writes around a picture which it shows alone.
    """
    user = insider(request)
    kept = _visible(user, number)
    if not kept.is_picture:
        return _attachment(user, kept)
    with_original = may_have_originals(user, kept.submission.expected)
    if request.GET.get("original") == "1":
        if not with_original:
            raise PermissionDenied
        return _attachment(user, kept, original=True)
    copied = _copied(kept)
    if copied is None:
        # A broken picture from before pictures were looked at.
        if not with_original:
            raise Http404
        return _attachment(user, kept, original=True)
    response = _response(copied.shown, "image/jpeg", f"{PurePosixPath(kept.name).stem}.jpg", as_attachment=False)
    _note(user, kept)
    return response


@login_required
@require_GET
def thumbnail(request: HttpRequest, number: UUID) -> FileResponse:
    """A small copy of a picture, to whoever may see the picture; of other files there is none."""
    kept = _visible(insider(request), number)
    copied = _copied(kept) if kept.is_picture else None
    if copied is None:
        raise Http404
    response = _response(copied.thumbnail, "image/jpeg", f"{kept.pk}.jpg", as_attachment=False)
    response["Cache-Control"] = f"private, max-age={THUMBNAIL_SECONDS}"
    return response


def _visible(user: User, number: UUID) -> SubmissionFile:
    files = SubmissionFile.objects.visible_to(user).select_related("submission__expected__period__requirement")
    return get_object_or_404(files, pk=number)


def _copied(kept: SubmissionFile) -> SubmissionFile | None:
    try:
        return ensure_copies(kept=kept)
    except FileNotFoundError as missing:
        raise Http404 from missing


def _attachment(user: User, kept: SubmissionFile, *, original: bool = False) -> FileResponse:
    response = _response(kept.file, kept.content_type, kept.name, as_attachment=True)
    _note(user, kept, original=original)
    return response


def _note(user: User, kept: SubmissionFile, *, original: bool = False) -> None:
    details = {"report": kept.submission_id, **({"original": True} if original else {})}
    with transaction.atomic():
        record(action=AuditAction.DOWNLOAD, user=user, target=kept, details=details)


def _response(stored: FieldFile, kind: str, name: str, *, as_attachment: bool) -> FileResponse:
    try:
        content = stored.open("rb")
    except FileNotFoundError as missing:
        raise Http404 from missing
    response = FileResponse(content, as_attachment=as_attachment, filename=name, content_type=kind)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
