"""Collecting by schedule: a report is asked for, signed off in its unit, told in the inbox, and has a receipt."""

import datetime

from playwright.sync_api import expect

from tests.browser.conftest import NewVisitor
from tests.browser.test_walk import english_words
from tests.browser.visitor import PHONE, Visitor

TITLE = "月度巡查小结（周期）"


def ask_every_month(coordinator: Visitor) -> None:
    """A coordinator sets a schedule, sees its dates explained, and starts collecting."""
    page = coordinator.open("/requirements/new/")
    first = datetime.datetime.now(tz=datetime.UTC).date().replace(day=1)
    page.fill("#id_title", TITLE)
    page.select_option("#id_form", label="专项行动工作小结")
    page.get_by_label("市救助管理站").check()
    page.get_by_label("须经本单位审核").check()
    page.locator('[name="schedule-frequency"]').select_option("monthly")
    expect(page.locator("[data-periods-by-hand]")).to_be_hidden()
    page.fill('[name="schedule-first"]', first.isoformat())
    page.fill('[name="schedule-last"]', (first + datetime.timedelta(days=80)).isoformat())
    page.locator('[name="schedule-last"]').press("Tab")
    preview = page.locator("#schedule-preview")
    expect(preview).to_contain_text("后第 5 个工作日")
    preview.locator("summary").first.click()
    coordinator.picture("schedule", whole=True)
    assert coordinator.has_no_sideways_scroll()
    page.get_by_role("button", name="保存").click()
    page.get_by_role("button", name="开始报送").click()
    expect(page.locator("main")).to_contain_text("共 3 期")


def test_a_scheduled_report_is_signed_off_in_its_unit_and_has_a_receipt(visitor: NewVisitor) -> None:
    coordinator = visitor("coordinator")
    ask_every_month(coordinator)

    reporter = visitor("reporter", **PHONE)
    page = reporter.open("/reports/")
    page.get_by_role("link", name=TITLE).first.click()
    page.fill("[name=summary]", "本月开展街面巡查十二次。")
    page.fill("[name=next_steps]", "继续巡查。")
    page.fill("[name=patrols]", "１２")
    page.get_by_role("button", name="报送", exact=True).click()
    expect(page.locator("main")).to_contain_text("尚未报出")
    assert reporter.has_no_sideways_scroll()
    reporter.picture("handed-in", whole=True)

    reviewer = visitor("reviewer")
    page = reviewer.open("/inbox/")
    expect(page.locator("main")).to_contain_text(TITLE)
    assert english_words(page) == []
    reviewer.picture("inbox")
    page = reviewer.open("/reports/")
    page.locator(".report-card", has_text=TITLE).get_by_role("link", name="查看").click()
    page.get_by_role("button", name="审核并报送").click()
    expect(page.locator("main .state--submitted").first).to_be_visible()
    number = page.locator("main").get_by_text("回执").first
    expect(number).to_be_visible()
    expect(page.locator("main svg").first).to_be_visible()
    reviewer.picture("receipt", whole=True)
