"""The portal's main job, from a published policy to an accepted report that staff find through Elasticsearch."""

import datetime
from pathlib import Path

from playwright.sync_api import Page, expect

from home.demo.reports import word_file
from tests.browser.conftest import NewVisitor
from tests.browser.visitor import Visitor

POLICY = "三亚市流浪乞讨人员街面救助联动工作办法"
REQUIREMENT = "岁末街面救助专报"
SENTENCE = "鸿港市场夜间发现露宿人员两名，护送入站并妥善安置。"
WORD_IN_FILE = "玳瑁湾救助点"


def publish_policy(editor: Visitor) -> None:
    """An editor writes a policy in the Wagtail admin and publishes it."""
    page = editor.open("/admin/pages/")
    section = page.locator("main tr", has_text="政策法规")
    section.locator('a[href^="/admin/pages/"]:not([href$="/edit/"])').first.click()
    page.locator('main a[href$="/add_subpage/"], header a[href$="/add_subpage/"]').first.click()
    page.locator("#id_title").press_sequentially(POLICY)
    page.fill("[name=summary]", "规范街面巡查、引导求助和转介工作。")
    add_paragraph(page, "第一条 街面救助实行市、区、街道三级联动。")
    editor.picture("01-editor-writes-policy")
    page.locator("footer [data-w-dropdown-target=toggle]").first.click()
    page.get_by_role("button", name="发布").last.click()
    expect(page.locator(".messages")).to_contain_text("已发布")
    editor.picture("02-editor-published-policy")


def add_paragraph(page: Page, text: str) -> None:
    """Add one block of text to the page's body."""
    page.locator(".c-sf-add-button").first.click()
    page.get_by_role("option", name="段落").first.click()
    page.locator("[contenteditable=true]").last.press_sequentially(text)


def open_requirement(coordinator: Visitor) -> None:
    """A coordinator asks one unit for a report."""
    page = coordinator.open("/requirements/new/")
    now = datetime.datetime.now(tz=datetime.UTC) + datetime.timedelta(hours=8)
    page.fill("#id_title", REQUIREMENT)
    page.fill("#id_instructions", "请报送岁末街面巡查救助情况，并附工作记录。")
    page.select_option("#id_form", label="专项行动工作小结")
    page.get_by_label("市救助管理站").check()
    page.fill("#id_periods-0-name", "十二月")
    page.fill("#id_periods-0-opens_at", f"{now - datetime.timedelta(hours=1):%Y-%m-%dT%H:%M}")
    page.fill("#id_periods-0-due_at", f"{now + datetime.timedelta(days=5):%Y-%m-%dT17:30}")
    coordinator.picture("03-coordinator-asks", whole=True)
    page.get_by_role("button", name="保存").click()
    page.get_by_role("button", name="开始报送").click()
    expect(page.get_by_role("button", name="结束报送")).to_be_visible()
    coordinator.picture("04-coordinator-opened")


def submit_report(reporter: Visitor, file: Path) -> None:
    """A reporter fills the form in and sends it with a file."""
    page = reporter.open("/reports/")
    reporter.picture("05-reporter-to-do")
    page.get_by_role("link", name=REQUIREMENT).first.click()
    page.fill("[name=summary]", SENTENCE)
    page.fill("[name=next_steps]", "继续开展夜间巡查。")
    page.fill("[name=patrols]", "１２")
    page.set_input_files("[name=attachment]", file)
    reporter.picture("06-reporter-fills-in", whole=True)
    page.get_by_role("button", name="报送", exact=True).click()
    expect(page.locator("main .state--submitted").first).to_be_visible()
    reporter.picture("07-reporter-sent", whole=True)


def review(coordinator: Visitor, *, returning: str = "") -> None:
    """A coordinator opens the report from the queue, and returns or accepts it."""
    page = coordinator.open("/reports/review/")
    coordinator.picture("08-coordinator-queue" if returning else "11-coordinator-queue-again")
    page.get_by_role("link", name=REQUIREMENT).first.click()
    if returning:
        page.locator("textarea[name=reason]").fill(returning)
        page.get_by_role("button", name="退回修改").click()
        expect(page.locator("main .state--returned").first).to_be_visible()
        coordinator.picture("09-coordinator-returned", whole=True)
    else:
        page.get_by_role("button", name="审核通过").click()
        expect(page.locator("main .state--accepted").first).to_be_visible()
        coordinator.picture("12-coordinator-accepted", whole=True)


def send_again(reporter: Visitor, reason: str) -> None:
    """The reporter reads why, adds what is missing and sends the report once more; the file is still there."""
    page = reporter.open("/reports/")
    page.get_by_role("link", name=REQUIREMENT).first.click()
    expect(page.locator("main")).to_contain_text(reason)
    expect(page.locator("[name=summary]")).to_have_value(SENTENCE)
    expect(page.locator("main")).to_contain_text("夜巡记录.docx")
    page.fill("[name=rescued]", "2")
    reporter.picture("10-reporter-corrects", whole=True)
    page.get_by_role("button", name="报送", exact=True).click()
    expect(page.locator("main .state--submitted").first).to_be_visible()


def finds(person: Visitor, words: str, title: str, picture: str) -> None:
    """The person finds something by its words, once the worker has put it into the index."""
    person.open(f"/search/?q={words}")
    person.reload_until(lambda page: page.get_by_role("link", name=title).count() > 0)
    expect(person.page.locator("mark").first).to_be_visible()
    person.picture(picture)


def finds_nothing(person: Visitor, words: str) -> None:
    """Neither a hit nor a count tells that there is something."""
    page = person.open(f"/search/?q={words}")
    expect(page.get_by_role("link", name=REQUIREMENT)).to_have_count(0)
    expect(page.locator("main")).not_to_contain_text("夜巡记录")
    expect(page.locator("main mark")).to_have_count(0)


def test_the_main_job_from_policy_to_accepted_report(visitor: NewVisitor, tmp_path: Path) -> None:
    file = tmp_path / "夜巡记录.docx"
    file.write_bytes(word_file(["夜巡记录", f"巡查点位：{WORD_IN_FILE}、鸿港市场。"]))
    reason = "请补充救助人次后重新报送。"

    publish_policy(visitor("editor"))
    coordinator = visitor("coordinator")
    open_requirement(coordinator)
    reporter = visitor("reporter")
    submit_report(reporter, file)
    review(coordinator, returning=reason)
    send_again(reporter, reason)
    review(coordinator)

    staff = visitor("staff")
    finds(staff, "街面救助联动", POLICY, "13-staff-finds-policy")
    finds(staff, "鸿港市场夜间", REQUIREMENT, "14-staff-finds-report")
    finds(staff, WORD_IN_FILE, "夜巡记录.docx", "15-staff-finds-word-in-file")

    stranger = visitor("reporter-police")
    finds(stranger, "街面救助联动", POLICY, "16-other-unit-finds-policy")
    finds_nothing(stranger, "“鸿港市场夜间”")
    finds_nothing(stranger, f"“{WORD_IN_FILE}”")
    finds_nothing(visitor(), "“鸿港市场夜间”")
