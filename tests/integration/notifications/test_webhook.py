"""The web hook, against a gateway of our own on this machine."""

import datetime
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.utils import timezone

from portal.notifications import posting
from portal.notifications.delivering import TOO_LONG, queue_again, settle_abandoned
from portal.notifications.enums import ChannelName, DeliveryState
from portal.notifications.models import Delivery
from tests.factories.notifications import told
from tests.factories.units import UserFactory
from tests.integration.queue import run_queued

pytestmark = pytest.mark.django_db
SECRET = "shared-with-the-gateway"


class Gateway:
    """Keeps what it is sent, and answers as it is told."""

    def __init__(self) -> None:
        self.status = 202
        self.received: list[tuple[dict[str, str], bytes]] = []
        gateway = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                gateway.received.append((dict(self.headers), body))
                self.send_response(gateway.status)
                self.send_header("Location", "/elsewhere")
                self.end_headers()

            def log_message(self, *args: Any) -> None:
                return

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/messages"


@pytest.fixture
def gateway(settings: Any) -> Iterator[Gateway]:
    found = Gateway()
    settings.PORTAL_NOTIFY_WEBHOOK_URL, settings.PORTAL_NOTIFY_WEBHOOK_SECRET = found.url, SECRET
    thread = threading.Thread(target=found.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield found
    found.server.shutdown()
    found.server.server_close()
    thread.join(timeout=5)


def hooked() -> Delivery:
    return Delivery.objects.get(channel=ChannelName.WEBHOOK)


def test_the_gateway_is_told_whom_what_and_where_and_can_check_who_says_so(gateway: Gateway) -> None:
    told(UserFactory.create(username="li", name="李某", phone="13800000000"), "请报送巡查记录", address="/reports/7/")
    run_queued()
    headers, body = gateway.received[0]
    said = json.loads(body)
    assert said["recipient"] == {"username": "li", "name": "李某", "phone": "13800000000"}
    assert (said["title"], said["url"]) == ("请报送巡查记录", "http://127.0.0.1:8000/reports/7/")
    signed = hmac.new(SECRET.encode(), f"{headers['X-Portal-Timestamp']}.".encode() + body, hashlib.sha256)
    assert headers["X-Portal-Signature"] == f"sha256={signed.hexdigest()}"
    assert hooked().state == DeliveryState.SENT


@pytest.mark.parametrize("status", [500, 404, 302])
def test_a_gateway_that_refuses_or_sends_elsewhere_is_tried_again(gateway: Gateway, status: int) -> None:
    gateway.status = status
    told(UserFactory.create())
    run_queued()
    assert (hooked().state, hooked().error) == (DeliveryState.QUEUED, f"OSError: HTTP {status}")
    gateway.status = 200
    queue_again(timezone.now() + datetime.timedelta(minutes=6))
    run_queued()
    assert hooked().state == DeliveryState.SENT
    assert [headers["Idempotency-Key"] for headers, _body in gateway.received] == [f"delivery-{hooked().pk}"] * 2


def test_what_may_have_arrived_is_sent_again_under_the_same_number(
    gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(UserFactory.create())
    with monkeypatch.context() as patch:
        patch.setattr(posting, "opener", lambda **given: (_ for _ in ()).throw(TimeoutError("slow")))
        run_queued()
    assert hooked().state == DeliveryState.QUEUED
    Delivery.objects.filter(pk=hooked().pk).update(
        state=DeliveryState.SENDING, claimed_at=timezone.now() - TOO_LONG * 2
    )
    assert settle_abandoned() == 1
    assert hooked().state == DeliveryState.QUEUED


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://127.0.0.1/"])
def test_only_the_web_is_a_gateway(settings: Any, address: str) -> None:
    settings.PORTAL_NOTIFY_WEBHOOK_URL, settings.PORTAL_NOTIFY_WEBHOOK_SECRET = address, SECRET
    told(UserFactory.create())
    run_queued()
    assert hooked().state == DeliveryState.QUEUED
