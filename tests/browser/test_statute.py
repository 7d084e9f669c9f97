"""A law is read article by article, and cited."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewVisitor
from tests.browser.visitor import DESKTOP, PHONE

pytestmark = pytest.mark.slow
LAW = "/policies/p040/"


@pytest.mark.parametrize("window", [DESKTOP, PHONE], ids=["desk", "telephone"])
def test_an_article_is_found_through_the_contents_and_its_citation_copied(
    visitor: NewVisitor, window: dict[str, int]
) -> None:
    reader = visitor(width=window["width"], height=window["height"])
    page = reader.open(LAW)
    reader.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=reader.url)
    contents = page.locator(".statute-contents")
    if window is PHONE:
        expect(contents.get_by_role("link").first).to_be_hidden()
        contents.locator("summary").click()
    contents.get_by_role("link", name="第二章 最低生活保障").click()
    expect(page.get_by_role("heading", name="第二章 最低生活保障")).to_be_in_viewport()
    article = page.get_by_role("region", name="第九条")
    article.get_by_role("link", name="第九条").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="已复制")).to_contain_text("《社会救助暂行办法》第九条")
    assert page.evaluate("navigator.clipboard.readText()") == "《社会救助暂行办法》第九条"
    assert page.url.endswith("#art-9")
    assert reader.has_no_sideways_scroll()
    reader.picture(f"statute-{window['width']}")
