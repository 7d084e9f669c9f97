"""Filters of the search page as a browser works them: dates by keyboard, several on a telephone, the Back button."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import NewVisitor
from tests.browser.visitor import PHONE

ASKED = "/search/?q=救助"


def test_a_filter_searches_at_once_and_keeps_its_place(visitor: NewVisitor) -> None:
    page = visitor("staff").open(ASKED)
    notice = page.locator("[name=document][value=notice]")
    notice.check()
    expect(page).to_have_url(re.compile("document=notice"))
    expect(notice).to_be_focused()
    page.locator("[name=document][value=opinion]").check()
    expect(page).to_have_url(re.compile("document=notice&document=opinion"))
    page.go_back()
    expect(page).not_to_have_url(re.compile("opinion"))
    expect(page.locator("[name=document]:checked")).to_have_count(1)
    page.go_back()
    expect(page).not_to_have_url(re.compile("document"))
    expect(page.locator("[name=document]:checked")).to_have_count(0)


def test_dates_are_typed_to_their_end_before_they_are_searched_for(visitor: NewVisitor) -> None:
    page = visitor("staff", language="en-US").open(ASKED)
    page.focus("[name=since]")
    page.keyboard.type("01022012", delay=50)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator("[name=until]")).to_be_focused()
    page.keyboard.type("12312020", delay=50)
    assert "since" not in page.url
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("since=2012-01-02&until=2020-12-31"))


def test_on_a_telephone_several_filters_are_chosen_before_the_search(visitor: NewVisitor) -> None:
    person = visitor("staff", **PHONE)
    page = person.open(ASKED)
    page.locator("[data-fold='#filters']").click()
    for kind in ("notice", "opinion"):
        page.locator(f"[name=document][value={kind}]").check()
    button = page.locator("#filters").get_by_role("button", name="筛选")
    expect(button).to_be_in_viewport()
    person.picture("filters-phone")
    button.click()
    expect(page).to_have_url(re.compile("document=notice&document=opinion"))
    expect(page.locator("#filters")).not_to_be_visible()
