"""Builds forms as an editor does: in the Wagtail admin, by clicking."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.utils import translation
from playwright.sync_api import Locator, Page, expect

from forms.builder.editor.words import shared
from forms.builder.fields import FIELD_TYPES
from tests.browser.visitor import Visitor

LANGUAGE = "zh-hans"

PUBLISHING = re.compile(r"/form-pages/([0-9]+)/publish/")
"""The page that shows what publishing does before it is done."""

Condition = tuple[Any, ...]
"""(question, operator[, value]); question and value as menus show them, operator as in words.OPERATORS ("is", "less",
"one_of" …). A value that begins with "=" names another question. ("and" | "or", [conditions]) stands in brackets."""

PICK = """(menu, words) => {
    const plain = text => text.replace(/^[0-9]+[.] /, "");
    const all = [...menu.options];
    const found = all.find(one => one.text === words) ?? all.find(one => plain(one.text) === words);
    if (!found) throw new Error(`${words}: none of ${all.map(one => one.text).join(" | ")}`);
    return found.value;
}"""
PASTE = """(input, text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    input.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


WATCHED = """() => {
    const form = document.querySelector("[data-edit-form]");
    const watcher = window.wagtail?.app?.getControllerForElementAndIdentifier(form, "w-unsaved");
    return watcher && (watcher.initialFormData || watcher.forceValue);
}"""
"""Whether Wagtail has begun to look for changes; those made before are neither previewed nor saved by themselves."""


def spoken(words: Any) -> str:
    """The words in the editor's language."""
    with translation.override(LANGUAGE):
        return str(words)


def pick(menu: Locator, words: str) -> None:
    """Choose from a menu what it shows, with the question's number or without."""
    menu.select_option(menu.evaluate(PICK, words))


@dataclass(frozen=True)
class Question:
    """A question on the page, or a column of a table."""

    builder: "FormBuilder"
    prefix: str

    @property
    def element(self) -> Locator:
        """All of it."""
        return self.builder.page.locator(f'[data-streamfield-child]:has(> input[name="{self.prefix}-id"])')

    @property
    def key(self) -> str:
        """Its key."""
        return self.builder.page.locator(f'[name="{self.prefix}-id"]').input_value()

    def setting(self, name: str) -> Locator:
        """The input of a setting."""
        return self.builder.page.locator(f'[name="{self.prefix}-value-{name}"]')

    def set(self, **settings: Any) -> Self:
        """Give settings: text, numbers, ticks, a choice of a menu, choices to paste."""
        for name, value in settings.items():
            if name == "choices":
                self.paste_choices(value)
            else:
                self.give(self.setting(name).first, value)
        return self

    def give(self, field: Locator, value: Any) -> None:
        """Fill one input in, whatever it is."""
        self.show_settings(field)
        if isinstance(value, bool):
            field.set_checked(value)
        elif field.evaluate("input => input.tagName") == "SELECT":
            pick(field, value)
        else:
            field.fill(str(value))

    def show_settings(self, field: Locator) -> None:
        """Open what lies behind the cogwheel."""
        if not field.is_visible():
            self.element.locator('[data-streamfield-action="SETTINGS"]').first.click()

    def paste_choices(self, labels: Sequence[str]) -> None:
        """Paste the lines of a list into the grid of choices."""
        first = self.element.locator(".choices-grid [data-label]").first
        first.evaluate(PASTE, "\n".join(labels))
        lines = self.setting("choices")
        self.builder.page.wait_for_function(
            "([name, count]) => JSON.parse(document.getElementsByName(name)[0].value || '[]').length === count",
            arg=[f"{self.prefix}-value-choices", len(labels)],
        )
        assert lines.count() == 1

    def column(self, kind: str, label: str, **settings: Any) -> "Question":
        """Add a column to a table."""
        return self.builder.add(f"{self.prefix}-value-columns", kind, label, **settings)

    # --- logic ------------------------------------------------------------------------------------------------------

    def logic(self, slot: str) -> "Dialogue":
        """Open the dialogue of a slot."""
        button = self.element.locator(f'[data-set-logic="{slot}"]').first
        self.show_settings(button)
        button.click()
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


class Dialogue:
    """The dialogue in which logic is set."""

    def __init__(self, page: Page) -> None:
        self.element = page.locator("dialog.logic-editor")
        self.given = shared()

    def word(self, name: str) -> str:
        """A word of the dialogue."""
        return spoken(self.given["words"][name])

    def button(self, name: str, inside: Locator | None = None) -> Locator:
        """A button by the name of its words."""
        return (inside or self.element).get_by_role("button", name=self.word(name), exact=True)

    def apply(self) -> None:
        """Accept what is set."""
        self.button("apply").click()
        expect(self.element).to_have_count(0)

    @property
    def sentence(self) -> str:
        """What is set, in words."""
        return self.element.locator(".logic-editor__sentence").inner_text()

    # --- conditions ------------------------------------------------------------------------------------------------

    def conditions(self, conditions: Sequence[Condition], join: str = "and", inside: Locator | None = None) -> None:
        """Set the rows of the outermost group, or of one within."""
        group = (inside or self.element).locator(".logic-editor__group").first
        for number, condition in enumerate(conditions):
            if condition[0] in ("and", "or"):
                self.brackets(group, condition)
                continue
            if number:
                group.locator(":scope > .logic-editor__adding button").first.click()
            rows = group.locator(":scope > .logic-editor__rows > li > .logic-editor__row")
            self.row(rows.last, *condition)
        if len(conditions) > 1 and join == "or":
            pick(group.locator(":scope > .logic-editor__join select"), self.word("any"))

    def brackets(self, group: Locator, condition: Condition) -> None:
        """Add a group within."""
        join, inner = condition
        group.locator(":scope > .logic-editor__adding button").last.click()
        within = group.locator(":scope > .logic-editor__rows > li").last
        self.conditions(inner, "and", within)
        words = self.word("all" if join == "and" else "any")
        if len(inner) > 1:
            pick(within.locator(".logic-editor__join select").first, words)

    def row(self, row: Locator, question: str, operator: str, value: Any = None) -> None:
        """Set one comparison."""
        pick(row.locator("select").first, question)
        menu = row.get_by_label(self.word("operator"), exact=True)
        menu.select_option(operator)
        if value is not None:
            self.value(row, self.word("value"), value)

    def value(self, place: Locator, label: str, value: Any) -> None:
        """Give what is compared with: a fixed value, several, "=question" or "=today"."""
        source = place.get_by_label(f"{label}: {self.word('source')}", exact=True)
        if isinstance(value, str) and value.startswith("="):
            pick(source, self.word("today") if value == "=today" else value[1:])
            return
        if isinstance(value, list | tuple):
            for one in value:
                place.get_by_label(one, exact=True).check()
            return
        field = place.get_by_label(label, exact=True)
        if field.evaluate("input => input.tagName") == "SELECT":
            pick(field, value)
        else:
            field.fill(str(value))

    # --- calculations ----------------------------------------------------------------------------------------------

    def calculation(self, pattern: str, **parts: Any) -> None:
        """Choose a pattern and set its parts."""
        self.element.locator(".logic-editor__calculation select").first.select_option(pattern)
        getattr(self, f"set_{pattern}")(**parts)

    def part(self, label: str, value: Any) -> None:
        """Set one part by its label; a fixed value, or "=question"."""
        place = self.element.locator(".logic-editor__field", has=self.element.page.get_by_text(label, exact=True)).first
        fixed = place.get_by_label(f"{label}: {self.word('source')}", exact=True)
        if fixed.count():
            self.value(place, label, value)
        else:
            words = str(value).removeprefix("=")
            pick(place.locator("select").first, self.word("today") if words == "today" else words)

    def set_chain(self, *, first: Any, then: Sequence[tuple[str, Any]]) -> None:
        """A, then (sign, B) …"""
        self.part(f"{self.word('term')} 1", first)
        for number, (sign, value) in enumerate(then):
            if number:
                self.button("addTerm").click()
            line = self.element.locator(".logic-editor__terms > li").nth(number + 1)
            line.locator(".logic-editor__sign").select_option(sign)
            self.part(f"{self.word('term')} {number + 2}", value)

    def set_total(self, *, of: Sequence[str]) -> None:
        """The sum of these questions."""
        for label in of:
            self.element.locator(".logic-editor__box", has_text=label).get_by_role("checkbox").check()

    def set_column(self, *, how: str, of: str, where: Sequence[Condition] = ()) -> None:
        """An aggregate of "table › column", or of "table"."""
        self.element.get_by_label(self.word("how"), exact=True).select_option(how)
        pick(self.element.get_by_label(self.word("column"), exact=True), of.rpartition(" › ")[2])
        if where:
            self.element.get_by_label(self.word("onlyRows"), exact=True).check()
            self.conditions(where, inside=self.element.locator(".logic-editor__parts"))

    def set_percent(self, *, first: Any, second: Any) -> None:
        """A of B."""
        self.part(self.word("first"), first)
        self.part(self.word("second"), second)

    def set_last(self, *, of: str) -> None:
        """This period's answer less the last one's."""
        self.part(self.word("this"), of)

    def set_between(self, *, start: Any, end: Any) -> None:
        """Days between two dates."""
        self.part(self.word("from"), start)
        self.part(self.word("to"), end)

    def set_shift(self, *, date: str, count: Any, unit: str = "days") -> None:
        """A date so many days or months later."""
        self.part(self.word("date"), date)
        self.part(self.word("plusDays"), count)
        self.element.get_by_label(self.word("unit"), exact=True).select_option(unit)

    def set_if(self, *, cases: Sequence[tuple[Sequence[Condition], Any]], otherwise: Any = None) -> None:
        """Cases of ([conditions], value)."""
        for number, (conditions, value) in enumerate(cases):
            if number:
                self.button("addCase").click()
            case = self.element.locator(".logic-editor__case").nth(number)
            self.conditions(conditions, inside=case)
            self.value(case.locator(".logic-editor__field").last, self.word("then"), value)
        if otherwise is not None:
            self.part(self.word("otherwise"), otherwise)

    def set_text(self, *, parts: Sequence[Any]) -> None:
        """Texts and "=questions" one after the other."""
        for number, value in enumerate(parts):
            if number:
                self.button("addTerm").click()
            self.part(f"{self.word('term')} {number + 1}", value)

    def set_take(self, *, of: str) -> None:
        """Another answer."""
        self.part(self.word("question"), of)


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
        """Wait for the blocks, and until changes are noticed; do without movements."""
        self.page.wait_for_function("document.getElementById('form_rules-root')?.rootBlock")
        self.page.wait_for_function(WATCHED)
        self.page.evaluate("window.jQuery.fx.off = true")
        return self

    def add(self, stream: str, kind: str, label: str = "", **settings: Any) -> Question:
        """Add a block at the end of a stream."""
        count = int(self.page.locator(f'[name="{stream}-count"]').input_value())
        container = self.page.locator(f'div:has(> [name="{stream}-count"]) > [data-streamfield-stream-container]')
        add = container.locator("> div > .c-sf-add-button").last
        add.click()
        if kind:
            words = spoken(FIELD_TYPES[kind].label)
            self.page.locator(".w-combobox__option").get_by_text(words, exact=True).click()
        added = Question(self, f"{stream}-{count}")
        named = {"label": label} if label else {}
        return added.set(**named, **settings)

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
        rule = self.add("form_rules", "", at=at, message=message)
        rule.setting("severity").select_option(severity)
        return rule.when("check", *conditions, join=join)

    def note(self, text: str) -> Self:
        """Say what changed."""
        self.page.fill("[name=version_note]", text)
        return self

    def save(self, *, expecting: str = "") -> Self:
        """Save a draft; `expecting` is said where saving is refused."""
        self.page.locator("footer button[type=submit]:not([name])").first.click()
        kind = "error" if expecting else "success"
        expect(self.page.locator(f".messages .{kind}")).to_contain_text(expecting)
        return self.ready()

    def publish(self) -> int:
        """Publish; the page's number."""
        self.page.locator("footer [data-w-dropdown-target=toggle]").first.click()
        with self.page.expect_navigation():
            self.page.locator("footer button[name=action-publish]").click()
        seen = self.page.locator(".version-publish button[type=submit]")
        pk = PUBLISHING.search(self.page.url)
        if pk:
            with self.page.expect_navigation():
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
