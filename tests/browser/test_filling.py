"""Filling in with a keyboard, a telephone and a spreadsheet: pages, conditions, pasting, what must be explained."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from forms.builder.schema import FormSchema, RuleSchema
from forms.submissions.models import Submission, SubmissionVersion
from forms.submissions.services import save_draft
from tests.browser.filling import PASTE, Open, paste
from tests.browser.leaving import leaving
from tests.browser.pauses import LONGEST_PAUSE, pause
from tests.browser.visitor import DESKTOP, PHONE
from tests.factories.builder import question, table_of
from tests.factories.submissions import Sides, asked_for

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.once]

FOUND = {"show": {"===": [{"var": "answers.found"}, True]}}
DONE = {"show": {"===": [{"var": "row.done"}, True]}}
NOT_FULL = {"<=": [{"var": "answers.people"}, {"var": "answers.beds"}]}
MOST = 200

SCHEMA = FormSchema(
    "安全检查",
    fields=(
        question("text", "place", "被检查机构", required=True),
        question("yes_no", "found", "是否发现问题", required=True),
        question("number", "people", "在站人数"),
        question("number", "beds", "床位数"),
        question("page_break", "b2", "问题清单", logic=FOUND),
        table_of(
            question("section", "g1", "问题"),
            question("text", "what", "问题内容", required=True),
            question("choice", "level", "等级"),
            question("section", "g2", "整改"),
            question("date", "by", "整改时限"),
            question("yes_no", "done", "已整改"),
            question("date", "on", "整改日期", logic=DONE),
            question("number", "cost", "经费", options={"unit": "元", "decimals": 2}),
            question("long_text", "note", "备注"),
            question("text", "who", "责任人"),
            key="list",
            label="问题清单",
            max_rows=MOST,
            totals=["cost"],
        ),
        question("page_break", "b3", "意见"),
        question("long_text", "view", "领导意见", required=True),
    ),
    rules=(RuleSchema("full", "people", NOT_FULL, "人多于床。", "warning"),),
)


@pytest.fixture
def found() -> Sides:
    """A report with these questions, of which it is known that problems were found."""
    sides = asked_for(SCHEMA)
    save_draft(user=sides.reporter, expected=sides.expected, answers={"found": True}, revision=0)
    return sides


def cell(page: Page, row: int, column: str) -> Locator:
    """An input of the table."""
    return page.locator(f'[name="list.{row}.{column}"]')


def status(page: Page) -> Locator:
    """What the table says."""
    return page.locator("[data-row-status]")


def test_cells_of_a_spreadsheet_fill_the_table_as_a_person_would(fill: Open, found: Sides) -> None:
    page = fill(2)
    first = '通道堵塞\t重大\t2026/12/5\t√\t2026年11月3日\t1,200.50\t"两行\n备注"\t张三'
    paste(cell(page, 0, "what"), f"{first}\n留样不全\t一般\t20261231\t否\t\t300")
    expect(page.locator("[data-row]:visible")).to_have_count(2)
    expect(cell(page, 0, "level")).to_have_value("c2")
    expect(cell(page, 0, "by")).to_have_value("2026-12-05")
    expect(cell(page, 0, "done")).to_have_value("yes")
    expect(cell(page, 0, "on")).to_have_value("2026-11-03")
    expect(cell(page, 0, "note")).to_have_value("两行\n备注")
    expect(cell(page, 1, "on")).to_be_hidden()
    expect(page.locator("[data-total=cost]")).to_have_text("1,500.5 元")
    page.click("[data-save]")
    expect(page.locator("[data-total=cost]")).to_have_text("1,500.5 元")
    answers = Submission.objects.get(pk=found.expected.pk).answers["list"]
    assert [row["cost"] for row in answers] == [1200.5, 300]
    assert answers[1] == {"what": "留样不全", "level": "c1", "by": "2026-12-31", "done": False, "cost": 300}


def test_what_is_not_understood_is_named_and_left_and_pasting_is_taken_back(fill: Open) -> None:
    page = fill(2)
    cell(page, 0, "what").fill("原有")
    paste(cell(page, 0, "what"), "甲\t特大\n乙\t一般\n丙\t重大")
    expect(status(page)).to_contain_text("特大")
    expect(cell(page, 0, "level")).to_have_value("")
    expect(cell(page, 2, "level")).to_have_value("c2")
    page.click("[data-undo]")
    expect(cell(page, 0, "what")).to_have_value("原有")
    expect(page.locator("[data-row]:visible")).to_have_count(1)
    paste(cell(page, 0, "what"), "甲\t重大")
    page.keyboard.press("Control+z")
    expect(cell(page, 0, "what")).to_have_value("原有")


def test_more_rows_than_fit_fill_nothing_and_lose_nothing(fill: Open) -> None:
    page = fill(2)
    cell(page, 0, "what").fill("原有")
    paste(cell(page, 0, "what"), "\n".join(f"问题{n}\t一般" for n in range(10_000)))
    expect(status(page)).to_contain_text("10,000")
    expect(status(page)).to_contain_text(str(MOST))
    expect(cell(page, 0, "what")).to_have_value("原有")
    expect(page.locator("[data-row]:visible")).to_have_count(1)
    paste(cell(page, 0, "what"), "\t".join("甲" * 12))
    expect(cell(page, 0, "what")).to_have_value("原有")


def test_two_hundred_rows_of_eight_columns_are_pasted_without_freezing(fill: Open) -> None:
    page = fill(2)
    line = "通道堵塞\t重大\t2026/12/5\t是\t2026-11-03\t12.5\t备注\t张三"
    cell(page, 0, "what").focus()
    assert pause(page, lambda: page.evaluate(PASTE, ["\n".join([line] * MOST), True])) < LONGEST_PAUSE
    expect(page.locator("[data-row]")).to_have_count(MOST)
    expect(page.locator("[data-total=cost]")).to_have_text("2,500 元")


def test_a_text_of_several_lines_stays_in_its_cell(fill: Open) -> None:
    page = fill(2)
    paste(cell(page, 0, "note"), "第一段\n第二段", sheet=False)
    expect(page.locator("[data-row]:visible")).to_have_count(1)


def test_a_removed_row_comes_back_and_blank_ones_do_not(fill: Open) -> None:
    page = fill(2)
    paste(cell(page, 0, "what"), "甲\t一般\n乙\t重大")
    page.locator("[data-remove-row]").first.click()
    expect(page.locator("[data-row]:visible")).to_have_count(1)
    page.click("[data-undo]")
    expect(page.locator("[data-row]:visible")).to_have_count(2)
    expect(page.locator("[data-saved-state]")).to_contain_text("已")
    with leaving(page):  # going back at once would stop the saving on a busy machine
        page.click("button[value=next]")
    page.go_back()
    page.reload()
    expect(page.locator("[data-row]:visible")).to_have_count(2)


def test_enter_goes_down_the_column_as_in_a_spreadsheet_and_sends_nothing(fill: Open) -> None:
    page = fill(2)
    cell(page, 0, "what").fill("甲")
    page.keyboard.press("Enter")
    expect(page.locator("[data-add-row]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(cell(page, 1, "what")).to_be_focused()
    page.keyboard.type("乙")
    cell(page, 0, "what").focus()
    page.keyboard.press("Enter")
    expect(cell(page, 1, "what")).to_be_focused()
    expect(cell(page, 0, "what")).to_have_value("甲")
    expect(cell(page, 1, "what")).to_have_value("乙")


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desk", "telephone"])
def test_a_form_with_pages_is_filled_in_and_sent_by_keyboard(fill: Open, viewport: dict[str, int]) -> None:
    page = fill(1, viewport=viewport)
    page.locator("[name=place]").focus()
    page.keyboard.type("救助管理站")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.locator("[name=people]").fill("50")
    page.locator("[name=beds]").fill("40")
    explanation = page.locator('[name=".reasons.full"]')
    expect(explanation).to_be_visible()
    page.locator("button[value=next]").focus()
    page.keyboard.press("Enter")
    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    listed, bar = summary.bounding_box(), page.locator(".fill-bar").bounding_box()
    assert listed is not None
    assert bar is not None
    assert listed["y"] + listed["height"] <= bar["y"]  # seen whole, not behind the buttons
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(explanation).to_be_focused()
    explanation.fill("节前集中救助")
    page.locator("[name=found][value=no]").check()
    page.click("button[value=next]")
    expect(page.locator(".fill-pages-where")).to_contain_text("2")
    expect(page.locator("[name=view]")).to_be_visible()
    page.click("button[value=next]")
    page.locator("[name=view]").fill("同意")
    page.click("button[value=next]")
    expect(page.locator(".fill-summary").first).to_contain_text("节前集中救助")
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    page.click("button[value=submit]")
    expect(page.locator(".answers")).to_contain_text("同意")
    sent = SubmissionVersion.objects.get()
    assert sent.answers[".reasons"] == {"full": "节前集中救助"}
    assert "list" not in sent.answers


def test_an_answer_that_is_switched_off_or_hidden_is_not_lost(fill: Open, found: Sides) -> None:
    page = fill(1)
    page.locator("[name=found][value=yes]").check()
    page.click("button[value=page-2]")
    paste(cell(page, 0, "what"), "甲\t一般")
    page.click("button[value=page-1]")
    page.locator("[name=found][value=no]").check()
    page.click("[data-save]")
    expect(page.locator(".fill-pages")).not_to_contain_text("问题清单")
    assert Submission.objects.get(pk=found.expected.pk).answers["list"] == [{"what": "甲", "level": "c1"}]


def test_the_time_counts_while_somebody_works_in_the_page(fill: Open) -> None:
    page = fill(1)
    page.clock.install()
    page.reload()
    page.route("**/autosave/", lambda asked: asked.abort())  # then all of it is sent with the button
    page.locator("[name=place]").fill("站")
    page.clock.run_for(5_000)
    page.clock.run_for(600_000)  # nobody touches anything for ten minutes
    page.evaluate("draft.calm()")
    with page.expect_request(lambda sent: sent.method == "POST" and "/fill/" in sent.url) as saving:
        page.click("[data-save]")
    found = re.search(r'name="\.seconds"\s+(\d+)', saving.value.post_data or "")
    assert found
    assert 60 <= int(found[1]) <= 66


def test_without_scripts_everything_can_still_be_filled_in(fill: Open, found: Sides) -> None:
    page = fill(1, java_script_enabled=False)
    page.locator("[name=place]").fill("站")
    page.locator("[name=found][value=yes]").check()
    page.click("button[value=next]")
    cell(page, 0, "what").fill("甲")
    page.click("button[name='.add_row']")
    cell(page, 1, "what").fill("乙")
    page.click("button[value=next]")
    page.locator("[name=view]").fill("同意")
    page.click("button[value=next]")
    page.click("button[value=submit]")
    assert SubmissionVersion.objects.get().answers["list"] == [{"what": "甲"}, {"what": "乙"}]
