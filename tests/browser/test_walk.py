"""A walk through every main page as each role, on a desk and on a telephone; its pictures are the handbook's."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewVisitor
from tests.browser.visitor import DESKTOP, ENGLISH_WORDS, PHONE, Visitor

pytestmark = pytest.mark.slow

PUBLIC = ("/", "/policies/", "/training/", "/campaigns/", "/search/", "/search/?q=救助")
INSIDE = (*PUBLIC, "/programmes/", "/account/", "/account/password/", "/account/second-factor/")
REPORTING = (*INSIDE, "/reports/")
COLLECTING = (*INSIDE, "/reports/review/", "/reports/petitions/", "/requirements/", "/requirements/new/")
PUBLISHING_DESK = ("/admin/", "/admin/pages/", "/admin/form-pages/", "/admin/account/")
PEOPLE_DESK = ("/admin/units/unit/", "/admin/units/person/", "/admin/units/membership/")
PLAN_DESK = ("/admin/plans/", "/admin/plans/upload/", "/admin/programmes/programme/", "/admin/programmes/task/")
FORM_DESK = ("/admin/form-templates/", "/admin/form-pages/import/")
RECORDS = ("/admin/audit/log/", "/admin/working-days/")

WALKS: dict[str, tuple[str, ...]] = {
    "": (*PUBLIC, "/sign-in/"),
    "reporter": REPORTING,
    "reviewer": REPORTING,
    "leader": INSIDE,
    "staff": INSIDE,
    "supervisor": (*PUBLIC, "/account/"),
    "auditor": (*INSIDE, "/admin/", *PEOPLE_DESK, *RECORDS),
    "coordinator": (*COLLECTING, *PLAN_DESK),
    "editor": (*INSIDE, *PUBLISHING_DESK, *FORM_DESK),
    "admin": (*INSIDE, *PUBLISHING_DESK, *PEOPLE_DESK, *PLAN_DESK, *RECORDS),
}
FOLLOWED = {
    "": (("/policies/", "main table a"), ("/training/", "main table a"), ("/campaigns/", "main h3 a, main .card a")),
    "reporter": (("/reports/", "main table a"),),
    "editor": (("/admin/form-pages/", "main td a[href$='/edit/']"),),
    "coordinator": (
        ("/programmes/", "main table a"),
        ("/requirements/", "main table a"),
        ("/reports/review/", "main table a"),
    ),
}
"""Pages without a fixed address: the list they hang on and the first link to one."""

OF_A_FORM = ("publish", "lifecycle", "versions", "keep-template", "insert-template")

KNOWN_WORDS = re.compile(
    r"""https?://\S+ | \S+@\S+ | \S+\.(?:docx|xlsx|pptx|pdf|txt|csv|html)\b   # addresses and names of files
      | \b(?:English|Word|Excel|XLSX|JSON|XLSForm|True|docx|Wagtail)\b  # languages, formats, the admin
      | \b\d{8}-[0-9A-Z]{4}-[0-9A-Z]{4}\b                       # numbers of receipts
      | \b[0-9a-f]{8}(?:\s+[0-9a-f]{8}){7}\b                    # the sum over what was sent
      | \b(?:LawRefBook|Laws)\b                                 # where a policy's text was taken from
      | \b(?:admin|editor|coordinator|reviewer|leader|auditor|supervisor|staff|reporter(?:-[a-z]+)?)\b  # user names
    """,
    re.VERBOSE,
)
CHINESE = re.compile(r"[\u4e00-\u9fff]")
PEOPLE = re.compile("舒望舒|钱牧之")
LONGEST_WAY = 90
"""Presses of the Tab key after which nobody would still be looking."""


def english_words(page: Page) -> list[str]:
    """Words of four letters and more that a reader of Chinese is shown and that are no names."""
    return ENGLISH_WORDS.findall(KNOWN_WORDS.sub(" ", page.locator("body").inner_text()))


def use_desk(person: Visitor) -> None:
    """Make the window as large as a desk's screen."""
    person.page.set_viewport_size({"width": DESKTOP["width"], "height": DESKTOP["height"]})


