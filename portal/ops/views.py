"""Health for load balancers and operators; what is said where a request cannot be read."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from portal.ops.health import parts


@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """200 when every part answers, 503 otherwise; names and faults, no versions or addresses."""
    found = parts()
    ok = not any(part.fault for part in found)
    return JsonResponse(
        {"ok": ok, "parts": {part.name: part.fault or "ok" for part in found}}, status=200 if ok else 503
    )


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """413 and the reason where more was sent than the portal reads at once, else 400; both in the reader's language."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return render(request, "413.html", status=413)
    return render(request, "400.html", status=400)
