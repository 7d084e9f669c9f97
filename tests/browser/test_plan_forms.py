"""An editor builds each form of the plan in the admin by clicking and typing; it asks what the demonstration asks."""

import json
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from forms.builder.schema import FormSchema
from home.demo.loading import FORM_FILES
from tests.browser.conftest import ARTEFACTS, launched
from tests.browser.form_builder import FormBuilder
from tests.browser.form_clicker import FormClicker
from tests.browser.portal import RunningPortal
from tests.browser.same_form import without_keys
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.slow

PLAN_FORMS = (
    "inspection",
    "take_back_plan",
    "monthly_supervision",
    "incident_report",
    "family_seeking",
    "patrol_record",
    "follow_up_visit",
    "training_attendance",
    "progress_summary",
    "open_day_report",
)
EDITORS = 2
"""How many work at a time."""


def wanted(name: str) -> FormSchema:
    """What the demonstration's form asks."""
    return FormSchema.from_json(json.loads((FORM_FILES / f"{name}.json").read_text(encoding="utf-8")))


def build(portal: RunningPortal, name: str) -> FormSchema:
    """Build the form in a window of its own and publish it; what the portal gives out of it."""
    with sync_playwright() as playwright, launched(playwright) as browser:
        editor = Visitor(browser, portal.url, ARTEFACTS / "plan_forms").carry(portal.session("editor"))
        clicker = FormClicker(FormBuilder(editor))
        try:
            clicker.build(wanted(name))
            editor.picture(name)
            pk = clicker.builder.publish()
            address = f"{portal.url}/admin/form-pages/{pk}/export/json/"
            given: dict[str, Any] = editor.context.request.get(address).json()
        except Exception:
            clicker.draw(True)
            editor.picture(f"{name}-failed")
            raise
        editor.leave()
        return FormSchema.from_json(given)


@pytest.fixture(scope="module")
def built(own_portal: RunningPortal, request: pytest.FixtureRequest) -> Iterator[dict[str, "Future[FormSchema]"]]:
    """The forms that this run asks for, each being built on one portal; nothing is searched for."""
    asked = [one.callspec.params["name"] for one in request.session.items if one.path == request.path]  # type: ignore[attr-defined]
    with ThreadPoolExecutor(EDITORS) as editors:
        yield {name: editors.submit(build, own_portal, name) for name in asked}


@pytest.mark.parametrize("name", PLAN_FORMS)
def test_an_editor_builds_the_form_by_clicking(built: dict[str, "Future[FormSchema]"], name: str) -> None:
    assert without_keys(built[name].result()) == without_keys(wanted(name))
