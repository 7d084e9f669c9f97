"""The plan's forms, loaded from files through the same blocks that an editor uses."""

import json
from pathlib import Path
from typing import Any

import pytest

import forms.builder
from forms.builder.models import FormPage
from forms.builder.rendering import build_form
from forms.builder.schema import FormSchema
from forms.builder.streams import schema_of_stream, stream_of_rules, stream_of_schema
from forms.exchange.imported import ImportRefusedError
from forms.exchange.services import load_form
from portal.units.enums import Role
from tests.factories.builder import current, home_page, post_data, publish
from tests.factories.units import UnitFactory, person

pytestmark = pytest.mark.django_db

DATA = Path(forms.builder.__file__).parent / "data"
FILES = sorted(DATA.glob("*.json"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_form_of_the_plan_is_published_as_its_file_says(path: Path) -> None:
    editor = person(Role.EDITOR)
    page = load_form(path, parent=home_page(), user=editor)
    assert page.live
    assert page.owner == editor
    version = page.current_version
    assert version is not None
    asked = FormSchema.from_json(json.loads(path.read_text(encoding="utf-8")))
    rules = stream_of_rules(asked)
    built = schema_of_stream(stream_of_schema(asked), title=asked.title, intro=asked.intro, rules=rules)
    assert version.form_schema == built
    assert [one.key for one in version.form_schema] == [one.key for one in asked]
    assert version.published_by == editor


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_loading_again_leaves_what_editors_have_made_of_it(path: Path) -> None:
    page = load_form(path, parent=home_page())
    changed = FormSchema(title="编辑改过的名称", fields=current(page).form_schema.fields[:2])
    publish(page, changed)
    again = load_form(path, parent=home_page())
    assert again.pk == page.pk
    assert again.title == "编辑改过的名称"
    assert again.versions.count() == 2
    assert FormPage.objects.count() == 1


def test_there_are_the_three_main_forms() -> None:
    assert {"inspection", "progress_summary", "training_attendance"} <= {path.stem for path in FILES}


def test_the_inspection_takes_a_list_of_problems() -> None:
    unit = UnitFactory()
    page = load_form(DATA / "inspection.json", parent=home_page())
    answers: dict[str, Any] = {
        "institution": "三亚市救助管理站",
        "institution_kind": "station",
        "inspected_on": "2026-11-02",
        "inspecting_unit": {"unit": unit.pk, "name": unit.name},
        "team": "林晓",
        "areas": ["fire"],
        "has_problems": True,
        "problems": [
            {
                "description": "消防通道堆放杂物",
                "category": "fire",
                "level": "serious",
                "rectify_by": "2026-11-20",
                "path": "清理通道",
                "standard": "通道畅通",
                "responsible": "王海",
            }
        ],
    }
    schema = current(page).form_schema
    form = build_form(schema, data=post_data(schema, answers))
    assert form.is_valid(), form.faults_listed()
    (problem,) = answers["problems"]
    worked_out = {"problems": [{**problem, "days": 18}], "problem_count": 1, "major_count": 0}
    assert form.answers() == answers | worked_out


def test_a_file_that_describes_no_form_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "form.json"
    path.write_text(json.dumps({"slug": "x", "title": "x", "fields": [{"key": "a.b", "type": "text", "label": "x"}]}))
    with pytest.raises(ImportRefusedError):
        load_form(path, parent=home_page())
    path.write_text(json.dumps({"slug": "x", "title": "x", "fields": [{"key": "a", "type": "text", "label": ""}]}))
    with pytest.raises(ImportRefusedError):
        load_form(path, parent=home_page())
    assert not FormPage.objects.exists()
