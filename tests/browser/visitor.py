"""A person at a browser: signs in, looks, and keeps a screenshot of each step."""

import re
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, expect

from home.demo.units import PASSWORD

DESKTOP = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
ENGLISH_WORDS = re.compile(r"[A-Za-z]{4,}")


class Visitor:
    """One person with a browser window of their own; page errors and refused content fail the test on leaving."""

    def __init__(
        self, browser: Browser, url: str, shots: Path, *, width: int = 1366, height: int = 768, language: str = "zh-CN"
    ) -> None:
        self.url, self.shots = url, shots
        self.context: BrowserContext = browser.new_context(
            viewport={"width": width, "height": height}, locale=language, timezone_id="Asia/Shanghai"
        )
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(30_000)
        self.page.on("dialog", lambda question: question.accept())
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on(
            "console",
            lambda message: self.complaints.append(message.text) if "Content Security" in message.text else None,
        )

    def open(self, address: str) -> Page:
        """Go to an address of the portal."""
        self.page.goto(self.url + address)
        return self.page

    def carry(self, session: str) -> "Visitor":
        """Be somebody who has signed in: take a session's key with you."""
        self.context.add_cookies([{"name": "sessionid", "value": session, "url": self.url}])
        return self

    def sign_in(self, username: str) -> "Visitor":
        """Sign in as a demo account."""
        self.open("/sign-in/")
        self.page.fill("#id_username", username)
        self.page.fill("#id_password", PASSWORD)
        self.page.click("main button[type=submit]")
        expect(self.page).not_to_have_url(re.compile("/sign-in/"))
        return self

    def picture(self, name: str, *, whole: bool = False) -> None:
        """Keep a screenshot."""
        self.shots.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=self.shots / f"{name}.png", full_page=whole)

    def reload_until(self, holds: Callable[[Page], bool], seconds: float = 40) -> None:
        """Reload, as people do, until what is made in the background is there; AssertionError when it never is."""
        deadline = time.monotonic() + seconds
        while not holds(self.page):
            assert time.monotonic() < deadline, self.page.locator("main").inner_text()[:1500]
            self.page.wait_for_timeout(300)
            self.page.reload()

    def has_no_sideways_scroll(self) -> bool:
        """Whether the page is no wider than the window."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))

    def leave(self) -> None:
        """Close the window; whatever the browser complained about fails the test.

        What closing itself breaks off (a preview being fetched) is no complaint.
        """
        if not self.page.is_closed():
            self.page.evaluate("1")  # what was said before has arrived once this has
        said = len(self.complaints)
        self.context.close()
        broken_off = [one for one in self.complaints[said:] if "fetch" in one.lower()]
        complaints = [one for one in self.complaints if one not in broken_off]
        assert not complaints, complaints
