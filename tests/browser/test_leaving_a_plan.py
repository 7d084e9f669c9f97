"""Whoever leaves an imported plan with corrections that are not saved is warned; nobody else is."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewVisitor
from tests.browser.editing import Editing
from tests.browser.leaving import leaving
from tests.browser.portal import RunningPortal

pytestmark = pytest.mark.slow

UPLOAD = """
from django.core.files.base import ContentFile
from home.demo.programme import PLAN
from portal.accounts.models import User
from portal.programmes.services import upload_plan
coordinator = User.objects.get(username="coordinator")
plan = upload_plan(file=ContentFile(PLAN.read_bytes(), PLAN.name), user=coordinator)
plan.proposal["tasks"][0]["units"][0]["confidence"] = plan.proposal["tasks"][1]["units"][0]["confidence"] = 0.5
plan.save()
print(plan.pk)
"""
"""The demonstration's plan, two units of which are to be checked."""
SELECT_WORDS = """piece => {
    window.getSelection().selectAllChildren(piece);
    document.dispatchEvent(new Event("selectionchange"));
}"""
KINDS = ("phases", "actions", "tasks", "reporting", "citations")


@pytest.fixture(scope="module")
def portal(own_portal: RunningPortal) -> RunningPortal:
    """None of this is searched for."""
    return own_portal


@pytest.fixture
def plan(visitor: NewVisitor, portal: RunningPortal) -> Editing:
    """Somebody who reads a plan that nobody has corrected; Wagtail takes this form once."""
    pk = portal.run(UPLOAD).strip()
    return Editing(visitor("coordinator"), f"/admin/plans/{pk}/", first="#id_title-title", takings=1).open()


def task(page: Page) -> Locator:
    """The first task, opened."""
    row = page.locator("#row-tasks-0")
    if row.get_attribute("open") is None:
        row.locator("summary").first.click()
    return row


def add(page: Page, rows: str) -> Locator:
    """A row added at the end; the keyboard is in its first field."""
    page.locator(f'[data-add="{rows}"]').press("Enter")
    return page.locator(f'[data-rows="{rows}"] > [data-key]').last


def type_title(page: Page) -> None:
    page.locator("#id_title-title").press("End")
    page.keyboard.insert_text("（改）")


def delete_task(page: Page) -> None:
    task(page).locator("#id_tasks-0-DELETE").check()


def fill_added_row(page: Page) -> None:
    add(page, "phases")
    page.keyboard.insert_text("准备阶段")


def take_words_as_task(page: Page) -> None:
    page.locator(".plan-text a[data-keys]").first.evaluate(SELECT_WORDS)
    page.locator('[data-take="tasks"]').click()


@pytest.mark.parametrize("takings", [0, 1])
@pytest.mark.parametrize("correct", [type_title, delete_task, fill_added_row, take_words_as_task])
def test_whoever_leaves_with_corrections_that_are_not_saved_is_warned(
    plan: Editing, correct: Callable[[Page], None], takings: int
) -> None:
    correct(plan.page)
    plan.take(takings)
    assert plan.leave() == ["beforeunload"]


def test_what_is_corrected_later_is_warned_of_too(plan: Editing) -> None:
    plan.take()
    task(plan.page)
    add(plan.page, "tasks-0-units")
    plan.page.keyboard.insert_text("市公安局")
    assert plan.leave() == ["beforeunload"]


def look_around(page: Page) -> None:
    """Everything that can be clicked without correcting anything."""
    following = page.locator("[data-next]")
    for _ in range(2):
        following.click()
    page.locator(".plan-text a[data-keys]").first.click()
    row = task(page)
    row.locator(".plan-find").first.click()
    box = row.locator("#id_tasks-0-DELETE")
    box.check()
    box.uncheck()


@pytest.mark.parametrize("takings", [0, 1])
def test_nobody_is_warned_who_only_looked_at_it(plan: Editing, takings: int) -> None:
    plan.take(takings)
    look_around(plan.page)
    plan.take(1 - takings)
    assert plan.leave() == []


@pytest.mark.parametrize("takings", [0, 1])
def test_an_added_row_that_is_left_empty_is_no_correction(plan: Editing, takings: int) -> None:
    said = plan.page.locator("[data-saved]").inner_text()
    plan.take(takings)
    for rows in KINDS:
        add(plan.page, rows)
    task(plan.page)
    add(plan.page, "tasks-0-units")
    expect(plan.page.locator("[data-saved]")).to_have_text(said)
    plan.take(1 - takings)
    assert plan.leave() == []


@pytest.mark.parametrize("button", ["button:not([name])", "button[name=confirm]"])
def test_saving_does_not_warn_and_what_is_saved_can_be_left(plan: Editing, button: str) -> None:
    plan.take()
    plan.type("冬季检查")
    add(plan.page, "phases")
    with leaving(plan.page):
        plan.page.locator(f".plan-buttons {button}").click()
    expect(plan.page.locator(".errorlist")).to_have_count(0)
    assert plan.open().title.input_value() == "冬季检查"
    plan.take()
    assert plan.leave() == []


def test_what_was_refused_is_still_not_saved(plan: Editing) -> None:
    plan.take()
    plan.type("")
    plan.page.keyboard.press("Delete")
    save = plan.page.locator(".plan-buttons button:not([name])")
    with leaving(plan.page):
        save.click()
    expect(plan.page.locator("[data-notice]")).to_be_visible()
    assert plan.warned == []
    assert plan.leave() == ["beforeunload"]


def test_a_refused_correction_that_is_mended_is_saved_without_a_warning(plan: Editing) -> None:
    save = plan.page.locator(".plan-buttons button:not([name])")
    plan.title.fill("")
    with leaving(plan.page):
        save.click()
    plan.type("冬季检查")
    with leaving(plan.page):
        save.click()
    assert plan.leave() == []
    assert plan.open().title.input_value() == "冬季检查"
