"""list_forms, export_form, import_form: the portal's forms from a shell."""

import json
import subprocess
import sys
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

import forms.builder
from forms.builder.models import FormIndexPage, FormPage
from forms.exchange.services import load_form
from forms.exchange.xlsform.workbook import write_xlsform
from portal.audit.models import AuditEvent
from tests.factories.builder import every_type, form_of, form_page, home_page, question
from tests.unit.forms.exchange.sample import SAMPLE

pytestmark = pytest.mark.django_db

DATA = sorted((Path(forms.builder.__file__).parent / "data").glob("*.json"))
FORM = form_of(question("text", "k1", "检查情况"), question("section", "s", "其他"), title="检查表")


def said(*command: str, **options: Any) -> str:
    """What a command prints."""
    out = StringIO()
    call_command(*command, stdout=out, **options)
    return out.getvalue()


def test_the_list_is_one_json_document() -> None:
    form_page(FORM, slug="b")
    form_page(FORM, slug="a")
    found = json.loads(said("list_forms", json=True))
    assert found == [{"slug": slug, "title": "检查表", "fields": 2} for slug in "ab"]


def test_without_forms_the_list_is_empty() -> None:
    assert json.loads(said("list_forms", json=True)) == []
    assert said("list_forms") == ""


def test_a_person_reads_the_list_as_a_table() -> None:
    form_page(FORM, slug="checking")
    assert said("list_forms").split() == ["checking", "2", "检查表"]


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.stem)
@pytest.mark.parametrize("name", ["json", "xlsform"])
def test_a_form_of_the_plan_comes_back_identical(path: Path, name: str, tmp_path: Path) -> None:
    page = load_form(path, parent=home_page())
    file = tmp_path / "form"
    said("export_form", page.slug, format=name, output=file)
    result = json.loads(said("import_form", str(file), slug="again", json=True))
    assert result == {
        "slug": "again",
        "title": page.title,
        "fields": len(page.schema_now.fields),
        "unsupported": [],
        "warnings": [],
    }
    assert FormPage.objects.get(slug="again").live
    first, second = (json.loads(said("export_form", slug)) for slug in (page.slug, "again"))
    assert {**first, "slug": ""} == {**second, "slug": ""}


@pytest.mark.parametrize("name", ["json", "xlsform"])
def test_every_type_comes_back(name: str, tmp_path: Path) -> None:
    form_page(every_type(), slug="every")
    path = tmp_path / "form"
    said("export_form", "every", format=name, output=path)
    said("import_form", str(path), slug="again")
    assert said("export_form", "again").replace('"again"', '"every"') == said("export_form", "every")


def test_a_published_sample_of_the_standard_is_imported_with_a_list_of_what_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "sample.xlsx"
    path.write_bytes(SAMPLE)
    result = json.loads(said("import_form", str(path), slug="visit", json=True))
    assert len(result["unsupported"]) > 20
    page = FormPage.objects.get(slug="visit")
    assert page.live
    assert result["fields"] == len(page.schema_now.fields)
    said("export_form", "visit", format="xlsform", output=path)
    result = json.loads(said("import_form", str(path), slug="again", json=True))
    assert not result["unsupported"]
    assert FormPage.objects.get(slug="again").schema_now == page.schema_now


def test_a_workbook_goes_to_the_output_byte_for_byte() -> None:
    form_page(FORM, slug="a")
    out = TextIOWrapper(BytesIO())
    call_command("export_form", "a", format="xlsform", stdout=out)
    assert out.buffer.getvalue() == write_xlsform(FORM, slug="a")


def test_the_published_version_goes_out_unless_the_draft_is_asked_for() -> None:
    page = form_page(FORM, slug="a")
    page.title = "改过的名称"
    page.save_revision()
    assert json.loads(said("export_form", "a"))["title"] == "检查表"
    assert json.loads(said("export_form", "a", draft=True))["title"] == "改过的名称"


def test_a_form_goes_into_the_folder_of_forms_and_is_recorded(tmp_path: Path) -> None:
    folder = home_page().add_child(instance=FormIndexPage(title="表单", slug="folder"))
    path = tmp_path / "form.json"
    form_page(FORM, slug="a")
    said("export_form", "a", output=path)
    said("import_form", str(path), slug="b")
    assert FormPage.objects.get(slug="b").get_parent().pk == folder.pk
    assert AuditEvent.objects.filter(action="import", summary="form.import").count() == 1


def test_where_there_is_no_folder_one_is_made(tmp_path: Path) -> None:
    path = tmp_path / "form.json"
    form_page(FORM, slug="a")
    said("export_form", "a", output=path)
    said("import_form", str(path), slug="b")
    assert FormPage.objects.get(slug="b").get_parent().specific_class is FormIndexPage


def test_an_unfinished_form_stays_a_draft_and_says_why(tmp_path: Path) -> None:
    path = tmp_path / "form.json"
    fields = [{"key": "a", "type": "text", "label": ""}, {"key": "b", "type": "choice", "label": "等级"}]
    path.write_text(json.dumps({"title": "草表", "fields": fields}))
    result = json.loads(said("import_form", str(path), slug="draft", json=True))
    assert len(result["warnings"]) == 2
    assert "等级" in result["warnings"][1]
    page = FormPage.objects.get(slug="draft")
    assert not page.live
    assert page.current_version is None


def test_a_condition_on_a_question_that_is_not_there_keeps_the_form_a_draft(tmp_path: Path) -> None:
    path = tmp_path / "form.json"
    condition = {"===": [{"var": "answers.gone"}, "x"]}
    field = {"key": "a", "type": "text", "label": "检查情况", "logic": {"show": condition}}
    path.write_text(json.dumps({"title": "草表", "fields": [field]}))
    result = json.loads(said("import_form", str(path), slug="draft", json=True))
    assert "检查情况" in result["warnings"][0]
    assert not FormPage.objects.get(slug="draft").live


@pytest.mark.parametrize(
    ("content", "slug"),
    [("{", "new"), ('{"title": "x"}', "taken"), ('{"title": "x"}', "not a slug"), ('{"title": "x"}', "")],
)
def test_what_cannot_be_imported_leaves_nothing(tmp_path: Path, content: str, slug: str) -> None:
    form_page(FORM, slug="taken")
    path = tmp_path / "form.json"
    path.write_text(content)
    with pytest.raises(CommandError):
        said("import_form", str(path), slug=slug)
    assert FormPage.objects.count() == 1


def test_a_file_that_is_not_there_is_an_error_in_words(tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        said("import_form", str(tmp_path / "none.json"), slug="x")


def test_an_unknown_form_is_named() -> None:
    with pytest.raises(CommandError, match="nowhere"):
        said("export_form", "nowhere")


def test_two_forms_of_one_name_are_not_guessed_between() -> None:
    form_page(FORM, slug="a")
    folder = home_page().add_child(instance=FormIndexPage(title="表单", slug="folder"))
    form_page(FORM, slug="a", parent=folder)
    with pytest.raises(CommandError):
        said("export_form", "a")


def test_an_unwritable_file_is_an_error_in_words(tmp_path: Path) -> None:
    form_page(FORM, slug="a")
    with pytest.raises(CommandError):
        said("export_form", "a", output=tmp_path / "none" / "form.json")


@pytest.mark.once
def test_a_shell_gets_the_exit_code_and_the_sentence_on_its_error_output() -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "import_form", "no-such-file.json", "--slug", "x", "--json"],
        cwd=Path(forms.builder.__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert "no-such-file.json" in done.stderr
