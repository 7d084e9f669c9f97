"""Signed posts to other systems: the messaging gateway, and the web hooks of the rooms above.

`X-Portal-Signature: sha256=<hex>` is the HMAC-SHA256 of "<timestamp>.<body>" with the shared secret,
`X-Portal-Timestamp` the second since 1970, `Idempotency-Key` the number of the message: the same number means the same
message. Any answer 2xx is taken for "has it". Nobody is followed elsewhere.
"""

import hashlib
import hmac
import http.client
import ipaddress
import time
from collections.abc import Mapping
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    build_opener,
)

from django.conf import settings
from django.utils.translation import gettext as _

from portal.notifications.errors import UnsureError

TIMEOUT = 10
"""Seconds."""

SUCCESS = range(200, 300)


class _StayHere(HTTPRedirectHandler):
    """A receiver that sends elsewhere is set up wrongly; the message must not follow."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        """Refuse."""
        return


class _Outside(http.client.HTTPConnection):
    """A connection that ends before a byte is sent where it has reached this machine or its neighbour's services."""

    def connect(self) -> None:
        """Connect, and look at whom one has reached: a name may have changed its address since it was looked at."""
        super().connect()
        require_outside(self.host, self.sock.getpeername()[0])


class _OutsideTls(http.client.HTTPSConnection):
    """The same with TLS."""

    def connect(self) -> None:
        """Connect, and look at whom one has reached."""
        super().connect()
        require_outside(self.host, self.sock.getpeername()[0])


class _OutsideHandler(HTTPHandler):
    def http_open(self, request: Request) -> http.client.HTTPResponse:
        return self.do_open(_Outside, request)


class _OutsideTlsHandler(HTTPSHandler):
    def https_open(self, request: Request) -> http.client.HTTPResponse:
        return self.do_open(_OutsideTls, request)


def require_outside(host: str, address: str) -> None:
    """OSError for addresses that people who set web hooks up have no business with: this machine and its link.

    The intranet is where receivers are; hosts in `PORTAL_HOOK_HOSTS` are let through whatever their address.
    """
    if host in settings.PORTAL_HOOK_HOSTS:
        return
    found = ipaddress.ip_address(address.partition("%")[0])
    found = getattr(found, "ipv4_mapped", None) or found
    if found.is_loopback or found.is_link_local or found.is_unspecified or found.is_multicast or found.is_reserved:
        raise OSError(_("This address leads to the portal's own machine; web hooks are not sent there."))


def signature(*, secret: str, timestamp: str, body: bytes) -> str:
    """What the receiver compares."""
    digest = hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256)
    return f"sha256={digest.hexdigest()}"


def post_signed(
    *, url: str, secret: str, body: bytes, key: str, headers: Mapping[str, str] | None = None, outside: bool = False
) -> None:
    """Post JSON; raises OSError where it was refused, UnsureError where it may have arrived.

    With `outside` not to this machine: for addresses that people enter, unlike those of whoever runs the portal.
    """
    if urlsplit(url).scheme not in {"http", "https"}:
        raise OSError(_("The address of the receiver is not an address of the web."))
    timestamp = str(int(time.time()))
    request = Request(  # noqa: S310 - the scheme has been looked at
        url,
        data=body,
        method="POST",
        headers={
            "Content-Type": "application/json; charset=utf-8",
            "Idempotency-Key": key,
            "X-Portal-Timestamp": timestamp,
            "X-Portal-Signature": signature(secret=secret, timestamp=timestamp, body=body),
            **(headers or {}),
        },
    )
    try:
        with opener(outside=outside).open(request, timeout=TIMEOUT) as answer:
            if answer.status not in SUCCESS:
                raise OSError(f"HTTP {answer.status}")
    except HTTPError as error:
        raise OSError(f"HTTP {error.code}") from error
    except TimeoutError as error:
        raise UnsureError("TimeoutError") from error


def opener(*, outside: bool = False) -> OpenerDirector:
    """Straight to the receiver on the intranet, whatever proxies the machine's environment names."""
    guards: list[Any] = [_OutsideHandler(), _OutsideTlsHandler()] if outside else []
    return build_opener(ProxyHandler({}), _StayHere(), *guards)
