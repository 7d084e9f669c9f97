"""Builds forms as an editor does: in the Wagtail admin, by clicking."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from playwright.sync_api import Locator, expect

from forms.builder.fields import FIELD_TYPES
from tests.browser.form_dialogue import Condition, Dialogue, pick, spoken
from tests.browser.leaving import leaving
from tests.browser.visitor import Visitor

PUBLISHING = re.compile(r"/form-pages/([0-9]+)/publish/")
"""The page that shows what publishing does before it is done."""

PASTE = """(input, text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    input.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""

LOOK = """([prefix, names]) => names.map(name => {
    const field = document.getElementsByName(`${prefix}-value-${name}`)[0];
    if (!field) throw new Error(`${name} is no setting of ${prefix}`);
    return [field.checkVisibility(), field.tagName === "SELECT"];
})"""
"""Of each setting, whether it is seen (or lies behind the cogwheel) and whether it is a menu."""


@dataclass(frozen=True)
class Question:
    """A question on the page, or a column of a table."""

    builder: "FormBuilder"
    prefix: str

    @property
    def element(self) -> Locator:
        """All of it."""
        return self.builder.page.locator(f'[name="{self.prefix}-id"]').locator("xpath=..")

    @property
    def key(self) -> str:
        """Its key."""
        return self.builder.page.locator(f'[name="{self.prefix}-id"]').input_value()

    def setting(self, name: str) -> Locator:
        """The input of a setting."""
        return self.builder.page.locator(f'[name="{self.prefix}-value-{name}"]')

    def set(self, **settings: Any) -> Self:
        """Give settings: text, numbers, ticks, a choice of a menu by its words, choices to paste."""
        choices = settings.pop("choices", None)
        if choices is not None:
            self.paste_choices(choices)
        looks = self.builder.page.evaluate(LOOK, [self.prefix, list(settings)]) if settings else []
        # What is seen at once first: opening the cogwheel moves it.
        for (name, value), (is_seen, is_menu) in sorted(
            zip(settings.items(), looks, strict=True), key=lambda one: not one[1][0]
        ):
            field = self.setting(name).first
            if not is_seen:
                self.show_settings(field)
            if isinstance(value, bool):
                self.tick(field, value)
            elif is_menu:
                pick(field, value)
            else:
                field.fill(str(value))
        return self

    def tick(self, field: Locator, wanted: bool) -> None:
        """Tick a box, or not, by keyboard."""
        if field.is_checked() is not wanted:
            field.press("Space")

    def show_settings(self, field: Locator) -> None:
        """Open what lies behind the cogwheel."""
        if not field.is_visible():
            self.element.locator('[data-streamfield-action="SETTINGS"]').first.press("Enter")

    def fold(self, *, away: bool = True) -> Self:
        """Fold it up, or open it again: the more of a long form is open, the more the browser works at each step."""
        toggle = self.element.locator("[data-panel-toggle]").first
        if toggle.get_attribute("aria-expanded") == ("true" if away else "false"):
            toggle.press("Enter")
        return self

    def grid(self, name: str) -> Locator:
        """The grid of a list of lines."""
        return self.builder.page.locator(f'[name="{self.prefix}-value-{name}"] + .choices-grid')

    def paste_choices(self, labels: Sequence[str]) -> None:
        """Paste the lines of a list into the grid of choices."""
        self.grid("choices").locator("[data-label]").first.evaluate(PASTE, "\n".join(labels))
        self.expect_lines("choices", len(labels))

    def type_lines(self, name: str, labels: Sequence[str]) -> None:
        """Type the lines of a list one by one."""
        keyboard = self.builder.page.keyboard
        self.grid(name).locator("[data-label]").last.focus()
        for number, label in enumerate(labels):
            if number:
                keyboard.press("Enter")
            keyboard.insert_text(label)
        self.expect_lines(name, len(labels))

    def expect_lines(self, name: str, count: int) -> None:
        """Wait until a list holds so many lines."""
        self.builder.page.wait_for_function(
            "([name, count]) => JSON.parse(document.getElementsByName(name)[0].value || '[]').length === count",
            arg=[f"{self.prefix}-value-{name}", count],
        )

    def column(self, kind: str, label: str, **settings: Any) -> "Question":
        """Add a column to a table."""
        return self.builder.add(f"{self.prefix}-value-columns", kind, label, **settings)

    # --- logic ------------------------------------------------------------------------------------------------------

    def logic(self, slot: str) -> "Dialogue":
        """Open the dialogue of a slot."""
        button = self.element.locator(f'[data-set-logic="{slot}"]').first
        self.show_settings(button)
        button.press("Enter")
        return Dialogue(self.builder.page)

    def when(self, slot: str, *conditions: Condition, join: str = "and") -> Self:
        """Set a condition: `when("show", ("是否发现问题", "is", "是"))`."""
        dialogue = self.logic(slot)
        dialogue.conditions(conditions, join)
        dialogue.apply()
        return self

    def calculate(self, pattern: str, **parts: Any) -> Self:
        """Set a calculation: `calculate("column", how="sum", of="问题清单 › 金额")`."""
        dialogue = self.logic("value")
        dialogue.calculation(pattern, **parts)
        dialogue.apply()
        return self


class FormBuilder:
    """An editor at the page of one form."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.page = visitor.page

    def new(self, title: str, intro: str = "") -> Self:
        """Open the page of a new form."""
        self.visitor.open("/admin/form-pages/choose_parent/")
        self.ready()
        self.page.fill("#id_title", title)
        if intro:
            self.page.fill("[name=intro]", intro)
        return self

    def open(self, pk: int) -> Self:
        """Open a form that is there."""
        self.visitor.open(f"/admin/pages/{pk}/edit/")
        return self.ready()

    def ready(self) -> Self:
        """Wait for the blocks; do without movements."""
        self.page.wait_for_function("document.getElementById('form_rules-root')?.rootBlock")
        self.page.evaluate("window.jQuery.fx.off = true")
        return self

    def add(self, stream: str, kind: str, label: str = "", **settings: Any) -> Question:
        """Add a block at the end of a stream: a question with its label, or a check with its message."""
        count = int(self.page.locator(f'[name="{stream}-count"]').input_value())
        container = self.page.locator(f'[name="{stream}-count"] ~ [data-streamfield-stream-container]')
        container.locator("> div > .c-sf-add-button").last.press("Enter")
        if kind:
            self.choose_type(spoken(FIELD_TYPES[kind].label))
        added = Question(self, f"{stream}-{count}")
        # Filling one in waits until the others are drawn too.
        added.setting("label" if kind else "message").fill(label)
        return added.set(**settings)

    def choose_type(self, words: str) -> None:
        """Look for a type in the list of types, and take it."""
        # The list that was used last may not have gone yet.
        search = self.page.locator(".w-combobox__field input").last
        search.fill(words)
        options = self.page.locator(".w-combobox").last.locator(".w-combobox__option")
        expect(options.first).to_have_attribute("aria-selected", "true")
        for _ in range(options.all_inner_texts().index(words)):
            search.press("ArrowDown")
        search.press("Enter")

    def question(self, kind: str, label: str, **settings: Any) -> Question:
        """Add a question of a type ("text", "number", "table" …) with its settings."""
        return self.add("form_fields", kind, label, **settings)

    def check(
        self,
        at: str,
        *conditions: Condition,
        message: str,
        severity: str = "error",
        join: str = "and",
    ) -> Question:
        """Add a check: beside which question ("问题 › 列" for a column), what must hold, what is said."""
        rule = self.add("form_rules", "", message, at=at, severity=severity)
        return rule.when("check", *conditions, join=join)

    def note(self, text: str) -> Self:
        """Say what changed."""
        self.page.fill("[name=version_note]", text)
        return self

    def save(self, *, expecting: str = "") -> Self:
        """Save a draft; `expecting` is said where saving is refused."""
        with leaving(self.page):
            self.page.locator("footer button[type=submit]:not([name])").first.click()
        kind = "error" if expecting else "success"
        expect(self.page.locator(f".messages .{kind}")).to_contain_text(expecting)
        return self.ready()

    def publish(self) -> int:
        """Publish; the page's number."""
        self.page.locator("footer [data-w-dropdown-target=toggle]").first.click()
        with leaving(self.page):
            self.page.locator("footer button[name=action-publish]").click()
        seen = self.page.locator(".version-publish button[type=submit]")
        pk = PUBLISHING.search(self.page.url)
        if pk:
            with leaving(self.page):
                seen.click()
        messages = self.page.locator(".messages")
        expect(messages).to_be_visible()
        assert self.page.locator(".messages .success").count(), messages.inner_text() + self.faults()
        if pk:
            return int(pk[1])
        link = self.page.locator('.messages a[href*="/edit/"]').first.get_attribute("href") or ""
        return int(link.split("/pages/")[1].split("/")[0])

    def faults(self) -> str:
        """What the page says is wrong."""
        return " / ".join(self.page.locator(".error-message").all_inner_texts())
