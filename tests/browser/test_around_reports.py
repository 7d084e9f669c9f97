"""What happens around a report: petitions, withdrawal, waiver, bin, absence, one's own desk with its calendar."""

import datetime
import re
import urllib.request

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewVisitor
from tests.browser.portal import RunningPortal
from tests.browser.test_walk import english_words
from tests.browser.visitor import PHONE, Visitor

NAMES = "报送联络员名单和落实措施"
TRAINING = "救助管理政策业务培训参训情况"
SUMMARY = "专项行动工作小结"
MONTHLY = "机构月度监督检查"


@pytest.fixture(scope="module")
def portal(own_portal: RunningPortal) -> RunningPortal:
    """One portal for these tests; each of them has reports of its own."""
    return own_portal


def looked_at(person: Visitor, name: str) -> None:
    """Kept as a picture; nothing stands out sideways, and nothing is in English."""
    person.picture(name, whole=True)
    assert person.has_no_sideways_scroll()
    assert set(english_words(person.page)) <= {"Outlook", "reviewer", "reporter"}, "names are names"


def received(coordinator: Visitor, requirement: str, unit: str, state: str) -> Page:
    """A report out of the coordinator's list."""
    page = coordinator.open(f"/reports/review/?state={state}")
    page.locator("tbody tr", has_text=unit).filter(has_text=requirement).get_by_role("link").first.click()
    expect(page.locator("main h1")).to_have_text(requirement)
    return page


def own(reporter: Visitor, requirement: str, period: str = "") -> Page:
    """A report out of the unit's list."""
    page = reporter.open("/reports/")
    page.locator(".report-card, tbody tr", has_text=requirement).filter(has_text=period).get_by_role(
        "link"
    ).first.click()
    expect(page.locator("main h1")).to_contain_text(requirement)
    return page


def test_a_reopening_is_asked_for_by_keyboard_and_decided_by_another_person(visitor: NewVisitor) -> None:
    coordinator = visitor("coordinator")
    page = received(coordinator, NAMES, "市公安局", "accepted")
    address = re.sub(r".*(/reports/\d+/).*", r"\1", page.url)
    page.get_by_text("申请重新打开").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("联络员已调整，请重新报送")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("联络员已调整")
    coordinator.open("/reports/petitions/")
    expect(page.get_by_role("button", name="批准", exact=True)).to_have_count(0)
    looked_at(coordinator, "petition-asked")

    leader = visitor("leader", **PHONE)
    page = leader.open("/inbox/")
    page.get_by_role("link", name=re.compile(NAMES)).first.click()
    card = page.locator(".report-card", has_text="市公安局")
    card.locator("[name=answer]").fill("同意")
    looked_at(leader, "petition-to-decide")
    card.get_by_role("button", name="批准", exact=True).click()
    expect(page.locator("main")).to_contain_text("同意")

    reporter = visitor("reporter-police")
    page = reporter.open("/my/")
    expect(page.locator("main")).to_contain_text("退回待修改")
    page = reporter.open(address)
    expect(page.locator("main .state--returned").first).to_be_visible()
    looked_at(reporter, "petition-granted")


def test_a_report_that_comes_late_is_asked_for_on_a_phone_and_taken_until_a_day(visitor: NewVisitor) -> None:
    reporter = visitor("reporter-civil", **PHONE)
    page = own(reporter, MONTHLY, "上月")
    page.get_by_label("逾期未报的原因").fill("检查组外出")
    looked_at(reporter, "late-asks")
    page.get_by_role("button", name="申请补报").click()
    expect(page.locator("main")).to_contain_text("申请")

    coordinator = visitor("coordinator")
    page = coordinator.open("/reports/petitions/")
    card = page.locator(".report-card", has_text="检查组外出")
    card.get_by_role("button", name="批准", exact=True).click()
    expect(page.locator("main .alert, main .invalid-feedback, .messages").first).to_be_visible()
    card = page.locator(".report-card", has_text="检查组外出")
    until = datetime.datetime.now(tz=datetime.UTC) + datetime.timedelta(days=10)
    card.locator("[name=until]").fill(f"{until:%Y-%m-%d}T17:30")
    card.get_by_role("button", name="批准", exact=True).click()
    expect(page.locator("tbody tr", has_text="检查组外出")).to_contain_text("已批准")
    looked_at(coordinator, "late-decided")
    page = own(reporter, MONTHLY, "上月")
    expect(page.locator("main")).to_contain_text("仍可补报")


