"""An administrator judges a question and looks at what a draft would change, by keyboard, before it goes live."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewVisitor
from tests.browser.test_walk import english_words
from tests.browser.test_wishes import tab_to
from tests.browser.visitor import DESKTOP, PHONE, Visitor

MEASURES = {"Recall", "nDCG", "Elasticsearch"}


def _judge(person: Visitor, words: str) -> None:
    page = person.open(f"/admin/search/judgements/new/?question={words}")
    tab_to(page, "textarea[name=relevant-more]")
    page.keyboard.type("临时救助制度")
    tab_to(page, "[data-find]")
    page.keyboard.press("Enter")
    expect(page.locator("[data-found]")).to_contain_text("国务院关于全面建立临时救助制度的通知")
    person.picture(f"judging-{page.viewport_size['width']}")  # type: ignore[index]
    assert person.has_no_sideways_scroll()
    tab_to(page, "[data-add]")
    page.keyboard.press("Enter")
    expect(page.locator("[data-lines] select")).to_be_focused()
    page.keyboard.press("ArrowDown")
    tab_to(page, "footer button[type=submit], .footer button[type=submit], [data-edit-form] button[type=submit]")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/admin/search/judgements/$"))
    expect(page.locator(".messages")).to_contain_text(f"“{words}”已创建")


def _preview(person: Visitor) -> None:
    page = person.open("/admin/search/tuning/")
    assert person.has_no_sideways_scroll()
    tab_to(page, ".tuning-preview button")
    page.keyboard.press("Enter")
    expect(page.locator(".tuning-measures")).to_be_visible(timeout=60_000)
    assert person.has_no_sideways_scroll()
    assert set(english_words(page)) <= MEASURES
    tab_to(page, ".listing td.title a")
    page.keyboard.press("Enter")
    expect(page.locator(".tuning-sides ol")).to_have_count(2)
    person.picture(f"preview-{page.viewport_size['width']}")  # type: ignore[index]
    assert person.has_no_sideways_scroll()


def _think_better_of_it(person: Visitor) -> None:
    page = person.open("/admin/search/tuning/")
    tab_to(page, "form[action$='/confirm/'] button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="确认生效")).to_be_visible()
    expect(page.locator(".tuning-measures")).to_be_visible()
    person.picture(f"confirm-{page.viewport_size['width']}")  # type: ignore[index]
    assert person.has_no_sideways_scroll()
    assert set(english_words(page)) <= MEASURES
    tab_to(page, "a.button-secondary[href='/admin/search/tuning/']")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/admin/search/tuning/$"))
    expect(page.locator("form[action$='/confirm/'] button")).to_be_visible()


@pytest.mark.parametrize(("words", "window"), [("急难求助", DESKTOP), ("急难补助", PHONE)])
def test_a_question_is_judged_and_the_draft_previewed_by_keyboard(
    visitor: NewVisitor, words: str, window: dict[str, int]
) -> None:
    administrator = visitor("admin", **window)
    _judge(administrator, words)
    _preview(administrator)
    _think_better_of_it(administrator)


def test_looking_up_when_signed_out_says_so_and_other_lines_stay(visitor: NewVisitor) -> None:
    person = visitor("admin", **DESKTOP)
    page = person.open("/admin/search/judgements/new/")
    field = page.locator("textarea[name=relevant-more]")
    field.fill("临时救助制度")
    page.locator("[data-find]").click()
    expect(page.locator("[data-add]").first).to_be_visible()
    field.fill("社会救助")
    page.locator("[data-add]").first.click()
    expect(field).to_have_value("社会救助")
    page.context.clear_cookies()
    page.locator("[data-find]").click()
    expect(page.locator("[data-found]")).to_have_text("检索没有响应，请重试，或直接写网址。")
    expect(field).to_have_value("社会救助")
