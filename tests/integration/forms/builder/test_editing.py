"""An editor builds a form in the Wagtail admin."""

import json
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from forms.builder.models import FormIndexPage, FormPage
from forms.builder.schema import FieldSchema, FormSchema
from home.models import HomePage
from portal.units.enums import Role
from tests.factories.builder import (
    confirm_publishing,
    current,
    editor_post,
    every_type,
    form_of,
    form_page,
    question,
    table_of,
)
from tests.factories.units import person

pytestmark = pytest.mark.django_db

PUBLISH = {"action-publish": "1"}
FORM = form_of(question("text", "k1", "检查"), question("number", "k2", "人数"), title="检查表")


@pytest.fixture
def folder() -> FormIndexPage:
    return HomePage.objects.get().add_child(instance=FormIndexPage(title="表单库", slug="forms-of-test"))


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(person(Role.EDITOR))
    return client


def add(editor: Client, folder: FormIndexPage, schema: FormSchema, **more: str) -> Any:
    return editor.post(f"/admin/pages/add/portal_forms/formpage/{folder.pk}/", editor_post(schema, **more))


def edit(editor: Client, page: FormPage, schema: FormSchema, **more: str) -> Any:
    return editor.post(f"/admin/pages/{page.pk}/edit/", editor_post(schema, **more))


def block_errors(answer: Any) -> Any:
    """What the editor is told about the questions."""
    return answer.context["form"].errors["form_fields"].as_data()[0].as_json_data()


def test_an_editor_publishes_a_form_of_every_type(editor: Client, folder: FormIndexPage) -> None:
    answer = add(editor, folder, every_type(), **PUBLISH)
    assert answer.status_code == 302, answer.context["form"].errors
    page = FormPage.objects.get()
    assert not page.live
    assert confirm_publishing(editor, page).status_code == 302
    page.refresh_from_db()
    assert page.live
    assert current(page).form_schema == every_type()
    assert current(page).published_by is not None


def test_keys_survive_renaming_and_moving_in_the_editor(editor: Client, folder: FormIndexPage) -> None:
    page = form_page(FORM, parent=folder)
    one, two = FORM.fields
    moved = replace(FORM, fields=(two, replace(one, label="检查情况（修改）")))
    assert edit(editor, page, moved, **PUBLISH).status_code == 302
    assert confirm_publishing(editor, page).status_code == 302
    assert [(one.key, one.label) for one in current(page).form_schema] == [
        ("k2", "人数"),
        ("k1", "检查情况（修改）"),
    ]


def test_a_forged_repeated_key_becomes_a_new_one(editor: Client, folder: FormIndexPage) -> None:
    page = form_page(FORM, parent=folder)
    twice = editor_post(
        form_of(question("text", "k1", "检查"), question("text", "k9", "监察"), title="检查表"), **PUBLISH
    )
    twice["form_fields-1-id"] = "k1"
    assert editor.post(f"/admin/pages/{page.pk}/edit/", twice).status_code == 302
    assert confirm_publishing(editor, page).status_code == 302
    keys = [one.key for one in current(page).form_schema]
    assert keys[0] == "k1"
    assert keys[1] not in ("k1", "k9")


def test_a_draft_may_be_unfinished(editor: Client, folder: FormIndexPage) -> None:
    unfinished = form_of(question("text", label=""), table_of(), title="草稿")
    assert add(editor, folder, unfinished).status_code == 302
    page = FormPage.objects.get()
    assert not page.live
    assert page.current_version is None


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        (question("text", label=""), "label"),
        (question("text", label="长" * 201), "label"),
        (question("choice", options={"choices": []}), "choices"),
        (question("choice", options={"choices": [{"code": c, "label": "一般"} for c in "ab"]}), "choices"),
        (table_of(), "columns"),
        (table_of(question("text"), min_rows=5, max_rows=2), "max_rows"),
        (question("number", options={"minimum": 5, "maximum": 1}), "maximum"),
    ],
)
def test_what_cannot_be_published_is_said_where_it_stands(
    editor: Client, folder: FormIndexPage, wrong: FieldSchema, place: str
) -> None:
    answer = add(editor, folder, form_of(wrong, title="检查表"), **PUBLISH)
    assert answer.status_code == 200
    assert list(block_errors(answer)["blockErrors"][0]["blockErrors"]) == [place]
    assert not FormPage.objects.exists()


def test_nothing_typed_is_lost_when_publishing_is_refused(editor: Client, folder: FormIndexPage) -> None:
    form = form_of(question("text", "k1", "很长的检查情况"), question("text", "k2", ""), title="检查表")
    text = add(editor, folder, form, **PUBLISH).content.decode()
    assert "很长的检查情况" in text or json.dumps("很长的检查情况").strip('"') in text


def test_the_editor_opens_a_form_of_every_type(editor: Client, folder: FormIndexPage) -> None:
    page = form_page(every_type(), parent=folder)
    answer = editor.get(f"/admin/pages/{page.pk}/edit/")
    assert answer.status_code == 200


def test_two_editors_of_one_form_both_keep_their_revision(editor: Client, folder: FormIndexPage) -> None:
    page = form_page(FORM, parent=folder)
    other = Client()
    other.force_login(person(Role.EDITOR))
    edit(editor, page, replace(FORM, title="甲的检查表"))
    edit(other, page, replace(FORM, title="乙的检查表"))
    titles = [revision.content["title"] for revision in page.revisions.order_by("pk")]
    assert titles[-2:] == ["甲的检查表", "乙的检查表"]
    assert current(page).form_schema == FORM


@pytest.mark.parametrize("role", [Role.REPORTER, Role.AUDITOR, Role.LEADER, Role.STAFF, Role.SUPERVISOR])
def test_whoever_is_no_editor_builds_no_form(client: Client, folder: FormIndexPage, role: Role) -> None:
    page = form_page(FORM, parent=folder)
    client.force_login(person(role))
    edit(client, page, replace(FORM, title="别人的表"), **PUBLISH)
    add(client, folder, replace(FORM, title="别人的表"), slug="another", **PUBLISH)
    confirm_publishing(client, page)
    assert list(FormPage.objects.values_list("title", flat=True)) == ["检查表"]
    assert page.versions.count() == 1


def test_the_preview_shows_the_form_as_units_will_see_it(editor: Client, folder: FormIndexPage) -> None:
    page = form_page(FORM, parent=folder)
    changed = form_of(question("text", "k1", "尚未发布的填报项"), title="检查表")
    url = f"/admin/pages/{page.pk}/edit/preview/"
    assert editor.post(url, editor_post(changed)).json()["is_valid"]
    text = editor.get(f"{url}?mode=").content.decode()
    assert "尚未发布的填报项" in text
    assert "<fieldset disabled" not in text


def test_the_list_of_forms_is_in_the_menu(editor: Client, folder: FormIndexPage) -> None:
    form_page(FORM, parent=folder)
    text = editor.get("/admin/form-pages/").content.decode()
    assert "检查表" in text
    assert "/admin/form-pages/" in editor.get("/admin/").content.decode()
