"""Health for load balancers and operators."""

from django.http import HttpRequest, JsonResponse
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
