"""Suggestions under the search field: by keyboard, by mouse, while an input method composes, at both widths."""

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Locator, Page, Request, Route, expect

from tests.browser.conftest import NewVisitor
from tests.browser.test_walk import english_words
from tests.browser.visitor import DESKTOP, PHONE, Visitor

HEAD, OWN = "#masthead-q", "#search-q"


def _field(person: Visitor, address: str, selector: str) -> Locator:
    page = person.open(address)
    if selector == HEAD and not page.locator(selector).is_visible():
        page.locator(".masthead-toggle").click()
    return page.locator(selector)


def _options(field: Locator) -> Locator:
    return field.page.locator(f"#{field.get_attribute('aria-controls')} [role=option]")


def _chosen(page: Page) -> Locator:
    return page.locator("[role=option][aria-selected=true]")


@pytest.mark.parametrize("window", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("selector", [HEAD, OWN])
def test_a_title_is_chosen_by_keyboard_and_opened(visitor: NewVisitor, window: dict[str, int], selector: str) -> None:
    person = visitor("staff", **window)
    field = _field(person, "/search/" if selector == OWN else "/policies/", selector)
    field.press_sequentially("jiuzhu")
    options = _options(field)
    expect(options.first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    assert person.has_no_sideways_scroll()
    assert english_words(person.page) == []
    person.picture(f"{selector[1:]}-{window['width']}")
    field.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", options.first.get_attribute("id") or "")
    expect(field).to_have_value(options.first.get_attribute("data-text") or "")
    field.press("ArrowUp")
    expect(_chosen(person.page)).to_have_count(0)
    expect(field).to_have_value("jiuzhu")
    field.press("Escape")
    expect(options.first).not_to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press("ArrowDown")
    expect(options.first).to_be_visible()
    titled = person.page.locator(f"#{field.get_attribute('aria-controls')} [data-url]:not([data-url=''])").first
    target = titled.get_attribute("data-url") or ""
    while _chosen(person.page).get_attribute("data-url") != target if _chosen(person.page).count() else True:
        field.press("ArrowDown")
    field.press("Enter")
    expect(person.page).to_have_url(re.compile(re.escape(target) + "$"))


def test_enter_asks_for_what_was_typed_and_the_mouse_chooses(visitor: NewVisitor) -> None:
    person = visitor("staff")
    field = _field(person, "/search/", OWN)
    field.press_sequentially("救助")
    expect(_options(field).first).to_be_visible()
    field.press("Enter")
    expect(person.page).to_have_url(re.compile(r"/search/\?q=%E6%95%91%E5%8A%A9$"))
    field.fill("宣传月")
    option = _options(field).first
    expect(option).to_have_attribute("data-url", re.compile("^/campaigns/"))
    target = option.get_attribute("data-url") or ""
    option.click()
    expect(person.page).to_have_url(re.compile(re.escape(target) + "$"))


def test_half_typed_pinyin_asks_for_nothing(visitor: NewVisitor) -> None:
    person = visitor("staff")
    field = _field(person, "/search/", OWN)
    asked: list[str] = []

    def heard(request: Request) -> None:
        if "/search/suggest/" in request.url:
            asked.append(request.url)

    person.page.on("request", heard)
    field.focus()
    composer = person.context.new_cdp_session(person.page)
    for letters in ("j", "jiu", "jiu zhu"):
        composer.send("Input.imeSetComposition", {"text": letters, "selectionStart": 1, "selectionEnd": 1})
        person.page.wait_for_timeout(200)  # longer than the page waits after a key
    assert asked == []
    with person.page.expect_response(lambda response: "/search/suggest/" in response.url):
        composer.send("Input.insertText", {"text": "救助"})
    expect(_options(field).first).to_be_visible()
    assert len(asked) == 1


def test_going_through_the_list_asks_for_nothing(visitor: NewVisitor) -> None:
    person = visitor("staff")
    field = _field(person, "/search/", OWN)
    field.press_sequentially("救")
    expect(_options(field).first).to_be_visible()
    person.page.clock.install()
    asked: list[str] = []
    person.page.on("request", lambda request: asked.append(request.url))
    field.press_sequentially("助")
    field.press("ArrowDown")
    chosen = field.input_value()
    person.page.clock.run_for(1_000)
    expect(_chosen(person.page)).to_have_attribute("data-text", chosen)
    assert asked == []
    field.press("Escape")
    expect(field).to_have_value("救助")


def _gone_down(visitor: NewVisitor, *, answers_late: bool = False) -> tuple[Visitor, Locator, str]:
    """Somebody who has gone to the first suggestion, the field, and what stands in it then."""
    person = visitor("staff")
    field = _field(person, "/search/", OWN)
    field.press_sequentially("救助")
    expect(_options(field).first).to_be_visible()
    if answers_late:
        person.page.route("**/search/suggest/**", lambda route: None)
    field.press("ArrowDown")
    return person, field, field.input_value()


def test_what_is_typed_after_going_through_the_list_is_asked_for(visitor: NewVisitor) -> None:
    person, field, chosen = _gone_down(visitor, answers_late=True)
    field.press_sequentially("吗")
    expect(_chosen(person.page)).to_have_count(0)
    expect(field).not_to_have_attribute("aria-activedescendant", re.compile(""))
    field.press("Enter")
    expect(person.page).to_have_url(re.compile(rf"/search/\?q={quote(chosen)}{quote('吗')}$"))


def test_what_is_composed_after_going_through_the_list_is_asked_for(visitor: NewVisitor) -> None:
    person, field, chosen = _gone_down(visitor, answers_late=True)
    composer = person.context.new_cdp_session(person.page)
    composer.send("Input.imeSetComposition", {"text": "ma", "selectionStart": 2, "selectionEnd": 2})
    composer.send("Input.insertText", {"text": "吗"})
    field.press("Enter")
    expect(person.page).to_have_url(re.compile(rf"/search/\?q={quote(chosen)}{quote('吗')}$"))


def test_a_box_that_was_left_comes_back_to_what_it_holds(visitor: NewVisitor) -> None:
    _person, field, chosen = _gone_down(visitor)
    field.press("Tab")
    expect(_options(field).first).not_to_be_visible()
    field.press("ArrowDown")
    expect(_options(field).first).to_be_visible()
    field.press("Escape")
    expect(field).to_have_value(chosen)


def test_a_late_answer_opens_nothing(visitor: NewVisitor) -> None:
    person = visitor("staff")
    page = person.page
    field = _field(person, "/search/", OWN)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/search/suggest/**", hold)
    for leave in (
        lambda: field.press("Tab"),
        lambda: field.press("Escape"),
        lambda: field.evaluate("field => field.form.dispatchEvent(new Event('submit'))"),
        lambda: page.evaluate("window.dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))"),
    ):
        with page.expect_request("**/search/suggest/**"):
            field.fill("救助")
        leave()
        held.pop().continue_()
        page.wait_for_timeout(300)  # longer than an answer takes
        expect(page.locator(".suggestions:visible")).to_have_count(0)
        field.fill("")


def test_a_page_that_is_kept_for_the_back_button_has_no_list_open(visitor: NewVisitor) -> None:
    person = visitor("staff")
    field = _field(person, "/search/", OWN)
    field.press_sequentially("救助")
    expect(_options(field).first).to_be_visible()
    person.page.evaluate("window.dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")
    expect(_options(field).first).not_to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "false")


def test_reports_are_offered_to_those_who_may_read_them(visitor: NewVisitor) -> None:
    offered: dict[str, set[str]] = {}
    for username in ("coordinator", "reporter", ""):
        person = visitor(username)
        field = _field(person, "/search/", OWN)
        with person.page.expect_response(lambda response: "/search/suggest/" in response.url):
            field.press_sequentially("月报")
        offered[username] = set(_options(field).evaluate_all("found => found.map(option => option.dataset.text)"))
    assert any("月报" in text for text in offered["coordinator"]), offered
    assert offered["reporter"] == offered[""] == set(), offered
