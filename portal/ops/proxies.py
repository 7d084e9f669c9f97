"""Whose request it is when proxies stand in front of the portal."""

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def client_address(remote: str, forwarded: str, proxies: int) -> str:
    """The address that the outermost of so many own proxies saw; `remote` where the header does not say it.

    Each proxy appends to ``X-Forwarded-For`` (RFC 7239, 5.2) the address it was asked from. Only the last `proxies`
    entries were written by our own; whatever stands before them, anybody may have sent.
    """
    entries = [entry.strip() for entry in forwarded.split(",") if entry.strip()]
    if proxies < 1 or len(entries) < proxies:
        return remote
    try:
        return str(ipaddress.ip_address(entries[-proxies]))
    except ValueError:
        return remote


class ProxiedAddressMiddleware:
    """Put the asker's address into ``REMOTE_ADDR``, where lock-out, rates and the audit log look for it.

    Without it everybody behind a proxy shares one address: five wrong passwords would shut an account for its owner,
    the whole city would share one rate, and the log would name the proxy. gunicorn does not do this.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request."""
        request.META["REMOTE_ADDR"] = client_address(
            request.META.get("REMOTE_ADDR", ""),
            request.META.get("HTTP_X_FORWARDED_FOR", ""),
            settings.PORTAL_PROXIES,
        )
        return self.get_response(request)
