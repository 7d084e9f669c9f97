"""A search is saved, told of, looked at, changed and deleted, by keyboard, on a wide and on a narrow window."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewVisitor
from tests.browser.test_walk import english_words
from tests.browser.visitor import DESKTOP, PHONE, Visitor


def _go_to(page: Page, selector: str) -> None:
    """Press the tab key until the element has the focus, and see that it shows."""
    for _press in range(150):
        if page.evaluate("chosen => document.activeElement?.matches(chosen)", selector):
            style = "getComputedStyle(document.activeElement)"
            assert page.evaluate(f"{style}.boxShadow + {style}.outlineStyle") != "nonenone"
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} cannot be reached by keyboard")


def _looks_right(person: Visitor, name: str) -> None:
    person.picture(name, whole=True)
    assert person.has_no_sideways_scroll()
    assert english_words(person.page) == []


@pytest.mark.parametrize(("account", "window"), [("staff", DESKTOP), ("reporter", PHONE)])
def test_a_search_is_saved_changed_and_deleted_by_keyboard(
    visitor: NewVisitor, account: str, window: dict[str, int]
) -> None:
    person = visitor(account, **window)
    width = window["width"]
    page = person.open("/search/?q=救助&kind=policy&year=2014")
    _go_to(page, "a[href^='/search/saved/new/']")
    page.keyboard.press("Enter")
    expect(page.get_by_label("名称")).to_have_value("救助 · 政策法规 · 2014")
    _looks_right(person, f"new-{width}")
    _go_to(page, "[name=name]")
    page.keyboard.press("Control+a")
    page.keyboard.type("二〇一四年")
    _go_to(page, "[name=cadence]")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("每周一次")).to_be_checked()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/saved/#search-\d+$"))
    row = page.locator(".saved-search").filter(has_text="二〇一四年")
    expect(row).to_contain_text("每周一次")
    _looks_right(person, f"mine-{width}")
    row.get_by_role("button", name="暂停").press("Enter")
    expect(row).to_contain_text("已暂停")
    row.get_by_role("link", name="修改").press("Enter")
    page.get_by_label("名称").fill("")
    page.get_by_role("button", name="保存").press("Enter")
    expect(page.locator(".error-summary")).to_be_visible()
    _looks_right(person, f"edit-{width}")
    page.get_by_label("名称").fill("十年前")
    page.get_by_role("button", name="保存").press("Enter")
    page.locator(".saved-search").filter(has_text="十年前").get_by_role("link", name="十年前", exact=True).press(
        "Enter"
    )
    expect(page.locator("main")).to_contain_text("还没有新结果")
    _looks_right(person, f"open-{width}")
    page.get_by_role("link", name="全部结果").press("Enter")
    expect(page.locator("main")).to_contain_text("已收藏为“十年前”")
    assert person.has_no_sideways_scroll()
    page.get_by_role("link", name=re.compile("已收藏为")).press("Enter")
    page.locator(".saved-search").filter(has_text="十年前").get_by_role("button", name="删除").press("Enter")
    expect(page.locator("main")).to_contain_text("“十年前”已删除")


def test_what_is_new_is_counted_until_it_was_looked_at(visitor: NewVisitor) -> None:
    person = visitor("staff")
    page = person.open("/search/saved/")
    row = page.locator(".saved-search").filter(has_text="救助管理的政策")
    expect(row).to_contain_text("2 条新结果")
    row.get_by_role("link", name="救助管理的政策").first.click()
    expect(page.locator(".saved-new")).to_have_count(2)
    _looks_right(person, "new-results")
    page.locator(".search-result h2 a").first.click()
    expect(page.locator("h1")).to_contain_text("救助管理")
    page = person.open("/search/saved/")
    expect(row).not_to_contain_text("新结果")
