"""Nothing is found: a person says what was looked for, an editor answers, the person is told. By keyboard."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewVisitor
from tests.browser.test_walk import english_words
from tests.browser.visitor import DESKTOP, PHONE, Visitor


def tab_to(page: Page, selector: str) -> None:
    """Press the tab key until the element has the focus, as whoever has no mouse does."""
    for _press in range(120):
        if page.evaluate("chosen => document.activeElement?.matches(chosen)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} cannot be reached by keyboard")


def _ask(person: Visitor, words: str) -> None:
    page = person.open(f"/search/?q={words}")
    assert person.has_no_sideways_scroll()
    person.picture(f"nothing-{page.viewport_size['width']}", whole=True)  # type: ignore[index]
    tab_to(page, "form.wish-form [name=need]")
    outline = page.evaluate(
        "getComputedStyle(document.activeElement).boxShadow + getComputedStyle(document.activeElement).outlineStyle"
    )
    assert outline not in ("none", "nonenone")
    page.keyboard.type("要可以打印的")
    tab_to(page, "form.wish-form button")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/wishes/#wish-\d+$"))
    expect(page.locator("main")).to_contain_text("要可以打印的")
    assert person.has_no_sideways_scroll()
    assert english_words(page) == []


def _answer(editor: Visitor, words: str) -> None:
    page = editor.open("/admin/wishes/")
    expect(page.get_by_role("row").filter(has_text=words)).to_contain_text("1 人想找")
    assert editor.has_no_sideways_scroll()
    page.get_by_role("link", name=words, exact=True).first.click()
    tab_to(page, "[name=outcome]")
    page.keyboard.press("Space")
    expect(page.locator("[name=outcome]").first).to_be_checked()
    page.get_by_role("button", name="选择页面").first.click()
    chooser = page.locator(".modal-body")
    chooser.locator("a.navigate-pages, .children a").first.click()
    chooser.get_by_role("link", name="政策法规", exact=True).first.click()
    expect(chooser).not_to_be_visible()
    tab_to(page, "[name=words]")
    page.keyboard.type("请看这里")
    assert editor.has_no_sideways_scroll()
    editor.picture(f"answer-{page.viewport_size['width']}", whole=True)  # type: ignore[index]
    tab_to(page, "main form button[type=submit]")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/admin/wishes/$"))


@pytest.mark.parametrize(("words", "window"), [("斑斓鹦鹉", DESKTOP), ("翡翠蜻蜓", PHONE)])
def test_what_is_not_found_is_wished_for_answered_and_told(
    visitor: NewVisitor, words: str, window: dict[str, int]
) -> None:
    staff = visitor("staff", **window)
    _ask(staff, words)
    _answer(visitor("editor", **window), words)
    page = staff.open("/inbox/")
    page.get_by_role("link", name=f"您要找的有了：{words}").click()
    expect(page).to_have_url(re.compile(r"/search/wishes/#wish-\d+$"))
    answered = page.locator(".search-result").filter(has_text=words)
    expect(answered).to_contain_text("请看这里")
    assert staff.has_no_sideways_scroll()
    answered.get_by_role("link").first.click()
    expect(page.locator("h1")).to_contain_text("政策法规")


def test_opening_a_result_is_counted_and_leads_straight_there(visitor: NewVisitor) -> None:
    person = visitor("staff")
    page = person.open("/search/?q=救助管理 流浪乞讨")
    link = page.locator(".search-result h2 a").first
    target = link.get_attribute("href") or ""
    assert "/search/" not in target
    with page.expect_request(lambda request: request.url.endswith("/search/clicked/")) as sent:
        link.click()
    assert sent.value.method == "POST"
    expect(page).to_have_url(re.compile(re.escape(target.split("#")[0])))
    report = visitor("editor").open("/admin/reports/searches/asked/?ordering=-last_asked")
    row = report.get_by_role("row").filter(has=report.get_by_role("cell", name="救助管理 流浪乞讨", exact=True))
    expect(row).to_contain_text("100 %")
