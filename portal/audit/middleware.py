"""Where a request came from and who made it, for the log."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from portal.audit.services import current_address, current_user


class AuditAddressMiddleware:
    """Remember the network address and the person while a request is answered.

    ``REMOTE_ADDR`` only: a header that anybody may send proves nothing. Behind proxies, `portal.ops.proxies` sets it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request."""
        token = current_address.set(request.META.get("REMOTE_ADDR") or None)
        asker = current_user.set(lambda: getattr(request, "user", None))
        try:
            return self.get_response(request)
        finally:
            current_address.reset(token)
            current_user.reset(asker)
