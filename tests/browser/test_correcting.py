"""A question that was misspelt: answered as it was meant, insisted on, and offered where parts of it are found."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewVisitor
from tests.browser.test_walk import english_words
from tests.browser.visitor import DESKTOP, PHONE


@pytest.mark.parametrize("window", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_misspelt_question_is_answered_as_it_was_meant(visitor: NewVisitor, window: dict[str, int]) -> None:
    person = visitor("staff", **window)
    page = person.open("/search/")
    page.locator("#search-q").fill("聚住正")
    page.locator("#search-q").press("Enter")
    said = page.locator(".search-corrected")
    expect(said).to_be_visible()
    page.locator("#search-q").fill("救住")
    page.locator("#search-q").press("Enter")
    expect(said).to_contain_text("已改为检索“救助”")
    expect(page.locator("#search-q")).to_have_value("救助")
    expect(page.locator(".search-result").first).to_contain_text("救助")
    assert person.has_no_sideways_scroll()
    assert english_words(page) == []
    person.picture(f"instead-{window['width']}")
    said.get_by_role("link", name="仍要检索“救住”").click()
    expect(page).to_have_url(re.compile("exact=1"))
    expect(page.locator("#search-q")).to_have_value("救住")
    expect(page.get_by_role("heading", name="没有查到相关内容")).to_be_visible()
    expect(said).to_contain_text("您是不是要找")
    person.picture(f"insisted-{window['width']}")
    said.get_by_role("link", name="救助", exact=True).click()
    expect(page.locator("#search-q")).to_have_value("救助")
    expect(said).to_have_count(0)
    person.open("/search/?q=%E6%95%91%E4%BD%8F%E7%AE%A1%E7%90%86")
    offered = said.get_by_role("link", name="救助管理", exact=True)
    expect(offered).to_be_visible()
    assert person.has_no_sideways_scroll()
    person.picture(f"offered-{window['width']}")
    offered.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#search-q")).to_have_value("救助管理")