def look_at(person: Visitor, address: str, name: str) -> None:
    """Open the page, judge it on both screens, keep its pictures."""
    use_desk(person)
    answer = person.page.goto(person.url + address)
    assert answer is not None
    assert answer.status == 200, (address, answer.status)
    for size, window in (("desk", DESKTOP), ("phone", PHONE)):
        person.page.set_viewport_size({"width": window["width"], "height": window["height"]})
        assert address.startswith("/admin/") or person.has_no_sideways_scroll(), (address, size)
        assert english_words(person.page) == [], address
        person.picture(f"{name}-{size}")


def name_of(username: str, address: str) -> str:
    """A file name for a page's picture: admin-audit-log."""
    words = re.sub(r"[^a-z0-9]+", "-", address.partition("?")[0].strip("/")) or "home"
    return f"{username or 'nobody'}-{words}{'-found' if '?' in address else ''}"


@pytest.mark.parametrize("username", WALKS)
def test_each_main_page_fits_its_screen_and_speaks_only_chinese(visitor: NewVisitor, username: str) -> None:
    person = visitor(username)
    for address in WALKS[username]:
        look_at(person, address, name_of(username, address))


@pytest.mark.parametrize("username", FOLLOWED)
def test_what_the_lists_lead_to_fits_and_speaks_only_chinese(visitor: NewVisitor, username: str) -> None:
    person = visitor(username)
    for start, link in FOLLOWED[username]:
        use_desk(person)
        target = person.open(start).locator(link).first.get_attribute("href")
        assert target
        look_at(person, target, f"{name_of(username, start)}-one")


def test_what_is_done_with_a_form_fits_and_speaks_only_chinese(visitor: NewVisitor) -> None:
    person = visitor("editor")
    edit = person.open("/admin/form-pages/").locator("main td a[href$='/edit/']").first.get_attribute("href") or ""
    number = edit.split("/")[-3]
    for screen in OF_A_FORM:
        look_at(person, f"/admin/form-pages/{number}/{screen}/", f"editor-form-{screen}")
    look_at(person, f"/reports/try/{number}/", "editor-form-trial")


def test_people_without_work_in_the_admin_are_led_back_not_round_in_circles(visitor: NewVisitor) -> None:
    page = visitor("staff").open("/admin/")
    expect(page.locator("body")).to_contain_text("安平之")


