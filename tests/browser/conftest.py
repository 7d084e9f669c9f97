"""A real Chromium and a running portal with a real Elasticsearch."""

import shutil
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page, Playwright, expect, sync_playwright

from search.node import LocalNode
from tests.browser.filling import Open, reporting
from tests.browser.portal import ROOT, RunningPortal, furnished
from tests.browser.visitor import Visitor
from tests.factories.submissions import Sides

NOT_WANTED = (
    # Two pages of Chromium's own for each window, and a process in store for the next one: most of what a window costs.
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "SpareRendererForSitePerProcess"),
    # What Playwright switches off itself; a list that is given takes the place of its own.
    *("AimEnabled", "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync"),
    *("DestroyProfileOnBrowserClose", "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades", "LensOverlay"),
    *("MediaRouter", "NetworkTimeServiceQuerying", "OptimizationHints", "PaintHolding", "PreconnectToSearch"),
    "ThirdPartyStoragePartitioning",
)
FLAGS = [
    f"--disable-features={','.join(NOT_WANTED)}",
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"),
]
# What a person would wait for, a test waits for: two browsers and their portals share the machine.
expect.set_options(timeout=20_000)

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
        furnished_portal = furnished(tmp_path_factory.mktemp("portal"), settings)
        furnished_portal.manage("rebuild_index", "--engine", "elasticsearch")
        with furnished_portal as running:
            yield running


@pytest.fixture(scope="module")
def own_portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningPortal]:
    """A portal for one module, which may change what it likes; it searches through the embedded engine."""
    with furnished(tmp_path_factory.mktemp("portal")) as running:
        # The first answer takes longest: all of the portal is loaded for it.
        urllib.request.urlopen(f"{running.url}/sign-in/", timeout=120).close()
        yield running


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """What the windows showed when a test failed stands in its report."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    browser = getattr(item, "funcargs", {}).get("browser")
    if call.when != "call" or not report.failed or browser is None:
        return
    for page in [page for context in browser.contexts for page in context.pages]:
        report.sections.append((f"shown at {page.url}", shown(page)))


def shown(page: Page) -> str:
    """What a page says, as far as it can still be asked."""
    try:
        return str(page.locator("body").inner_text(timeout=2_000))
    except Error as trouble:
        return str(trouble)


@pytest.fixture
def visitor(browser: Browser, portal: RunningPortal, request: pytest.FixtureRequest) -> Iterator[NewVisitor]:
    """Opens a window for a person who has signed in: `visitor("reporter")`, or for nobody: `visitor()`."""
    opened: list[Visitor] = []
    folder = ARTEFACTS / Path(str(request.node.path)).stem.removeprefix("test_")

    def enter(username: str = "", **window: Any) -> Visitor:
        person = Visitor(browser, portal.url, folder, **window)
        opened.append(person)
        return person.carry(portal.session(username)) if username else person

    yield enter
    for person in opened:
        person.leave()


@pytest.fixture(scope="session", autouse=True)
def _database_beside_playwright() -> Iterator[None]:
    """Playwright's loop lives in this thread; it waits while the database is asked."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


@pytest.fixture
def fill(found: Sides, live_server: Any, browser: Browser) -> Iterator[Open]:
    """Opens the report that the module's own `found` gives, for filling in."""
    with reporting(found, live_server.url, browser) as enter:
        yield enter
