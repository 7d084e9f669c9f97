"""Who may read what a form asks, and how it is drawn."""

import re
from typing import Any

import pytest
from django.template import Context, Template
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from forms.builder.fields import type_of
from forms.builder.models import FormIndexPage, FormPage
from forms.builder.rendering import AnswerForm, build_form
from forms.builder.schema import FormSchema
from home.models import HomePage
from portal.units.enums import Role
from tests.factories.builder import (
    current,
    every_type,
    form_of,
    form_page,
    post_data,
    posted,
    publish,
    question,
    table_of,
)
from tests.factories.units import UnitFactory, person

pytestmark = pytest.mark.django_db

FORM = form_of(
    question("text", "k1", "检查情况", required=True, help_text="写全称"), title="检查表", intro="请据实填写。"
)
INSIDERS = [Role.REPORTER, Role.UNIT_REVIEWER, Role.COORDINATOR, Role.EDITOR, Role.LEADER, Role.AUDITOR, Role.STAFF]


@pytest.fixture
def page() -> FormPage:
    folder = HomePage.objects.get().add_child(instance=FormIndexPage(title="表单库", slug="forms-of-test"))
    return form_page(FORM, parent=folder)


def drawn(form: AnswerForm) -> str:
    """The form as a page draws it."""
    return Template("{% load crispy_forms_tags %}{% crispy form %}").render(Context({"form": form}))


def signed_in(client: Client, role: Role) -> Client:
    client.force_login(person(role))
    return client


@pytest.mark.parametrize("role", INSIDERS)
def test_insiders_read_what_a_form_asks(client: Client, page: FormPage, role: Role) -> None:
    signed_in(client, role)
    addresses = [page.url, page.get_parent().url, f"/forms/versions/{current(page).pk}/"]
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200
        assert "检查表" in answer.content.decode()


def test_strangers_are_asked_to_sign_in(client: Client, page: FormPage) -> None:
    for address in (page.url, page.get_parent().url, f"/forms/versions/{current(page).pk}/"):
        answer = client.get(address)
        assert answer.status_code == 302
        assert "/sign-in/" in answer["Location"]


def test_external_supervisors_and_people_without_a_role_see_no_form(client: Client, page: FormPage) -> None:
    signed_in(client, Role.SUPERVISOR)
    assert client.get(page.url).status_code == 403
    assert client.get(page.get_parent().url).status_code == 403
    assert client.get(f"/forms/versions/{current(page).pk}/").status_code == 404


def test_the_list_of_versions_is_for_those_who_enter_the_admin(client: Client, page: FormPage) -> None:
    address = f"/admin/form-pages/{page.pk}/versions/"
    assert client.get(address).status_code == 302
    text = signed_in(client, Role.EDITOR).get(address).content.decode()
    assert f"/forms/versions/{current(page).pk}/" in text
    assert signed_in(Client(), Role.REPORTER).get(address).status_code == 302
    assert client.get("/admin/form-pages/999999/versions/").status_code == 404


def test_the_page_shows_the_published_form_while_a_draft_is_written(client: Client, page: FormPage) -> None:
    page.title = "草稿中的名称"
    page.save_revision()
    text = signed_in(client, Role.REPORTER).get(page.url).content.decode()
    assert "检查情况" in text
    assert "草稿中的名称" not in text
    assert "<fieldset disabled" in text


def test_an_old_version_is_shown_as_it_was(client: Client, page: FormPage) -> None:
    old = current(page)
    publish(page, form_of(question("text", "k2", "全新的填报项"), title="检查表"))
    text = signed_in(client, Role.STAFF).get(f"/forms/versions/{old.pk}/").content.decode()
    assert "检查情况" in text
    assert "全新的填报项" not in text


def test_pages_need_no_inline_script_and_no_inline_style(client: Client) -> None:
    page = form_page(every_type())
    answer = signed_in(client, Role.REPORTER).get(page.url)
    text = answer.content.decode()
    assert "unsafe-inline" not in answer["Content-Security-Policy"]
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*(\ssrc=|application/json))", text)


def test_words_of_editors_are_words_and_never_markup_or_templates(client: Client) -> None:
    evil = '<script>alert(1)</script>{{ request.user.password }}{% now "Y" %}"><b>'
    fields = [
        question("section", "s", evil, help_text=evil),
        question("note", "n", evil, help_text=evil),
        question("text", "t", evil, help_text=evil),
        question("choice", "c", evil, options={"choices": [{"code": "a", "label": evil}]}),
        question("number", "u", evil, options={"unit": evil}),
        table_of(question("yes_no", "y", evil, help_text=evil), label=evil),
    ]
    form = build_form(form_of(*fields), data=posted(t=evil, u=evil))
    form.is_valid()
    text = drawn(form)
    assert "<script>" not in text
    assert "<b>" not in text
    assert "{{ request.user.password }}" in text


