"""What a page of results sends home."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from search.learning.services import BadClickError, note_click, read_token


@require_POST
def clicked(request: HttpRequest) -> HttpResponse:
    """Note that a result was opened: 204; 400 for what no page of results has offered, and nothing is written."""
    try:
        note_click(read_token(request.POST.get("click", "")))
    except BadClickError:
        return HttpResponse(status=400)
    return HttpResponse(status=204)
