"""An editor at a form that Wagtail watches for changes, from the moment it is opened until it is left."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Self

from playwright.sync_api import Locator, Request, expect

from tests.browser.visitor import Visitor

TAKINGS_HELD = """() => {
    const [start, held] = [window.setTimeout, []];
    window.setTimeout = (act, ...given) => {
        if (!new Error().stack.includes("checkIntervalValueChanged")) return start(act, ...given);
        return held.push(act);
    };
    window.takeForSaved = () => held.shift()();
    window.stillToTake = () => held.length;
}"""
"""Wagtail takes a form for saved two seconds after loading, a page once more a moment later: here when told to."""


@dataclass
class Editing:
    """An editor at a form that has just been opened."""

    visitor: Visitor
    address: str
    first: str = "#id_title"
    takings: int = 2
    saved: list[str] = field(default_factory=list)
    warned: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page = self.visitor.page
        self.page.add_init_script(f"({TAKINGS_HELD})()")
        self.page.on("request", self._sent)
        self.page.on("dialog", lambda asked: self.warned.append(asked.type))

    def _sent(self, request: Request) -> None:
        if request.method == "POST" and request.url.endswith(self.address):
            self.saved.append(request.url)

    def open(self) -> Self:
        """Until everything is drawn and Wagtail has yet to take the form as often as it does."""
        self.visitor.open(self.address)
        self.page.wait_for_function("takings => window.stillToTake() === takings", arg=self.takings)
        return self

    def take(self, times: int | None = None) -> None:
        """Let Wagtail take the form for saved as it stands."""
        for _ in range(self.takings if times is None else times):
            self.page.evaluate("window.takeForSaved()")

    @property
    def title(self) -> Locator:
        """The first field."""
        return self.page.locator(self.first)

    def type(self, words: str) -> None:
        """Put words into the title, by keyboard."""
        self.title.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(words)

    def saves_itself(self, act: Callable[[], object]) -> None:
        """What is done makes the page save itself."""
        with self.page.expect_response(
            lambda answer: answer.url.endswith(self.address) and answer.request.method == "POST"
        ):
            act()
        self.expect_autosave("saved")

    def expect_autosave(self, state: str) -> None:
        """Wait until the page says so of its saving itself: an answer that has come has not been read yet."""
        expect(self.page.locator("#w-autosave-indicator")).to_have_attribute("data-w-autosave-state-value", state)

    def leave(self) -> list[str]:
        """What the browser asks on leaving."""
        self.visitor.open("/admin/")
        return self.warned
