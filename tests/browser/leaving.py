"""Waiting until a page has given way to the next."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page

STAYS = "window.staysForTests = true"
GONE = "!window.staysForTests && document.readyState === 'complete'"


@contextmanager
def leaving(page: Page) -> Iterator[None]:
    """What is done inside leads to another page; on leaving, that one has been loaded.

    Playwright's `expect_navigation` is content with an address that changes while the page stays, as it does when a new
    page saves itself for the first time.
    """
    page.evaluate(STAYS)
    yield
    page.wait_for_function(GONE)
