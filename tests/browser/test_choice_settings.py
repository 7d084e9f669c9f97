"""Where choices come from, set by clicking: a long list out of a spreadsheet, and the units below one unit."""

import itertools
import json
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from forms.builder.choice_lists.lines import MAX_CHOICES
from tests.browser.conftest import NewVisitor
from tests.browser.form_builder import PASTE, FormBuilder, Question, pick
from tests.browser.pauses import LONGEST_PAUSE, pause
from tests.browser.portal import RunningPortal
from tests.browser.test_form_editor import drafted, named, published

pytestmark = [pytest.mark.slow]

ROOM_FOR_A_DISTRICT = 100
LABELS = [f"{number:04d}号社区居民委员会" for number in range(MAX_CHOICES)]


@pytest.fixture(scope="module")
def portal(own_portal: RunningPortal) -> RunningPortal:
    """None of this is searched for."""
    return own_portal


@pytest.fixture
def builder(visitor: NewVisitor) -> FormBuilder:
    return FormBuilder(visitor("editor"))


def page_number(builder: FormBuilder) -> int:
    """Number of the form that is open."""
    return int(builder.page.url.split("/pages/")[1].split("/")[0])


class Grid:
    """The grid of choices of a question."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.element = question.element.locator(".choices-grid")
        self.labels = self.element.locator("[data-label]")

    @property
    def lines(self) -> list[dict[str, Any]]:
        """What would be saved."""
        found: list[dict[str, Any]] = json.loads(self.question.setting("choices").input_value())
        return found

    def button(self, row: int, number: int) -> Locator:
        """Up, down or remove."""
        return self.element.locator("tbody tr").nth(row).locator(".choices-grid-acts button").nth(number)

    def pause(self, button: Locator) -> float:
        """Seconds for which the page answers to nothing after a click."""
        return pause(button.page, lambda: button.evaluate("button => button.click()"))


def test_two_thousand_choices_are_pasted_shown_changed_and_saved_without_freezing(
    builder: FormBuilder, portal: RunningPortal
) -> None:
    form = builder.new("社区名单")
    grid = Grid(form.question("choice", "社区", choices=LABELS))
    assert [line["label"] for line in grid.lines] == LABELS
    more = grid.element.get_by_role("button", name="再显示")
    while more.is_visible():
        assert grid.pause(more) < LONGEST_PAUSE
    expect(grid.labels).to_have_count(MAX_CHOICES)
    assert grid.pause(grid.button(0, 1)) < LONGEST_PAUSE
    assert [line["label"] for line in grid.lines[:2]] == [LABELS[1], LABELS[0]]
    grid.labels.nth(1).fill(LABELS[5])
    grid.labels.nth(1).blur()
    expect(grid.element.locator(".choices-grid-error:visible")).to_have_count(2)
    assert grid.pause(grid.button(1, 2)) < LONGEST_PAUSE
    expect(grid.element.locator(".choices-grid-error:visible")).to_have_count(0)
    expect(grid.labels.nth(MAX_CHOICES - 2)).to_have_value(LABELS[-1])
    expect(grid.labels.nth(MAX_CHOICES - 2)).to_have_attribute("aria-label", f"第 {MAX_CHOICES - 1} 项")
    assert grid.pause(grid.element.get_by_role("button", name="撤销")) < LONGEST_PAUSE
    expect(grid.labels).to_have_count(MAX_CHOICES)
    grid.labels.nth(1).fill(LABELS[0])
    form.save()
    pk = page_number(builder)
    assert len(named(drafted(portal, pk))["社区"]["options"]["choices"]) == MAX_CHOICES
    builder.open(pk)
    question = Question(builder, "form_fields-0")
    toggle = question.element.locator("[data-panel-toggle]").first
    assert pause(builder.page, toggle.click) < LONGEST_PAUSE
    expect(Grid(question).labels).to_have_count(100)


def test_an_editor_limits_a_question_to_the_units_below_one_unit(builder: FormBuilder, portal: RunningPortal) -> None:
    form = builder.new("下级单位")
    question = form.question("unit", "责任单位")
    menu = question.element.locator(f'[name="{question.prefix}-value-root"] + select')
    question.show_settings(menu)
    labels = menu.locator("option").all_inner_texts()
    upper = next(label for label, below in itertools.pairwise(labels) if below.startswith(f"{indent(label)}\u2003"))
    menu.select_option(label=upper)
    pk = form.publish()
    [field] = published(portal, pk)["fields"]
    assert field["options"]["root"]["name"] == upper.strip()
    builder.open(pk)
    question.element.locator("[data-panel-toggle]").first.click()
    question.show_settings(menu)
    expect(menu.locator("option:checked")).to_have_text(upper.strip())


def indent(label: str) -> str:
    """The space before a unit's name."""
    return label[: len(label) - len(label.lstrip("\u2003"))]


def test_a_column_of_excel_says_where_each_choice_belongs(builder: FormBuilder) -> None:
    form = builder.new("街道")
    form.question("choice", "区", choices=["天涯区", "吉阳区"])
    question = form.question("choice", "街道", choices=["天涯镇", "凤凰镇", "吉阳镇"])
    menu = question.element.locator(f'[name="{question.prefix}-value-filter_by"] + select')
    question.show_settings(menu)
    pick(menu, "区")
    grid = Grid(question)
    inputs = grid.element.locator("input[list]")
    expect(inputs).to_have_count(3)
    assert inputs.first.evaluate("input => input.clientWidth") > ROOM_FOR_A_DISTRICT
    inputs.first.evaluate(PASTE, "天涯区\n不是区\n吉阳区\n")
    expect(grid.element.locator(".choices-grid-error:visible")).to_contain_text("不是区")
    expect(inputs.nth(1)).to_have_value("不是区")  # to be mended, not to be typed anew
    belongs = [len(line.get("within", [])) for line in grid.lines]
    assert belongs == [1, 0, 1]
