"""Review in a browser: answers are marked, the unit mends just those, the differences are read, many are accepted."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewVisitor
from tests.browser.visitor import PHONE, Visitor

REQUIREMENT = "报送联络员名单和落实措施"
UNIT = "市卫健委"
REASON = "请写明检查的机构和办法"
STEPS = "到救助站医务室和两家合作医疗机构，逐项检查药品、消毒和值班。"


def open_from_list(coordinator: Visitor) -> Page:
    """The unit's report, out of the list of what waits."""
    page = coordinator.open("/reports/review/")
    row = page.locator("tbody tr", has_text=UNIT).filter(has_text=REQUIREMENT)
    row.get_by_role("link").first.click()
    expect(page.locator("main h1")).to_have_text(REQUIREMENT)
    return page


def mark_a_cell(coordinator: Visitor) -> str:
    """Mark one cell of a table by keyboard and return the report; gives the report's address."""
    page = open_from_list(coordinator)
    cell = page.locator("td[data-label='工作步骤']").first
    cell.locator("summary").focus()
    page.keyboard.press("Enter")
    field = cell.get_by_label("此处需要怎样修改")
    expect(field).to_be_visible()
    field.fill(REASON)
    field.press("Enter")  # decides nothing
    expect(page.locator("main .state--submitted").first).to_be_visible()
    coordinator.picture("1-marks", whole=True)
    page.get_by_role("button", name="退回修改").click()
    expect(page.locator("main .state--returned").first).to_be_visible()
    expect(page.locator("main .remarks")).to_contain_text(REASON)
    return re.sub(r".*(/reports/\d+/).*", r"\1", page.url)


def mend(reporter: Visitor, address: str) -> None:
    """Everything but the marked cell is words or locked; the cell is mended and the report sent again."""
    page = reporter.open(f"{address}fill/")
    reporter.picture("2-mends", whole=True)
    remark = page.locator(".remarks a").first
    remark.click()
    target = page.locator(f"[id='{page.url.partition('#')[2]}']")
    expect(target).to_be_visible()
    expect(page.locator(".question-remark")).to_have_count(1)
    typed = page.locator("main form[data-fill] :is(input:not([type=hidden]), textarea, select):enabled:visible")
    expect(typed).to_have_count(1)
    typed.fill(STEPS)
    page.get_by_role("button", name="报送", exact=True).click()
    expect(page.locator("main .state--submitted").first).to_be_visible()


def read_differences(coordinator: Visitor) -> None:
    """The resubmission shows what was marked, old and new, and nothing else; the rest is one click away."""
    page = open_from_list(coordinator)
    items = page.locator(".review-item")
    expect(items).to_have_count(1)
    expect(items).to_contain_text(STEPS)
    expect(items.locator("del")).to_have_count(1)
    expect(items.locator(".question-remark")).to_contain_text(REASON)
    coordinator.picture("3-differences", whole=True)
    page.get_by_role("link", name="显示全部内容").click()
    expect(items).not_to_have_count(1)


def accept_from_list(coordinator: Visitor) -> None:
    """Choose by keyboard, accept together; what became of it is told."""
    page = coordinator.open("/reports/review/")
    row = page.locator("tbody tr", has_text=UNIT).filter(has_text=REQUIREMENT)
    row.get_by_role("checkbox").focus()
    page.keyboard.press("Space")
    page.get_by_placeholder("统一的退回原因").press("Enter")  # decides nothing
    expect(row.get_by_role("checkbox")).to_be_checked()
    coordinator.picture("4-chosen", whole=True)
    page.get_by_role("button", name="审核通过").click()
    expect(page.locator("main")).to_contain_text("已审核通过 1 份")
    coordinator.picture("5-accepted")


def test_a_marked_cell_is_mended_read_and_accepted(visitor: NewVisitor) -> None:
    coordinator = visitor("coordinator")
    address = mark_a_cell(coordinator)
    mend(visitor("reporter-health"), address)
    read_differences(coordinator)
    accept_from_list(coordinator)


def test_the_two_sides_talk_about_a_report(visitor: NewVisitor) -> None:
    coordinator = visitor("coordinator")
    page = coordinator.open("/reports/review/?state=returned")
    page.locator("tbody tr", has_text="市应急管理局").get_by_role("link").first.click()
    page.locator(".review-item").first.get_by_role("link", name=re.compile("评论")).first.click()
    page.locator("#comment-text").fill("请在周五前补齐。")
    page.get_by_role("button", name="发表评论").click()
    expect(page.locator(".review-thread")).to_contain_text("请在周五前补齐。")
    address = re.sub(r".*(/reports/\d+/).*", r"\1", page.url)
    reporter = visitor("reporter-emergency")
    theirs = reporter.open(f"{address}#comments")
    theirs.locator(".review-thread textarea").fill("收到。")
    theirs.get_by_role("button", name="了结").click()
    expect(theirs.locator(".review-thread")).to_contain_text("已了结")
    reporter.picture("6-comments", whole=True)


@pytest.mark.parametrize("address", ["/reports/review/", "/reports/review/?state=all&sort=flags"])
def test_the_list_fits_a_telephone(visitor: NewVisitor, address: str) -> None:
    coordinator = visitor("coordinator", **PHONE)
    page = coordinator.open(address)
    assert coordinator.has_no_sideways_scroll()
    page.locator("tbody a").first.click()
    expect(page.locator("main h1")).to_be_visible()
    assert coordinator.has_no_sideways_scroll()
    coordinator.picture("7-telephone", whole=True)
