"""What Wagtail asks of this room."""

from django.http import Http404, HttpRequest
from wagtail import hooks

from portal.media.models import PortalDocument
from portal.media.permissions import may_read


@hooks.register("before_serve_document", order=-10)
def refuse_drafts(document: PortalDocument, request: HttpRequest) -> None:
    """Answer as if there were no such document; whether there is one is nobody else's business."""
    if not may_read(request, document):
        raise Http404