def test_labels_help_and_errors_belong_to_their_input() -> None:
    form = build_form(FORM, data=posted())
    assert not form.is_valid()
    text = drawn(form)
    assert '<label class="form-label" for="id_k1">' in text
    assert 'id="id_k1_helptext"' in text
    assert 'id="id_k1_error"' in text
    assert 'aria-describedby="id_k1_helptext id_k1_error"' in text
    assert 'aria-invalid="true"' in text
    assert '<a href="#id_k1">检查情况</a>' in text
    assert "必填" in text


def test_every_error_link_leads_to_something() -> None:
    fields = [
        question(one.type, one.key, one.label, required=True)
        for one in every_type()
        if one.type != "table" and type_of(one).takes_answer and not type_of(one).is_computed
    ]
    table = table_of(question("text", "a", required=True), question("choice", "b", required=True), min_rows=3)
    data = {"rows.-TOTAL_FORMS": "2", "rows.-INITIAL_FORMS": "0", "rows.1.b": "c1", "k-unit": "999999"}
    form = build_form(form_of(*fields, table), data=posted(**data))
    assert not form.is_valid()
    text = drawn(form)
    anchors = re.findall(r'<li><a href="#([^"]+)"', text)
    assert len(anchors) == len(form.faults_listed()) > 8
    for anchor in anchors:
        assert f'id="{anchor}"' in text


def test_nothing_typed_is_lost_on_an_error() -> None:
    schema = form_of(
        question("text", "t"), question("date", "d"), question("number", "n"), table_of(question("text", "a"), key="r")
    )
    data = {
        "t": "长" * 300,
        "d": "2026-02-30",
        "n": "一百",
        "r.-TOTAL_FORMS": "1",
        "r.-INITIAL_FORMS": "0",
        "r.0.a": "漏电",
    }
    form = build_form(schema, data=posted(**data))
    assert not form.is_valid()
    text = drawn(form)
    for typed in ("长" * 300, "2026-02-30", "一百", "漏电"):
        assert f'value="{typed}"' in text


def test_only_units_that_exist_can_be_chosen_and_one_already_answered_stays() -> None:
    now, gone = UnitFactory(), UnitFactory(valid_until="2020-01-01")
    schema = form_of(question("unit", "u"))
    assert not build_form(schema, data=posted(u=str(gone.pk))).is_valid()
    chosen = build_form(schema, data=posted(u=str(now.pk)))
    assert chosen.is_valid()
    assert chosen.answers() == {"u": {"unit": now.pk, "name": now.name}}
    answers = {"u": {"unit": gone.pk, "name": "原市卫计委"}}
    again = build_form(schema, data=post_data(schema, answers), answers=answers)
    assert again.is_valid()
    assert again.answers() == answers
    assert "原市卫计委" in drawn(build_form(schema, answers=answers))


def test_a_table_of_units_asks_the_database_once(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    unit = UnitFactory()
    schema = form_of(question("unit", "u"), table_of(question("unit", "c"), question("text", "t"), max_rows=60))
    answers: dict[str, Any] = {"rows": [{"c": {"unit": unit.pk, "name": unit.name}, "t": str(n)} for n in range(50)]}
    with django_assert_num_queries(1):
        drawn(build_form(schema, answers=answers))
    with django_assert_num_queries(1):
        form = build_form(schema, data=post_data(schema, answers))
        assert form.is_valid()
        assert len(form.answers()["rows"]) == 50


def test_kept_files_are_linked_where_an_address_is_given() -> None:
    ref = {"file": "12", "name": "记录.pdf", "size": 2048}
    schema = form_of(question("file", "f"))
    assert 'href="/forms/versions/12/"' in drawn(
        build_form(schema, answers={"f": [ref]}, file_url_name="builder:version")
    )
    assert "href" not in drawn(build_form(schema, answers={"f": [ref]}))


def test_an_empty_form_says_what_to_do(client: Client) -> None:
    page = form_page(FormSchema(title="空表"))
    text = signed_in(client, Role.STAFF).get(page.url).content.decode()
    assert "还没有填报项" in text
