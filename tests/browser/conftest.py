"""A real Chromium and a running portal with a real Elasticsearch."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from search.node import LocalNode
from tests.browser.portal import ROOT, RunningPortal
from tests.browser.visitor import Visitor

FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"),
]
ARTEFACTS = ROOT / "var" / "test-artefacts"

NewVisitor = Callable[..., Visitor]


@contextmanager
def launched(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium; its absence is a failure."""
    program = shutil.which("chromium")
    assert program, "chromium is missing: apt-get install chromium"
    started = playwright.chromium.launch(executable_path=program, args=FLAGS)
    yield started
    started.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One for all tests."""
    with sync_playwright() as playwright, launched(playwright) as started:
        yield started


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningPortal]:
    """The portal as `make run` starts it, searching through Elasticsearch."""
    with LocalNode() as node:
        settings = {"PORTAL_SEARCH_ENGINE": "elasticsearch", "PORTAL_ELASTICSEARCH_URL": node.url}
        with RunningPortal(tmp_path_factory.mktemp("portal"), settings) as running:
            yield running


@pytest.fixture
def visitor(browser: Browser, portal: RunningPortal, request: pytest.FixtureRequest) -> Iterator[NewVisitor]:
    """Opens a window for a person: `visitor("reporter")`, or for nobody: `visitor()`."""
    opened: list[Visitor] = []
    folder = ARTEFACTS / Path(str(request.node.path)).stem.removeprefix("test_")

    def enter(username: str = "", **window: Any) -> Visitor:
        person = Visitor(browser, portal.url, folder, **window)
        opened.append(person)
        return person.sign_in(username) if username else person

    yield enter
    for person in opened:
        person.leave()
