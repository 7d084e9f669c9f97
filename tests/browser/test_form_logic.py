"""A form answers while somebody types: what is asked, what is calculated, what does not fit."""

import datetime
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from crispy_forms.utils import render_crispy_form
from playwright.sync_api import Browser, Locator, Page, expect

from forms.builder.answer_form import SCRIPTS, AnswerForm
from forms.builder.fields import Sources
from forms.builder.logic.outcome import LogicContext
from forms.builder.schema import FormSchema
from tests.browser.portal import ROOT
from tests.unit.forms.builder.logic.asking import form, is_same, q, rule, var

TODAY = datetime.date(2026, 3, 1)
LEVELS = {"choices": [{"code": "a", "label": "一般"}, {"code": "b", "label": "重大"}]}
COST = {"sum": [{"map": [var("answers.t"), var("sub")]}]}
SHARE = {"*": [{"/": [var("answers.fixed"), var("answers.found")]}, 100]}
FORM = form(
    q("kind", "choice", "隐患等级", options=LEVELS),
    q("why", "text", "说明", show=is_same("answers.kind", "b"), require=is_same("answers.kind", "b")),
    q("found", label="发现问题数", options={"unit": "个"}),
    q("fixed", label="已整改数", options={"unit": "个"}),
    q("rate", "calculated", "整改率", value=SHARE, options={"decimals": 2}),
    q("s", "section", "重大隐患", show=is_same("answers.kind", "b")),
    q("boss", "text", "负责领导"),
    q("phone", "text", "联系方式", enable={"!": {"blank": var("answers.boss")}}),
    q("e", "section", "清单"),
    q(
        "t",
        "table",
        "问题清单",
        options={"totals": ["n"]},
        columns=[
            q("n", label="数量"),
            q("cost", label="单价", options={"decimals": 2}),
            q("sub", "calculated", "小计", value={"*": [var("row.n"), var("row.cost")]}, options={"decimals": 2}),
            q("after", "section", "整改情况"),
            q("done", "yes_no", "已整改"),
            q("when", "date", "整改日期", show=is_same("row.done", True)),
        ],
    ),
    q("sum", "calculated", "金额合计", value=COST, options={"unit": "元"}),
    rules=(
        rule("r1", "fixed", {"<=": [var("answers.fixed"), var("answers.found")]}, "多于发现数"),
        rule("r2", "found", {"<=": [var("answers.found"), 100]}, "超过一百", "warning"),
        rule("r3", "t.n", {"<=": [var("row.n"), 50]}, "数量过大", "warning"),
    ),
)

Open = Callable[..., Page]


@pytest.fixture
def filling(browser: Browser) -> Iterator[Open]:
    """A form as a page of its own, with all its scripts."""
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))

    def draw(schema: FormSchema = FORM, answers: dict[str, Any] | None = None) -> Page:
        drawn = AnswerForm(schema, Sources(), answers=answers or {}, context=LogicContext(TODAY))
        page.set_content(f'<html lang="zh-hans"><body><form>{render_crispy_form(drawn)}</form></body></html>')
        for script in SCRIPTS:
            page.add_script_tag(path=ROOT / "static" / script)
        return page

    yield draw
    page.close()
    assert faults == []


def wrapper(page: Page, key: str) -> Locator:
    return page.locator(f'[data-question="{key}"]').first


def value(page: Page, key: str) -> Locator:
    return wrapper(page, key).locator("[data-value]")


def test_a_question_appears_with_its_condition_and_is_announced(filling: Open) -> None:
    page = filling()
    expect(wrapper(page, "why")).to_be_hidden()
    page.get_by_label("重大", exact=True).check()
    expect(wrapper(page, "why")).to_be_visible()
    expect(wrapper(page, "why").locator("[data-required]")).to_be_visible()
    expect(page.locator('input[name="why"]')).to_have_attribute("aria-required", "true")
    expect(page.locator('form > [role="status"]')).to_contain_text("说明")
    page.get_by_label("一般", exact=True).check()
    expect(wrapper(page, "why")).to_be_hidden()


def test_a_section_brings_its_questions_along(filling: Open) -> None:
    page = filling()
    expect(wrapper(page, "boss")).to_be_hidden()
    page.get_by_label("重大", exact=True).check()
    expect(page.locator('[data-section="s"]')).to_be_visible()
    expect(wrapper(page, "boss")).to_be_visible()


def test_a_question_takes_no_answer_until_it_may(filling: Open) -> None:
    page = filling(answers={"kind": "b"})
    expect(page.locator('input[name="phone"]')).to_be_disabled()
    page.locator('input[name="boss"]').fill("张三")
    expect(page.locator('input[name="phone"]')).to_be_enabled()


def test_numbers_are_calculated_with_as_people_write_them(filling: Open) -> None:
    page = filling()
    expect(value(page, "rate")).to_have_text("—")
    page.locator('input[name="found"]').fill("１２")
    page.locator('input[name="fixed"]').fill("4个")
    expect(value(page, "rate")).to_have_text("33.33")
    page.locator('input[name="found"]').fill("0")
    expect(wrapper(page, "rate").locator("[data-messages]")).not_to_be_empty()


def test_what_does_not_fit_is_said_and_taken_back(filling: Open) -> None:
    page = filling()
    page.locator('input[name="found"]').fill("1")
    page.locator('input[name="fixed"]').fill("2")
    expect(wrapper(page, "fixed").locator("[data-messages]")).to_have_text("多于发现数")
    page.locator('input[name="fixed"]').fill("1")
    expect(wrapper(page, "fixed").locator("[data-messages]")).to_be_empty()


