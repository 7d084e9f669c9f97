"""A cluster that is slow, or none at all: the page is answered from the standby index, in time."""

import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from search.draining import drain_engine
from search.engines.registry import engine
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


@pytest.fixture
def another_product(settings: Settings) -> Iterator[None]:
    """Something else answers where Elasticsearch should."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

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


def test_another_product_is_no_engine_and_health_says_why(client: Client, another_product: None) -> None:
    PolicyPageFactory(title="救助管理办法")
    drain_engine("embedded")
    _asked(client)
    assert "UnsupportedProductError" in engine("elasticsearch").health().fault
