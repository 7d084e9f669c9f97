"""Editors keep questions as templates and use them again."""

import json
from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from forms.builder.library.models import FormTemplate
from forms.builder.library.services import form_of_template, insert_template, keep_template
from forms.builder.models import FormIndexPage, FormPage
from forms.builder.schema import FormSchema
from home.models import HomePage
from portal.accounts.models import User
from portal.units.enums import Role
from tests.factories.builder import editor_post, form_of, form_page, question
from tests.factories.units import person

pytestmark = pytest.mark.django_db

FORM = form_of(
    question("text", "name", "机构名称"),
    question("yes_no", "ok", "是否达标"),
    question("long_text", "why", "原因", logic={"show": {"===": [{"var": "answers.ok"}, False]}}),
    title="检查表",
)


@pytest.fixture
def editor() -> User:
    return person(Role.EDITOR)


def kept(editor: User, *keys: str, lock: tuple[str, ...] = ()) -> FormTemplate:
    return keep_template(
        user=editor,
        title="机构信息",
        description="",
        schema=FORM,
        keys=keys or [one.key for one in FORM],
        locked_keys=lock,
    )


def draft_of(page: FormPage) -> FormSchema:
    found: FormPage = FormPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    return found.schema_now


def test_a_whole_form_kept_as_a_template_makes_an_equal_form(editor: User) -> None:
    folder = HomePage.objects.get().add_child(instance=FormIndexPage(title="表单库", slug="forms-of-test"))
    made = form_of_template(user=editor, template=kept(editor), parent=folder)
    assert not made.live
    assert draft_of(made) == replace(FORM, title="机构信息")


def test_a_question_whose_condition_would_dangle_is_not_kept_alone(editor: User) -> None:
    with pytest.raises(ValidationError, match="是否达标"):
        kept(editor, "why")
    with pytest.raises(ValidationError):
        kept(editor, "nonsense")


def test_a_group_goes_where_the_editor_wants_it_and_only_into_the_draft(editor: User) -> None:
    page = form_page(form_of(question("text", "a", "甲"), question("text", "b", "乙")))
    insert_template(user=editor, template=kept(editor), form_page=page, after="a")
    assert [one.label for one in draft_of(page)] == ["甲", "机构名称", "是否达标", "原因", "乙"]
    current = page.current_version
    assert current is not None
    assert len(current.form_schema.fields) == 2


def test_a_locked_question_cannot_be_changed_in_the_editor_but_removed(client: Client, editor: User) -> None:
    page = form_page(form_of(question("text", "a", "甲")))
    insert_template(user=editor, template=kept(editor, lock=("name",)), form_page=page, after="")
    client.force_login(editor)
    address = f"/admin/pages/{page.pk}/edit/"
    schema = draft_of(page)
    assert client.post(address, editor_post(schema, **{"action-publish": "1"})).status_code == 302

    name = next(one for one in schema if one.label == "机构名称")
    changed = replace(schema, fields=tuple(replace(one, label="机构全称") if one == name else one for one in schema))
    refused = client.post(address, editor_post(changed, **{"action-publish": "1"}))
    assert refused.status_code == 200
    assert json.dumps("“机构信息”")[1:-1] in refused.content.decode()
    assert draft_of(page) == schema

    without = replace(schema, fields=tuple(one for one in schema if one != name))
    assert client.post(address, editor_post(without, **{"action-publish": "1"})).status_code == 302


def test_an_editor_does_all_this_on_screens(client: Client, editor: User) -> None:
    HomePage.objects.get().add_child(instance=FormIndexPage(title="表单库", slug="forms-of-test"))
    page = form_page(FORM)
    client.force_login(editor)
    keep = f"/admin/form-pages/{page.pk}/keep-template/"
    assert "原因" in client.get(keep).content.decode()
    wrong = client.post(keep, {"title": "达标情况", "keys": ["why"]})
    assert wrong.status_code == 422
    assert "是否达标" in wrong.content.decode()
    assert client.post(keep, {"title": "达标情况", "keys": ["ok", "why"], "locked": ["ok"]}).status_code == 302
    assert client.post(keep, {"title": "达标情况", "keys": ["ok"]}).status_code == 422

    template = FormTemplate.objects.get()
    assert "达标情况" in client.get("/admin/form-templates/").content.decode()
    assert client.get(f"/admin/form-templates/{template.pk}/").status_code == 200
    insert = f"/admin/form-pages/{page.pk}/insert-template/"
    assert "放在“机构名称”之后" in client.get(insert).content.decode()
    assert client.post(insert, {"template": template.pk, "after": "name"}).status_code == 302
    assert len(draft_of(page).fields) == 5
    assert client.post(f"/admin/form-templates/{template.pk}/use/").status_code == 302
    assert FormPage.objects.filter(title="达标情况", live=False).exists()
    assert client.get(f"/admin/form-templates/{template.pk}/remove/").status_code == 200
    assert FormTemplate.objects.filter(pk=template.pk).exists()  # so far it only asked
    assert client.post(f"/admin/form-templates/{template.pk}/remove/").status_code == 302
    assert not FormTemplate.objects.exists()


def test_the_list_of_templates_takes_as_many_queries_for_many_as_for_few(client: Client, editor: User) -> None:
    client.force_login(editor)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get("/admin/form-templates/")
        return len(captured)

    FormTemplate.objects.create(title="模板", schema=FORM.to_json(), created_by=editor)
    queries()
    few = queries()
    for number in range(12):
        FormTemplate.objects.create(title=f"模板{number}", schema=FORM.to_json(), created_by=editor)
    assert queries() == few
