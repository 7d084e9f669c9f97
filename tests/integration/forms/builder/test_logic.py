"""A form whose logic is broken stays a draft, and the editor is told what to mend."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import translation

from forms.builder.models import FormIndexPage, FormPage
from forms.builder.schema import FormSchema, RuleSchema
from forms.builder.services import freeze_version
from home.models import HomePage
from portal.units.enums import Role
from tests.factories.builder import (
    confirm_publishing,
    current,
    editor_post,
    form_of,
    form_page,
    question,
    table_of,
)
from tests.factories.units import person

pytestmark = pytest.mark.django_db

PUBLISH = {"action-publish": "1"}
GONE = {"===": [{"var": "answers.deleted"}, 1]}
KIND = question("number", "kind", "人数")
WHY = question("text", "why", "原因", logic={"show": {">": [{"var": "answers.kind"}, 5]}})
SOUND = form_of(KIND, WHY, title="检查表")
BROKEN = form_of(WHY, title="检查表")  # the question that the condition names was deleted
ROWS = form_of(
    table_of(question("text", "c1", "甲"), question("text", "c2", "乙", logic={"show": GONE})), title="检查表"
)
CHECKED = replace(SOUND, rules=(RuleSchema("r1", "kind", {">": [{"var": "answers.why"}, 1]}, "人数不符"),))


@pytest.fixture(autouse=True)
def english() -> Any:
    with translation.override("en"):
        yield


@pytest.fixture
def folder() -> FormIndexPage:
    return HomePage.objects.get().add_child(instance=FormIndexPage(title="表单库", slug="forms-of-test"))


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(person(Role.EDITOR))
    return client


def add(editor: Client, folder: FormIndexPage, schema: FormSchema, **more: str) -> Any:
    return editor.post(f"/admin/pages/add/portal_forms/formpage/{folder.pk}/", editor_post(schema, **more))


def errors(answer: Any, name: str) -> Any:
    return answer.context["form"].errors[name].as_data()[0].as_json_data()["blockErrors"]


def test_a_condition_on_a_deleted_question_is_refused_beside_the_question_that_has_it(
    editor: Client, folder: FormIndexPage
) -> None:
    answer = add(editor, folder, BROKEN, **PUBLISH)
    assert answer.status_code == 200
    (message,) = errors(answer, "form_fields")[0]["blockErrors"]["logic"]["messages"]
    assert "“原因”" in message
    assert "删除" in message
    assert not FormPage.objects.exists()


def test_a_condition_in_a_table_is_refused_beside_its_column(editor: Client, folder: FormIndexPage) -> None:
    answer = add(editor, folder, ROWS, **PUBLISH)
    columns = errors(answer, "form_fields")[0]["blockErrors"]["columns"]["blockErrors"]
    assert list(columns) == [1]
    assert "“乙”" in columns[1]["blockErrors"]["logic"]["messages"][0]


def test_a_check_is_refused_beside_itself(editor: Client, folder: FormIndexPage) -> None:
    answer = add(editor, folder, CHECKED, **PUBLISH)
    (message,) = errors(answer, "form_rules")[0]["blockErrors"]["check"]["messages"]
    assert "“人数不符”" in message
    assert "form_fields" not in answer.context["form"].errors


def test_sound_logic_is_published(editor: Client, folder: FormIndexPage) -> None:
    assert add(editor, folder, SOUND, **PUBLISH).status_code == 302
    assert confirm_publishing(editor, FormPage.objects.get()).status_code == 302
    assert current(FormPage.objects.get()).form_schema == SOUND


def test_a_draft_with_broken_logic_is_saved_and_its_problems_are_said(editor: Client, folder: FormIndexPage) -> None:
    answer = add(editor, folder, BROKEN)
    assert answer.status_code == 302
    page = FormPage.objects.get()
    text = editor.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert "“原因”" in text


def test_saving_by_itself_says_nothing(editor: Client, folder: FormIndexPage) -> None:
    page = form_page(SOUND, parent=folder)
    saved = editor.post(f"/admin/pages/{page.pk}/edit/", editor_post(BROKEN), headers={"accept": "application/json"})
    assert saved.json()["success"]
    text = editor.get("/admin/").content.decode()
    assert "must be mended" not in text


def test_the_preview_lists_what_is_to_be_mended(editor: Client, folder: FormIndexPage) -> None:
    add(editor, folder, BROKEN)
    page = FormPage.objects.get()
    shown = editor.get(f"/admin/pages/{page.pk}/view_draft/").content.decode()
    assert "“原因”" in shown
    assert "error-summary" in shown


@pytest.mark.parametrize("schema", [BROKEN, ROWS, CHECKED])
def test_broken_logic_is_frozen_by_no_way(folder: FormIndexPage, schema: FormSchema) -> None:
    page = FormPage(slug="broken", live=False)
    page.ask(schema)
    folder.add_child(instance=page)
    with pytest.raises(ValidationError):
        page.save_revision().publish()
    with pytest.raises(ValidationError):
        freeze_version(form_page=FormPage.objects.get(pk=page.pk))
    assert not FormPage.objects.get(pk=page.pk).versions.exists()
    assert not FormPage.objects.get(pk=page.pk).live


def test_a_bomb_of_brackets_is_refused_in_words(editor: Client, folder: FormIndexPage) -> None:
    post = editor_post(SOUND, **PUBLISH)
    post["form_fields-1-value-logic"] = '{"show":' * 20_000
    answer = editor.post(f"/admin/pages/add/portal_forms/formpage/{folder.pk}/", post)
    assert answer.status_code == 200
    assert "logic" in errors(answer, "form_fields")[1]["blockErrors"]