def walk_by_tab(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus; wherever the focus is on the way, it can be seen.

    On a part of a date field, such as its calendar, the browser marks the part and says the field has no focus.
    """
    for _ in range(LONGEST_WAY):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            """wanted => {
                const here = document.activeElement;
                const look = getComputedStyle(here);
                const seen = look.outlineStyle !== "none" || look.boxShadow !== "none";
                return {there: here.matches(wanted), seen: seen || !here.matches(":focus"), html: here.outerHTML};
            }""",
            selector,
        )
        assert focused["seen"], focused["html"][:200]
        if focused["there"]:
            return
    raise AssertionError(f"{selector} cannot be reached by keyboard")


def test_one_signs_in_and_comes_to_the_form_and_sends_it_without_a_mouse(visitor: NewVisitor) -> None:
    person = visitor()
    page = person.open("/sign-in/")
    expect(page.locator("#id_username")).to_be_focused()
    page.keyboard.type("reporter")
    page.keyboard.press("Tab")
    page.keyboard.type("demo-Portal-2026")
    walk_by_tab(page, "main button[type=submit]")
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(re.compile("/sign-in/"))

    person.open("/reports/")
    walk_by_tab(page, 'main a[href$="/fill/"]')
    page.keyboard.press("Enter")
    expect(page.locator("form[data-fill]")).to_be_visible()
    person.picture("keyboard-form")

    walk_by_tab(page, "button[name=action][value=submit]")
    page.keyboard.press("Enter")
    summary = page.locator(".error-summary")
    expect(summary).to_be_visible()
    person.picture("keyboard-what-is-missing")
    summary.get_by_role("link").first.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('input, select, textarea, fieldset')")


def test_rows_of_a_table_are_added_and_taken_away_without_a_mouse(visitor: NewVisitor) -> None:
    person = visitor("reporter")
    page = person.open("/reports/")
    page.get_by_role("link", name="继续填报 集中开展机构安全隐患排查整改").first.click()
    table = page.locator("[data-form-table]").first
    expect(table).to_be_hidden()
    page.get_by_role("group", name="是否发现问题").get_by_label("是", exact=True).focus()
    page.keyboard.press("Space")
    expect(table).to_be_visible()
    rows = table.locator("[data-rows] > tr:visible")
    before = rows.count()
    page.locator("[data-add-row]").first.focus()
    page.keyboard.press("Enter")
    expect(rows).to_have_count(before + 1)
    person.picture("table-row-added")
    rows.last.locator("[data-remove-row]").focus()
    page.keyboard.press("Enter")
    expect(rows).to_have_count(before)


def test_a_wrong_password_and_too_many_of_them_are_said_in_chinese(visitor: NewVisitor) -> None:
    person = visitor()
    for attempt in range(5):
        page = person.open("/sign-in/")
        page.fill("#id_username", "reporter-finance")
        page.fill("#id_password", "不是这个密码")
        page.click("main button[type=submit]")
        if not attempt:
            expect(page.locator(".error-summary, .alert, .invalid-feedback").first).to_be_visible()
            assert english_words(page) == []
            person.picture("wrong-password")
    expect(page.locator("h1")).to_contain_text("尝试次数过多")
    assert english_words(page) == []
    person.picture("locked-out")


def test_a_page_that_does_not_exist_says_so_in_chinese(visitor: NewVisitor) -> None:
    person = visitor()
    page = person.open("/没有这一页/")
    expect(page.locator("h1, h2").first).to_contain_text("页面不存在")
    assert english_words(page) == []
    person.picture("not-found")


def test_a_coordinator_sees_what_the_plan_says_beside_its_text(visitor: NewVisitor, tmp_path: Path) -> None:
    plan = tmp_path / "冬季安全检查方案.txt"
    plan.write_text(
        "冬季安全检查工作方案\n一、主要任务\n（一）开展场所检查\n"
        "1. 检查托养场所。12月20日前，对全部托养场所检查一遍。（责任单位：市民政局、市应急管理局）\n"
        "2. 检查供暖设施。每月检查一次。（责任单位：市救助管理站）\n",
        encoding="utf-8",
    )
    person = visitor("coordinator")
    page = person.open("/admin/plans/upload/")
    page.set_input_files("input[type=file]", plan)
    page.locator("main button[type=submit], main input[type=submit]").first.click()
    expect(page.locator("main")).to_contain_text("检查供暖设施")
    assert english_words(page) == []
    person.picture("plan-proposal")


@pytest.mark.parametrize(
    ("username", "addresses"),
    [
        ("", ("/", "/sign-in/", "/search/")),
        ("reporter", ("/reports/", "/account/")),
        ("coordinator", ("/requirements/new/", "/reports/review/")),
    ],
)
def test_the_english_interface_has_no_chinese_labels(
    visitor: NewVisitor, username: str, addresses: tuple[str, ...]
) -> None:
    person = visitor(username)
    person.open("/").locator("header button[lang=en]").first.click()
    for address in addresses:
        page = person.open(address)
        labels = page.locator("header nav, main h2, main th[scope=col], main button").all_inner_texts()
        assert not [label for label in labels if CHINESE.search(PEOPLE.sub("", label))], address
