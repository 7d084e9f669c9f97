"""How long an editor takes to build each form of the plan by clicking; it asks what the demonstration's form asks."""

import json
import time
from collections.abc import Iterator

import pytest

from forms.builder.schema import FormSchema
from home.demo.loading import FORM_FILES
from tests.browser.conftest import NewVisitor, browser, visitor  # noqa: F401
from tests.browser.form_builder import FormBuilder
from tests.browser.form_clicker import FormClicker, without_keys
from tests.browser.portal import RunningPortal

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


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningPortal]:
    """A portal of its own; nothing is searched for."""
    with RunningPortal(tmp_path_factory.mktemp("portal")) as running:
        yield running


@pytest.mark.parametrize("name", PLAN_FORMS)
def test_an_editor_builds_the_form_by_clicking(
    visitor: NewVisitor,  # noqa: F811
    portal: RunningPortal,
    name: str,
) -> None:
    wanted = FormSchema.from_json(json.loads((FORM_FILES / f"{name}.json").read_text(encoding="utf-8")))
    editor = visitor("editor")
    begun = time.monotonic()
    pk = FormClicker(FormBuilder(editor)).build(wanted)
    print(f"{name}: {len(wanted.fields)} questions in {time.monotonic() - begun:.0f} s")
    editor.picture(name)
    said = portal.manage("export_form", slug_of(portal, pk), "--format", "json")
    assert without_keys(FormSchema.from_json(json.loads(said))) == without_keys(wanted)


def slug_of(portal: RunningPortal, pk: int) -> str:
    """The address part of a form."""
    code = f"from forms.builder.models import FormPage; print(FormPage.objects.get(pk={pk}).slug)"
    return portal.manage("shell", "-v", "0", "-c", code).strip().splitlines()[-1]