def test_a_report_is_withdrawn_before_anybody_has_decided(visitor: NewVisitor) -> None:
    reporter = visitor("reporter", **PHONE)
    page = own(reporter, TRAINING)
    page.get_by_text("撤回报送").click()
    page.fill("#id_withdraw_reason", "人数有误")
    looked_at(reporter, "withdraws")
    page.get_by_role("button", name="撤回", exact=True).click()
    expect(page.locator("main .alert-info")).to_contain_text("本单位已撤回")
    expect(page.locator("main")).to_contain_text("人数有误")
    expect(page.get_by_role("link", name=re.compile("继续填报|继续填写"))).to_be_visible()
    coordinator = visitor("coordinator")
    page = coordinator.open("/reports/review/")
    expect(page.locator("tbody tr", has_text=TRAINING)).to_have_count(0)


def test_a_unit_is_freed_from_a_report_and_asked_again(visitor: NewVisitor) -> None:
    coordinator = visitor("coordinator")
    page = coordinator.open("/requirements/")
    page.get_by_role("link", name=SUMMARY).first.click()
    row = page.locator("tr", has_text="市财政局")
    row.get_by_role("link", name=re.compile("时限和免报")).first.click()
    page.fill("#id_waive_reason", "机构合并")
    looked_at(coordinator, "waives")
    page.get_by_role("button", name="免报").click()
    expect(page.locator("tr", has_text="市财政局").first).to_contain_text("免报")
    looked_at(coordinator, "waived")
    page.locator("tr", has_text="市财政局").get_by_role("link", name=re.compile("时限和免报")).first.click()
    expect(page.locator("main")).to_contain_text("机构合并")
    page.get_by_role("button", name="恢复报送").click()
    expect(page.locator("tr", has_text="市财政局").first).not_to_contain_text("免报：")


def test_a_report_goes_into_the_bin_and_comes_back(visitor: NewVisitor) -> None:
    coordinator = visitor("coordinator")
    page = received(coordinator, SUMMARY, "崖州区政府", "submitted")
    address = re.sub(r".*(/reports/\d+/).*", r"\1", page.url)
    page.get_by_role("link", name="删除这份报送").click()
    page.fill("[name=reason]", "报错单位")
    looked_at(coordinator, "bin-asks")
    page.get_by_role("button", name="删除").click()
    phone = visitor("coordinator", **PHONE)
    page = phone.open("/reports/bin/")
    expect(page.locator("main")).to_contain_text("报错单位")
    looked_at(phone, "bin")
    page.get_by_role("button", name="恢复").click()
    page = phone.open(address)
    expect(page.locator("main .state--submitted").first).to_be_visible()
    page = phone.open("/reports/bin/")
    expect(page.locator("main")).to_contain_text("回收站是空的")


def test_a_colleague_stands_in_and_both_see_it(visitor: NewVisitor) -> None:
    reporter = visitor("reporter", **PHONE)
    page = reporter.open("/account/absence/")
    page.locator("[name=stand_in]").select_option(label="沈明允（reviewer）")
    page.get_by_role("button", name="指定代理人").click()
    expect(page.locator("main [name=last]").first).to_be_visible()
    expect(page.locator("main .invalid-feedback").first).to_be_visible()
    page.fill("[name=last]", page.locator("[name=first]").input_value())
    page.get_by_role("button", name="指定代理人").click()
    expect(page.locator("main")).to_contain_text("沈明允")
    looked_at(reporter, "absence")
    reviewer = visitor("reviewer")
    page = reviewer.open("/my/")
    expect(page.locator("main .alert").first).to_contain_text("舒望舒")
    looked_at(reviewer, "stands-in")


@pytest.mark.parametrize("window", [{}, PHONE], ids=["desk", "phone"])
def test_ones_own_desk_leads_to_what_waits_and_to_the_calendar(
    visitor: NewVisitor, portal: RunningPortal, window: dict[str, int]
) -> None:
    name = "phone" if window else "desk"
    coordinator = visitor("coordinator", **window)
    page = coordinator.open("/my/")
    looked_at(coordinator, f"my-coordinator-{name}")
    reporter = visitor("reporter-health", **window)
    page = reporter.open("/my/")
    looked_at(reporter, f"my-{name}")
    page.locator("main a[href='/my/calendar/']").first.click()
    button = page.get_by_role("button", name=re.compile("生成订阅地址|重新生成地址"))
    button.click()
    address = page.get_by_label("您的订阅地址").input_value()
    looked_at(reporter, f"calendar-{name}")
    assert address.startswith(portal.url)
    with urllib.request.urlopen(address, timeout=60) as answer:
        text = answer.read().decode()
    assert text.startswith("BEGIN:VCALENDAR")
    assert TRAINING not in text
    assert SUMMARY in text.replace("\r\n ", "")
