"""The dialogue in which an editor sets conditions and calculations, as used by clicking."""

from collections.abc import Sequence
from typing import Any

from django.utils import translation
from playwright.sync_api import Locator, Page, expect

from forms.builder.editor.words import shared

LANGUAGE = "zh-hans"

Condition = tuple[Any, ...]
"""(question, operator[, value]); question and value as menus show them, operator as in words.OPERATORS ("is", "less",
"one_of" …). A value that begins with "=" names another question. ("and" | "or", [conditions]) stands in brackets."""

PICK = """(menu, words) => {
    const plain = text => text.replace(/^[0-9]+[.] /, "");
    const all = [...menu.options];
    const found = all.find(one => one.text === words) ?? all.find(one => plain(one.text) === words)
        ?? all.find(one => one.value === words);
    if (!found) throw new Error(`${words}: none of ${all.map(one => one.text).join(" | ")}`);
    return found.value;
}"""


def spoken(words: Any) -> str:
    """The words in the editor's language."""
    with translation.override(LANGUAGE):
        return str(words)


def pick(menu: Locator, words: str) -> None:
    """Choose from a menu what it shows, with the question's number or without, or the value behind."""
    menu.select_option(menu.evaluate(PICK, words))


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
        self.button("apply").press("Enter")
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
