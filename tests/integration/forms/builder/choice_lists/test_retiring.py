"""A choice that was published once stays readable, whatever editors do to the list."""

from typing import Any

import pytest
from django.test import Client

from forms.builder.models import FormIndexPage, FormPage
from forms.builder.rendering import build_form
from forms.builder.schema import FieldSchema
from home.models import HomePage
from portal.units.enums import Role
from tests.factories.builder import (
    current,
    editor_post,
    form_of,
    form_page,
    post_data,
    posted,
    publish,
    question,
    table_of,
)
from tests.factories.units import person

pytestmark = pytest.mark.django_db

BOTH: list[dict[str, Any]] = [{"code": "c1", "label": "一般"}, {"code": "c2", "label": "重大"}]
RETIRED: list[dict[str, Any]] = [{"code": "c1", "label": "一般"}, {"code": "c2", "label": "重大", "retired": True}]


@pytest.fixture
def folder() -> FormIndexPage:
    return HomePage.objects.get().add_child(instance=FormIndexPage(title="表单库", slug="forms-of-test"))


def choice(choices: list[dict[str, Any]], key: str = "q") -> FieldSchema:
    return question("choice", key, "等级", options={"choices": choices})


def choices(page: FormPage) -> list[dict[str, Any]]:
    return list(current(page).form_schema.fields[0].options["choices"])


def test_a_removed_choice_is_published_as_retired(client: Client, folder: FormIndexPage) -> None:
    page = form_page(form_of(choice(BOTH), title="检查表"), parent=folder)
    client.force_login(person(Role.EDITOR))
    sent = editor_post(form_of(choice(BOTH[:1]), title="检查表"))
    assert client.post(f"/admin/pages/{page.pk}/edit/", sent).status_code == 302
    FormPage.objects.get(pk=page.pk).get_latest_revision().publish()
    assert choices(page) == RETIRED
    assert FormPage.objects.get().schema_now.fields[0].options["choices"] == RETIRED


def test_a_draft_shows_the_removed_choice_as_retired_too(client: Client, folder: FormIndexPage) -> None:
    page = form_page(form_of(choice(BOTH), title="检查表"), parent=folder)
    client.force_login(person(Role.EDITOR))
    client.post(f"/admin/pages/{page.pk}/edit/", editor_post(form_of(choice(BOTH[:1]), title="检查表")))
    draft = FormPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert draft.schema_now.fields[0].options["choices"] == RETIRED


def test_an_old_draft_published_later_loses_nothing(folder: FormIndexPage) -> None:
    page = form_page(form_of(choice(BOTH[:1]), title="检查表"), parent=folder)
    old = page.save_revision()
    publish(page, form_of(choice(BOTH), title="检查表"))
    old.publish()
    assert choices(page) == RETIRED
    assert FormPage.objects.get().schema_now.fields[0].options["choices"] == RETIRED


def test_columns_keep_their_choices_as_well(folder: FormIndexPage) -> None:
    page = form_page(form_of(table_of(choice(BOTH, "c"))), parent=folder)
    page = publish(page, form_of(table_of(choice(BOTH[:1], "c"))))
    assert current(page).form_schema.fields[0].columns[0].options["choices"] == RETIRED


def test_the_editor_names_the_published_codes_to_the_grid(client: Client, folder: FormIndexPage) -> None:
    page = form_page(form_of(choice(BOTH)), parent=folder)
    client.force_login(person(Role.EDITOR))
    text = client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert '<script id="published-choices" type="application/json">{"q": ["c1", "c2"]}</script>' in text
    assert "choices-grid" in text


def test_pages_stored_with_wagtails_own_lines_lose_nothing(folder: FormIndexPage) -> None:
    page = form_page(form_of(choice(BOTH), table_of(choice(BOTH, "c"))), parent=folder)
    raw = page.form_fields.get_prep_value()
    before = [{"type": "item", "id": one["code"], "value": one["label"]} for one in BOTH]
    raw[0]["value"]["choices"] = raw[1]["value"]["columns"][0]["value"]["choices"] = before
    page.form_fields = page.form_fields.stream_block.to_python(raw)
    page.save_revision().publish()
    again = FormPage.objects.get(pk=page.pk)
    assert choices(again) == BOTH
    assert again.versions.count() == 1


@pytest.mark.parametrize("as_column", [False, True])
def test_a_retired_choice_is_offered_only_where_it_was_chosen(as_column: bool) -> None:
    asked: list[FieldSchema] = [choice(RETIRED)]
    schema = form_of(table_of(*asked)) if as_column else form_of(*asked)
    answers = {"rows": [{"q": "c2"}]} if as_column else {"q": "c2"}
    assert not build_form(schema, data=post_data(schema, answers)).is_valid()
    again = build_form(schema, data=post_data(schema, answers), answers=answers)
    assert again.is_valid()
    assert again.answers() == answers


def test_several_choices_keep_a_retired_one_among_them() -> None:
    schema = form_of(question("multiple_choice", options={"choices": RETIRED}))
    assert not build_form(schema, data=posted(q=["c1", "c2"])).is_valid()
    assert build_form(schema, data=posted(q=["c1", "c2"]), answers={"q": ["c2"]}).is_valid()
