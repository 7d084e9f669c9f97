"""A cluster that is slow, or none at all: the page is answered from the standby index, in time."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from search.draining import drain, drain_engine
from search.engines.registry import engine
from search.models import EngineFeed, OutboxEntry
from tests.factories.home import PolicyPageFactory

pytestmark = pytest.mark.django_db

FIRST_WITHIN, NEXT_WITHIN = 1.6, 0.8
"""Seconds, with room for a machine that is busy with other tests: the time limit is one second."""


@pytest.fixture
def silent(settings: Settings) -> Iterator[None]:
    """Something takes connections and never answers."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(20)
        settings.PORTAL_SEARCH_ENGINE = "elasticsearch"
        settings.PORTAL_ELASTICSEARCH_URL = f"http://127.0.0.1:{listening.getsockname()[1]}"
        yield


REFUSED = {"type": "media_type_header_exception", "reason": "Invalid media-type value on headers [Accept]"}


@contextmanager
def _answering(settings: Settings, status: int, answer: Any, **headers: str) -> Iterator[None]:
    """Something answers every request with the same where Elasticsearch should be."""
    content = json.dumps(answer).encode()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(content)

        do_GET = do_HEAD = do_POST  # noqa: N815 - the names that http.server looks for

        def log_message(self, *args: Any) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.PORTAL_SEARCH_ENGINE = "elasticsearch"
        settings.PORTAL_ELASTICSEARCH_URL = f"http://127.0.0.1:{server.server_address[1]}"
        yield
        server.shutdown()


def _asked(client: Client) -> float:
    begun = time.monotonic()
    page = client.get("/search/", {"q": "救助管理"}).content.decode()
    assert "备用索引" in page
    assert "1 条结果" in page
    return time.monotonic() - begun


def test_only_the_first_waits_for_a_cluster_that_does_not_answer(client: Client, silent: None) -> None:
    PolicyPageFactory(title="救助管理办法")
    drain_engine("embedded")
    assert _asked(client) < FIRST_WITHIN
    assert _asked(client) < NEXT_WITHIN


def test_another_product_is_no_engine_and_health_says_why(client: Client, settings: Settings) -> None:
    PolicyPageFactory(title="救助管理办法")
    drain_engine("embedded")
    with _answering(settings, 200, {}):
        _asked(client)
        assert "UnsupportedProductError" in engine("elasticsearch").health().fault


def test_a_cluster_of_another_major_version_is_no_engine_and_loses_nothing(client: Client, settings: Settings) -> None:
    """As Elasticsearch 7 answers to a client of 8."""
    settings.PORTAL_SEARCH_ENGINE = "elasticsearch"
    PolicyPageFactory(title="救助管理办法")
    refusal = {"error": {"root_cause": [REFUSED], **REFUSED}, "status": 400}
    with _answering(settings, 400, refusal, X_Elastic_Product="Elasticsearch"):
        for _ in range(6):
            EngineFeed.objects.update(retry_at=None)
            drain()
        _asked(client)
        assert "media_type_header_exception" in engine("elasticsearch").health().fault
    assert "400" in EngineFeed.objects.get(pk="elasticsearch").error
    assert OutboxEntry.objects.filter(destination="elasticsearch", attempts=0, set_aside=False).exists()
