"""How long a form of 40 questions and 3 tables takes to open in the editor, and what of it is the server's."""

from collections.abc import Iterator
from statistics import median

import pytest

from tests.browser.conftest import NewVisitor, browser, visitor  # noqa: F401
from tests.browser.form_builder import FormBuilder
from tests.browser.portal import RunningPortal

OPENINGS = 5
TARGET = 2
"""Seconds from the click until questions can be opened, on a machine that does nothing else."""

STEPS = """() => {
    const { responseStart, responseEnd, domInteractive } = performance.getEntriesByType("navigation")[0];
    return { server: responseStart, page: responseEnd - responseStart, parsing: domInteractive - responseEnd };
}"""
"""Milliseconds until the first byte, of receiving, and of reading the page."""

READY = """new Promise(done => {
    const look = () => document.getElementById("form_rules-root")?.rootBlock
        ? requestAnimationFrame(() => setTimeout(() => done(performance.now())))
        : setTimeout(look, 5);
    look();
})"""
"""Milliseconds from the start of the navigation until the blocks are there and drawn."""


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningPortal]:
    """A portal of its own; nothing is searched for."""
    with RunningPortal(tmp_path_factory.mktemp("portal")) as running:
        yield running


def test_opening_a_big_form(visitor: NewVisitor, portal: RunningPortal) -> None:  # noqa: F811
    code = "from tests.factories.builder import big_form_page; print(big_form_page().pk)"
    pk = int(portal.manage("shell", "-v", "0", "-c", code).strip().splitlines()[-1])
    editor = visitor("editor")
    page = editor.open(f"/admin/pages/{pk}/edit/")
    seconds = []
    for _ in range(OPENINGS):
        page.goto(f"{portal.url}/admin/pages/{pk}/edit/", wait_until="commit")
        ready = page.evaluate(READY)
        seconds.append(ready / 1000)
        steps = {name: round(value) for name, value in page.evaluate(STEPS).items()}
        print(f"{ready:.0f} ms until the blocks are ready; {steps}")
    print(f"median {median(seconds):.2f} s; {page.locator('*').count()} elements")
    assert min(seconds) < TARGET

    builder = FormBuilder(editor).ready()
    page.evaluate("window.wasNotReloaded = true")
    added = builder.question("number", "新增的问题", unit="人")
    added.element.locator('[data-streamfield-action="MOVE_UP"]').first.click()
    assert page.evaluate("window.wasNotReloaded")