def test_a_warning_asks_for_a_reason_and_keeps_it(filling: Open) -> None:
    page = filling()
    found = page.locator('input[name="found"]')
    found.fill("101")
    reason = page.locator('textarea[name=".reasons.r2"]')
    reason.fill("专项排查")
    found.fill("100")
    expect(reason).to_be_hidden()
    found.fill("102")
    expect(reason).to_be_visible()
    expect(reason).to_have_value("专项排查")


def test_rows_have_logic_of_their_own_also_those_added_later(filling: Open) -> None:
    page = filling(answers={"t": [{"n": 2, "cost": 1.5, "done": True}]})
    first, second = page.locator("[data-row]").first, page.locator("[data-row]").nth(1)
    expect(first.locator('[data-question="sub"] [data-value]')).to_have_text("3")
    expect(first.locator('[data-question="when"]')).to_be_visible()
    page.locator("[data-add-row]").click()
    expect(second.locator('[data-question="when"]')).to_be_hidden()
    second.locator('[name="t.1.n"], [name="t.2.n"], [name="t.3.n"]').first.fill("60")
    second.locator('input[name$=".cost"]').fill("0.1")
    second.locator('select[name$=".done"]').select_option("yes")
    expect(second.locator('[data-question="when"]')).to_be_visible()
    expect(second.locator('[data-question="sub"] [data-value]')).to_have_text("6")
    expect(value(page, "sum")).to_have_text("9 元")
    expect(page.locator('[data-total="n"]')).to_contain_text("62")
    expect(second.locator('textarea[name^=".reasons.r3."]')).to_be_visible()


def test_a_removed_row_counts_for_nothing(filling: Open) -> None:
    page = filling(answers={"t": [{"n": 2, "cost": 1.5}, {"n": 1, "cost": 10}]})
    expect(value(page, "sum")).to_have_text("13 元")
    page.locator("[data-remove-row]").first.click()
    expect(value(page, "sum")).to_have_text("10 元")
    page.locator("[data-undo]").click()
    expect(value(page, "sum")).to_have_text("13 元")


def test_a_column_that_no_row_is_asked_for_has_no_heading(filling: Open) -> None:
    page = filling(answers={"t": [{"n": 2, "done": False}]})
    heading = page.locator("thead th", has_text="整改日期")
    group = page.locator("thead .entry-group", has_text="整改情况")
    expect(heading).to_be_hidden()
    expect(group).to_have_attribute("colspan", "1")
    page.locator('select[name="t.0.done"]').select_option("yes")
    expect(heading).to_be_visible()
    expect(group).to_have_attribute("colspan", "2")


def test_a_day_out_of_bounds_is_no_answer_as_on_the_server(filling: Open) -> None:
    bounds = {"earliest": "2026-01-01", "latest": "2026-12-31"}
    schema = form(
        q("day", "date", "检查日期", options=bounds),
        q("month", "year_month", "月份", options=bounds),
        q("a", "text", "说明一", show={"!": {"blank": var("answers.day")}}),
        q("b", "text", "说明二", show={"!": {"blank": var("answers.month")}}),
    )
    page = filling(schema)
    for key, shown, first, last, outside in (
        ("day", "a", "2026-01-01", "2026-12-31", "2027-01-01"),
        ("month", "b", "2026-01", "2026-12", "2025-12"),
    ):
        field = page.locator(f'input[name="{key}"]')
        assert (field.get_attribute("min"), field.get_attribute("max")) == (first, last)
        field.fill(last)
        expect(wrapper(page, shown)).to_be_visible()
        field.fill(outside)
        expect(wrapper(page, shown)).to_be_hidden()


def test_what_is_typed_in_another_form_means_the_same_as_on_the_server(filling: Open) -> None:
    schema = form(
        q("tel", "phone", "电话"),
        q("who", "person", "联系人", options={"others": True}),
        q("a", "text", "说明一", show=is_same("answers.tel", "0898-88276666")),
        q("b", "text", "说明二", show=is_same("answers.who", "王五")),
    )
    page = filling(schema)
    page.locator('input[name="tel"]').fill("（0898）８８２７ ６６６６")
    expect(wrapper(page, "a")).to_be_visible()
    page.locator('input[name="tel"]').fill("88276666")
    expect(wrapper(page, "a")).to_be_hidden()
    page.locator('input[name="who"]').fill(" 王五")
    expect(wrapper(page, "b")).to_be_visible()


def test_three_tables_of_fifty_rows_follow_the_typing(filling: Open) -> None:
    columns = [q(f"c{number}", label=f"列{number}") for number in range(7)]
    tables = [
        q(f"t{table}", "table", f"表{table}", columns=[*columns, q("x", "calculated", value={"+": [var("row.c0"), 1]})])
        for table in range(3)
    ]
    answers = {table.key: [{f"c{number}": number for number in range(7)}] * 50 for table in tables}
    page = filling(form(*tables), answers)
    took = page.evaluate(
        """async () => {
          const input = document.querySelector('[name="t1.7.c0"]');
          const times = [];
          for (let typed = 1; typed <= 5; typed += 1) {
            input.value = String(typed);
            const since = performance.now();
            const done = new Promise((after) => document.addEventListener("logic:updated", after, { once: true }));
            input.dispatchEvent(new Event("input", { bubbles: true }));
            await done;
            times.push(performance.now() - since);
          }
          return times.sort((one, other) => one - other)[2];
        }"""
    )
    assert took < 400, "patience is 120 ms; the rest is the page's"
