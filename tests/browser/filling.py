"""A report open in a browser of its own: what the tests of filling in have in common."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Locator, Page

from portal.accounts.models import User
from tests.browser.visitor import DESKTOP
from tests.factories.submissions import Sides

Open = Callable[..., Page]

PASTE = """([text, sheet]) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    if (sheet) data.setData("text/html", "<table></table>");
    document.activeElement.dispatchEvent(
        new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


@contextmanager
def reporting(found: Sides, address: str, browser: Browser) -> Iterator[Open]:
    """Opens the report for filling in, as its reporter; refused content and errors of the page fail the test."""
    contexts, complaints = [], []

    def enter(page_number: int = 1, *, user: User | None = None, **window: Any) -> Page:
        context = browser.new_context(**({"viewport": DESKTOP, "locale": "zh-CN"} | window))
        signed_in(context, user or found.reporter, address)
        contexts.append(context)
        page = context.new_page()
        page.on("dialog", lambda asked: asked.accept())
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
        page.goto(f"{address}{reverse('submissions:fill', args=[found.expected.pk])}?page={page_number}")
        return page

    yield enter
    for context in contexts:
        context.close()
    assert complaints == []


def signed_in(context: BrowserContext, user: User, address: str) -> None:
    """Let the browser be signed in as somebody."""
    client = Client()
    client.force_login(user)
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}
    context.add_cookies([{**cookie, "url": address}])  # type: ignore[typeddict-item]


def paste(cell: Locator, text: str, *, sheet: bool = True) -> None:
    """Paste into a cell what a spreadsheet copied."""
    cell.focus()
    cell.page.evaluate(PASTE, [text, sheet])
