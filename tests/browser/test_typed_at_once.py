"""What an editor types counts from the first key on, before Wagtail takes the form for saved and after a refusal."""

import re
from functools import partial

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import NewVisitor
from tests.browser.editing import Editing
from tests.browser.leaving import leaving
from tests.browser.portal import RunningPortal
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.slow

PAGES = {
    "form": "from forms.builder.models import FormPage as Kind",
    "training": "from home.training.models import TrainingPage as Kind",
}


@pytest.fixture(scope="module")
def portal(own_portal: RunningPortal) -> RunningPortal:
    """None of this is searched for."""
    return own_portal


@pytest.fixture(scope="module")
def numbers(portal: RunningPortal) -> dict[str, int]:
    """A page of each kind; the one of training has rich text."""
    code = "; ".join(f"{imported}; print(Kind.objects.first().pk)" for imported in PAGES.values())
    return dict(zip(PAGES, map(int, portal.run(code).split()), strict=True))


def at(visitor: Visitor, pk: int) -> Editing:
    """An editor at a page."""
    return Editing(visitor, f"/admin/pages/{pk}/edit/")


@pytest.fixture(params=list(PAGES))
def editing(visitor: NewVisitor, numbers: dict[str, int], request: pytest.FixtureRequest) -> Editing:
    return at(visitor("editor"), numbers[request.param])


def test_what_is_typed_at_once_is_saved_and_shown(editing: Editing) -> None:
    editing.open().page.locator('[data-side-panel-toggle="preview"]').click()
    frame = editing.page.frame_locator("iframe[id*=preview]").last
    expect(frame.locator("h1").first).to_be_visible()
    editing.type("马上填的")
    editing.saves_itself(editing.take)
    expect(frame.locator("h1").first).to_have_text(re.compile("马上填的"))
    editing.page.wait_for_timeout(2000)  # nothing else is typed, so nothing else is saved
    assert len(editing.saved) == 1
    assert editing.leave() == []
    expect(editing.open().title).to_have_value("马上填的")


def test_what_is_typed_between_the_two_takings_is_saved(editing: Editing) -> None:
    editing.open().take(1)
    editing.type("接着填的")
    editing.saves_itself(lambda: editing.take(1))
    expect(editing.open().title).to_have_value("接着填的")


@pytest.mark.parametrize("takings", [0, 1, 2])
def test_whoever_leaves_after_the_first_words_is_warned(editing: Editing, takings: int) -> None:
    editing.open().type(f"还没保存的 {takings}")
    editing.take(takings)
    assert editing.leave() == ["beforeunload"]


def test_a_page_that_is_only_looked_at_is_not_saved_and_nobody_is_warned(editing: Editing) -> None:
    page = editing.open().page
    page.keyboard.press("Shift")
    editing.title.click()
    toggle = page.locator("[data-streamfield-child] [data-panel-toggle]").first
    toggle.click()
    toggle.click()
    page.locator('[data-side-panel-toggle="preview"]').click()
    editing.take()
    page.wait_for_timeout(2000)  # nothing is saved
    assert editing.saved == []
    assert editing.leave() == []


def test_a_question_opened_at_once_is_no_change_and_what_is_typed_in_it_is(
    visitor: NewVisitor, numbers: dict[str, int]
) -> None:
    editing = at(visitor("editor"), numbers["form"]).open()
    opened(editing, 1)
    editing.take(1)
    opened(editing, 2)
    editing.take(1)
    editing.page.wait_for_timeout(2000)  # nothing is saved
    assert editing.saved == []
    opened(editing.open(), 1).press("End")
    editing.page.keyboard.insert_text("（改）")
    editing.saves_itself(editing.take)
    assert editing.leave() == []


def opened(editing: Editing, number: int) -> Locator:
    """The label of a question that has been opened by a click."""
    question = editing.page.locator(f'[name="form_fields-{number}-id"]').locator("xpath=..")
    question.locator("[data-panel-toggle]").first.click()
    label = question.locator(f'[name="form_fields-{number}-value-label"]')
    expect(label).to_be_visible()
    return label


@pytest.fixture
def refused(editing: Editing) -> Editing:
    """An editor whose draft without a title was not taken, neither when it was sent nor by itself."""
    editing.open().title.fill("")
    with leaving(editing.page):
        editing.page.locator("button.action-save").first.click()
    editing.expect_autosave("paused")
    return editing


def test_what_is_mended_after_a_refused_save_is_saved_and_so_is_what_follows(refused: Editing) -> None:
    for title in ("改好的标题", "又改了的标题"):
        refused.saves_itself(partial(refused.type, title))
    assert refused.leave() == []
    expect(refused.open().title).to_have_value("又改了的标题")


def test_whoever_leaves_at_once_after_mending_is_warned(refused: Editing) -> None:
    refused.saves_itself(lambda: refused.type("改好的标题"))
    refused.type("还没保存的")
    assert refused.leave() == ["beforeunload"]
