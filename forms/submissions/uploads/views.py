"""tus 1.0.0 over HTTP."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import UnreadablePostError
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from forms.builder.file_types import is_picture
from forms.collection.models import ExpectedReport
from forms.submissions.errors import FileRefusedError, ReportRefusedError
from forms.submissions.files import reference
from forms.submissions.permissions import may_write
from forms.submissions.surroundings import FILE_URL
from forms.submissions.uploads.models import Upload
from forms.submissions.uploads.protocol import CONTENT_TYPE, EXTENSIONS, VERSION, expires, metadata_in, number_in
from forms.submissions.uploads.services import OffsetError, begin_upload, finish, give_up, go_on, limit
from forms.submissions.views.people import insider

AT_ONCE = 4 * 1024 * 1024
"""Bytes of one request that are read at most; the rest is asked for anew, as the protocol has it."""

READ_BY = 64 * 1024


@login_required
@never_cache
@require_http_methods(["OPTIONS", "POST"])
def create(request: HttpRequest, pk: int) -> HttpResponse:
    """Announce a file (creation), or ask what the server can do."""
    user = insider(request)
    expected = get_object_or_404(ExpectedReport.objects.visible_to(user).with_names(), pk=pk)
    if not may_write(user, expected):
        raise PermissionDenied
    if request.method == "OPTIONS":
        able = {"Tus-Version": VERSION, "Tus-Extension": EXTENSIONS, "Tus-Max-Size": str(limit())}
        return _answer(204, **able)
    if wrong := _wrong_version(request):
        return wrong
    length = number_in(request.headers, "Upload-Length")
    if length is None:
        return _refusal(400, _("The size of the file is missing."))
    said = metadata_in(request.headers)
    now = timezone.now()
    try:
        upload = begin_upload(
            user=user,
            expected=expected,
            question=said.get("question", ""),
            name=said.get("filename", ""),
            length=length,
            now=now,
        )
    except FileRefusedError as refusal:
        return _refusal(413 if length > limit() else 422, str(refusal))
    except ReportRefusedError as refusal:
        return _refusal(410, str(refusal))
    address = reverse("submissions:upload", args=[upload.pk])  # without a host: proxies know that better
    return _answer(201, Location=address, **{"Upload-Expires": expires(upload.expires_at)})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "PATCH", "DELETE", "POST"])
def upload(request: HttpRequest, upload: UUID) -> HttpResponse:
    """How far a file is (HEAD), more of it (PATCH), no more of it (DELETE); and, once it is there, what it is (GET)."""
    method = request.headers.get("X-HTTP-Method-Override", "") if request.method == "POST" else request.method
    mine = Upload.objects.visible_to(insider(request)).select_related(
        "submission__form_version", "submission__expected", "user", "kept"
    )
    found = get_object_or_404(mine, pk=upload, expires_at__gt=timezone.now())
    if method == "GET":
        return _what_it_is(found)
    if wrong := _wrong_version(request):
        return wrong
    if method == "HEAD":
        return _answer(200, **{"Upload-Length": str(found.length)}, **_how_far(found))
    if method == "DELETE":
        give_up(upload=found)
        return _answer(204)
    if method == "PATCH":
        return _more(request, found)
    return _answer(405)


def _more(request: HttpRequest, found: Upload) -> HttpResponse:
    """Take what arrives, also where the line breaks in the middle of it."""
    if request.content_type != CONTENT_TYPE:
        return _answer(415)
    offset = number_in(request.headers, "Upload-Offset")
    if offset is None:
        return _answer(400)
    if offset != found.offset:
        return _answer(409)
    try:
        found = go_on(
            upload=found, offset=offset, content=_arriving(request, found.length - offset), now=timezone.now()
        )
    except OffsetError:
        return _answer(409)
    if found.is_complete:
        try:
            finish(upload=found)
        except FileRefusedError as refusal:
            return _refusal(422, str(refusal))
    return _answer(204, **_how_far(found))


def _arriving(request: HttpRequest, most: int) -> bytes:
    content = bytearray()
    try:
        while len(content) < min(most, AT_ONCE):
            read = request.read(min(READ_BY, most - len(content)))
            if not read:
                break
            content += read
    except (UnreadablePostError, OSError):  # what has arrived is kept
        pass
    return bytes(content)


def _what_it_is(found: Upload) -> HttpResponse:
    """The file as it is drawn below its question; `__name__` stands for the name of the question's input."""
    if not found.is_complete:
        return _refusal(404, _("The file has not arrived as a whole yet."))
    try:
        kept = finish(upload=found)
    except FileRefusedError as refusal:
        return _refusal(422, str(refusal))
    shown = {
        "name": "__name__",
        "ref": reference(kept),
        "file_url_name": FILE_URL,
        "of_pictures": is_picture(kept.name),
    }
    html = render_to_string("builder/widgets/kept_file.html", shown)
    return JsonResponse({"file": str(kept.pk), "html": html})


def _how_far(found: Upload) -> dict[str, str]:
    return {"Upload-Offset": str(found.offset), "Upload-Expires": expires(found.expires_at)}


def _wrong_version(request: HttpRequest) -> HttpResponse | None:
    if request.headers.get("Tus-Resumable") == VERSION:
        return None
    return _answer(412, **{"Tus-Version": VERSION})


def _answer(status: int, **headers: str) -> HttpResponse:
    return HttpResponse(status=status, headers={"Tus-Resumable": VERSION, **headers})


def _refusal(status: int, said: str) -> HttpResponse:
    return JsonResponse({"refused": said}, status=status, headers={"Tus-Resumable": VERSION})
