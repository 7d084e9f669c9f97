"""Pictures as pages show them. Nothing else of the media folder has an address: documents go through Wagtail's view."""

from pathlib import PurePosixPath

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

RENDITIONS = "images"
"""Wagtail keeps renditions directly in this folder (`AbstractRendition.file`), originals elsewhere."""

_TYPES = {
    ".gif": "image/gif",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".avif": "image/avif",
}
A_YEAR = 365 * 24 * 60 * 60


@require_safe
def rendition(request: HttpRequest, name: str) -> FileResponse:
    """One rendition. A changed picture has renditions of other names, so browsers may keep each for good."""
    kind = _TYPES.get(PurePosixPath(name).suffix.lower())
    if kind is None or name != PurePosixPath(name).name or name.startswith(".") or "\\" in name or "\0" in name:
        raise Http404
    try:
        file = default_storage.open(f"{RENDITIONS}/{name}", "rb")
    except (OSError, SuspiciousFileOperation, ValueError) as error:
        raise Http404 from error
    response = FileResponse(file, content_type=kind)
    response["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'"
    return response
