"""Choices that come from lists: regions level by level, choices that depend on others, both out of a spreadsheet."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from forms.builder.schema import FieldSchema, FormSchema
from forms.submissions.models import Submission, SubmissionVersion
from forms.submissions.services import save_draft
from tests.browser.filling import PASTE, Open, paste
from tests.browser.pauses import LONGEST_PAUSE, pause
from tests.browser.visitor import DESKTOP, PHONE
from tests.factories.builder import question, table_of
from tests.factories.submissions import Sides, asked_for

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.once]

MOST = 200
CITIES = [{"code": "hk", "label": "海口市"}, {"code": "sy", "label": "三亚市"}]
DISTRICTS: list[dict[str, Any]] = [
    {"code": "lh", "label": "龙华区", "within": ["hk"]},
    {"code": "ms", "label": "美兰区", "within": ["hk"]},
    {"code": "jy", "label": "吉阳区", "within": ["sy"]},
    {"code": "ty", "label": "天涯区", "within": ["sy"]},
    {"code": "zz", "label": "不详"},
]
STREETS: list[dict[str, Any]] = [
    {"code": f"s{n}", "label": f"{n}号社区", "within": ["hk" if n % 2 else "sy"]} for n in range(80)
]
JIYANG = {"region": "460203", "name": "海南省三亚市吉阳区"}
DONGCHENG = {"region": "110101", "name": "北京市东城区"}


def choice(key: str, label: str, choices: list[dict[str, Any]], parent: str = "", **fields: Any) -> FieldSchema:
    """A choice of a list, filtered by another one."""
    options = {"choices": choices, **({"filter_by": parent} if parent else {})}
    return FieldSchema(key, "choice", label, options=options, **fields)


SCHEMA = FormSchema(
    "返乡安置情况",
    fields=(
        question("region", "home", "户籍地", required=True),
        question("text", "local", "本市安置意见", logic={"show": {"===": [{"var": "answers.home"}, "460203"]}}),
        choice("city", "接收城市", CITIES),
        choice("district", "接收区", DISTRICTS, "city"),
        table_of(
            question("text", "name", "姓名"),
            choice("town", "城市", CITIES),
            choice("part", "区", DISTRICTS, "town"),
            choice("street", "社区", STREETS, "town"),
            question("region", "from", "来源地"),
            question("year_month", "when", "月份"),
            question("text", "note", "送返说明", logic={"show": {"===": [{"var": "row.from"}, "110101"]}}),
            question("text", "care", "社区意见", logic={"show": {"===": [{"var": "row.street"}, "s3"]}}),
            key="list",
            label="人员清单",
            max_rows=MOST,
        ),
    ),
)


@pytest.fixture
def found() -> Sides:
    """A report with these questions."""
    return asked_for(SCHEMA)


def cell(page: Page, row: int, column: str) -> Locator:
    """What a row asks in a column."""
    return page.locator("[data-row]").nth(row).locator(f'[data-question="{column}"]')


def control(page: Page, row: int, column: str) -> Locator:
    """The input of a row and column."""
    return cell(page, row, column).locator("[name]")


def choose_region(within: Locator, *names: str) -> None:
    """Choose level by level."""
    for number, name in enumerate(names):
        within.locator(".region select").nth(number).select_option(label=name)


def stored(found: Sides) -> dict[str, Any]:
    """The draft's answers."""
    answers: dict[str, Any] = Submission.objects.get(pk=found.expected.pk).answers
    return answers


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desk", "telephone"])
def test_a_reporter_chooses_level_by_level_pastes_rows_and_sends(fill: Open, viewport: dict[str, int]) -> None:
    page = fill(viewport=viewport)
    local = page.locator('[data-question="local"]')
    home = page.locator('[data-question="home"]')
    choose_region(home, "海南省", "三亚市")
    expect(local).to_be_hidden()
    choose_region(home, "海南省", "三亚市", "吉阳区")
    expect(local).to_be_visible()
    page.locator("[name=local]").fill("就近安置")
    page.locator("[name=city][value=sy]").check()
    district = page.locator('[data-question="district"]')
    expect(district.get_by_label("天涯区")).to_be_visible()
    expect(district.get_by_label("龙华区")).to_be_hidden()
    district.get_by_label("天涯区").check()
    lines = ["张三\t三亚市\t吉阳区\t4号社区\t北京市东城区\t2026年3月", "李四\thk\tms\ts3\t吉阳区\t2026-04"]
    paste(control(page, 0, "name"), "\n".join(lines))
    expect(cell(page, 0, "note")).to_be_visible()
    expect(cell(page, 1, "note")).to_be_hidden()
    expect(cell(page, 0, "care")).to_be_hidden()
    expect(cell(page, 1, "care")).to_be_visible()
    expect(page.locator(".choice-note:visible", has_text="。")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    page.click("button[value=submit]")
    expect(page.locator(".answers")).to_contain_text("海南省三亚市吉阳区")
    sent = SubmissionVersion.objects.get().answers
    assert sent["home"] == JIYANG
    assert (sent["city"], sent["district"]) == ("sy", "ty")
    assert sent["list"] == [
        {"name": "张三", "town": "sy", "part": "jy", "street": "s4", "from": DONGCHENG, "when": "2026-03"},
        {"name": "李四", "town": "hk", "part": "ms", "street": "s3", "from": JIYANG, "when": "2026-04"},
    ]


def test_what_is_not_understood_stands_beside_its_cell_and_nothing_is_lost(fill: Open, found: Sides) -> None:
    page = fill()
    control(page, 0, "name").fill("原有")
    cell(page, 0, "town").locator("select").select_option("hk")
    paste(
        control(page, 0, "name"),
        "张三\t文昌市\t吉阳区\t百号社区\t朝阳区\t春天\n李四\t三亚市\t没有\t4号社区\t月球\t2026-04",
    )
    expect(control(page, 0, "name")).to_have_value("张三")
    expect(cell(page, 0, "town")).to_contain_text("文昌市")
    expect(control(page, 0, "town")).to_have_value("hk")
    expect(cell(page, 0, "part").locator(".choice-note")).to_contain_text("海口市")
    expect(cell(page, 0, "street")).to_contain_text("百号社区")
    expect(control(page, 0, "street")).to_have_value("百号社区")
    expect(cell(page, 0, "from").locator(".choice-note")).to_contain_text("朝阳区")
    expect(cell(page, 0, "from")).to_contain_text("全称")
    expect(control(page, 0, "when")).to_have_value("春天")
    expect(cell(page, 1, "part")).to_contain_text("没有")
    expect(cell(page, 1, "from")).to_contain_text("月球")
    expect(page.locator("[data-row-status]")).to_contain_text("文昌市")
    cell(page, 1, "part").locator("select").select_option("ty")
    expect(cell(page, 1, "part").locator("[data-paste-note]")).to_have_count(0)
    choose_region(cell(page, 1, "from"), "北京市", "东城区")
    expect(cell(page, 1, "from").get_by_text("月球")).to_be_hidden()
    expect(cell(page, 1, "note")).to_be_visible()
    page.click("[data-save]")
    first, second = stored(found)["list"]
    assert first == {"name": "张三", "town": "hk", "part": "jy", "street": "百号社区", "from": "朝阳区", "when": "春天"}
    assert second == {
        "name": "李四",
        "town": "sy",
        "part": "ty",
        "street": "s4",
        "from": DONGCHENG,
        "when": "2026-04",
    }


def test_pasting_choices_and_regions_is_taken_back(fill: Open) -> None:
    page = fill()
    paste(control(page, 0, "name"), "甲\t海口市\t龙华区\t3号社区\t北京市东城区")
    expect(cell(page, 0, "care")).to_be_visible()
    paste(control(page, 0, "name"), "乙\t三亚市\t吉阳区\t4号社区\t吉阳区\n丙\t三亚市\t无\t\t无")
    expect(cell(page, 0, "care")).to_be_hidden()
    page.click("[data-undo]")
    expect(page.locator("[data-row]:visible")).to_have_count(1)
    expect(control(page, 0, "part")).to_have_value("lh")
    expect(control(page, 0, "street")).to_have_value("3号社区")
    expect(cell(page, 0, "from").locator("select").nth(1)).to_have_value("110101")
    expect(cell(page, 0, "care")).to_be_visible()
    expect(cell(page, 0, "note")).to_be_visible()


def pause_of_pasting(page: Page, text: str) -> float:
    """How long the page takes no clicks while it pastes."""
    control(page, 0, "name").focus()
    return pause(page, lambda: page.evaluate(PASTE, [text, True]))


def test_two_hundred_rows_of_choices_and_regions_are_pasted_without_freezing(fill: Open, found: Sides) -> None:
    page = fill()
    expect(cell(page, 0, "from").locator("select").first).to_be_visible()
    line = "张三\t三亚市\t吉阳区\t4号社区\t海南省三亚市吉阳区\t2026-03"
    assert pause_of_pasting(page, "\n".join([line] * MOST)) < LONGEST_PAUSE
    expect(page.locator("[data-row]")).to_have_count(MOST)
    page.click("[data-save]")
    expect(page.locator("[data-row]")).to_have_count(MOST)
    answers = stored(found)["list"]
    assert len(answers) == MOST
    assert answers[MOST - 1]["from"] == JIYANG


def test_ten_thousand_rows_are_refused_in_words_at_once_and_nothing_is_lost(fill: Open) -> None:
    page = fill()
    paste(control(page, 0, "name"), "张三\t三亚市\t吉阳区\t4号社区\t吉阳区")
    line = '"张三\t三亚市\t吉阳区\t4号社区\t海南省三亚市吉阳区\t2026-03'
    assert pause_of_pasting(page, "\n".join([line] * 10_000)) < LONGEST_PAUSE
    status = page.locator("[data-row-status]")
    expect(status).to_contain_text("10,000")
    expect(status).to_contain_text("200")
    expect(status).to_be_in_viewport()
    expect(page.locator("[data-row]:visible")).to_have_count(1)
    expect(control(page, 0, "name")).to_have_value("张三")
    expect(control(page, 0, "street")).to_have_value("4号社区")


def test_stored_answers_decide_as_soon_as_the_page_is_open(fill: Open, found: Sides) -> None:
    row = {"name": "张三", "town": "hk", "part": "lh", "street": "s3", "from": DONGCHENG}
    save_draft(user=found.reporter, expected=found.expected, answers={"home": JIYANG, "list": [row]}, revision=0)
    page = fill()
    for shown in (page.locator('[data-question="local"]'), cell(page, 0, "note"), cell(page, 0, "care")):
        expect(shown).to_be_visible()
    expect(cell(page, 0, "from").locator("select").nth(1)).to_have_value("110101")
    control(page, 0, "street").fill("4号 社区")
    expect(cell(page, 0, "care")).to_be_hidden()
    control(page, 0, "street").fill("３号社区")
    expect(cell(page, 0, "care")).to_be_visible()
    control(page, 0, "street").focus()  # the list now offers only what belongs to this row
    page.click("[data-add-row]")
    expect(cell(page, 0, "care")).to_be_visible()


def test_rows_show_their_region_without_scripts(fill: Open, found: Sides) -> None:
    rows = [{"from": JIYANG}, {"from": {"region": "110103", "name": "北京市崇文区"}}]
    save_draft(user=found.reporter, expected=found.expected, answers={"list": rows}, revision=0)
    page = fill(java_script_enabled=False)
    expect(control(page, 0, "from")).to_have_value("海南省三亚市吉阳区")
    expect(control(page, 1, "from")).to_have_value("北京市崇文区")
    page.click("[data-save]")
    assert stored(found)["list"] == rows


def test_a_choice_that_no_longer_belongs_is_said_once_and_beside_it(fill: Open, found: Sides) -> None:
    answers = {"home": JIYANG, "city": "sy", "district": "lh", "list": [{"town": "sy", "part": "lh"}]}
    save_draft(user=found.reporter, expected=found.expected, answers=answers, revision=0)
    page = fill()
    district = page.locator('[data-question="district"]')
    fault = "“龙华区”不属于"
    expect(district.get_by_text(fault)).to_have_count(1)
    page.click("button[value=submit]")
    expect(page.locator(".error-summary")).to_be_visible()
    for place in (district, cell(page, 0, "part")):
        expect(place.get_by_text(fault)).to_have_count(1)
    district.get_by_label("吉阳区").check()
    expect(district.get_by_text(fault).locator("visible=true")).to_have_count(0)
    control(page, 0, "part").select_option("ty")
    expect(cell(page, 0, "part").get_by_text(fault).locator("visible=true")).to_have_count(0)
