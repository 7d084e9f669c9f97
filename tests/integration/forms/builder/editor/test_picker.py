"""Whoever picks a type of question sees it as units will, and the editor opens with few queries."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from forms.builder.editor.examples import KEY
from forms.builder.fields import FIELD_TYPES
from portal.units.enums import Role
from tests.factories.builder import big_form, form_of, form_page, question
from tests.factories.units import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(person(Role.EDITOR))
    return client


@pytest.mark.parametrize("name", FIELD_TYPES)
def test_each_type_is_shown_as_units_will_see_it(editor: Client, name: str) -> None:
    block = FIELD_TYPES[name].block()
    assert block.is_previewable
    assert block.get_description()
    answer = editor.get("/admin/block-preview/", {"id": block.definition_prefix})
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "answer-form" in text
    assert f'data-question="{KEY}"' in text or f'data-section="{KEY}"' in text or str(block.label) in text


def test_a_large_form_opens_with_as_many_queries_as_a_small_one(
    editor: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    small = form_page(form_of(question("text")), slug="small")
    large = form_page(big_form(), slug="large")
    address = "/admin/pages/{}/edit/".format
    for page in (small, large):
        editor.get(address(page.pk))
    with django_assert_max_num_queries(75) as asked:
        editor.get(address(small.pk))
    with django_assert_max_num_queries(len(asked)):
        editor.get(address(large.pk))


def test_settings_that_all_types_share_are_sent_once(editor: Client) -> None:
    blocks = [one.block() for one in FIELD_TYPES.values() if "sensitive" in one.block().child_blocks]
    assert len({id(block.child_blocks["sensitive"]) for block in blocks}) == 1
    page = form_page(big_form())
    assert len(editor.get(f"/admin/pages/{page.pk}/edit/").content) < 450_000
