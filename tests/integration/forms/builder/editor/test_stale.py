"""Two editors of one form: nobody's work is lost, and whoever saves second knows."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from forms.builder.models import FormPage
from forms.builder.schema import FormSchema
from portal.units.enums import Role
from tests.factories.builder import current, editor_post, form_of, form_page, question
from tests.factories.units import person

pytestmark = pytest.mark.django_db

FORM = form_of(question("text", "k1", "检查"), question("number", "k2", "人数"), title="检查表")
MINE = replace(FORM, fields=(*FORM.fields, question("date", "k3", "检查日期")))
THEIRS = replace(FORM, fields=(replace(FORM.fields[0], label="检查情况"), FORM.fields[1]))
PUBLISH = {"action-publish": "1"}


@pytest.fixture
def page() -> FormPage:
    return form_page(FORM)


def editor() -> Client:
    client = Client()
    client.force_login(person(Role.EDITOR))
    return client


def opened(page: FormPage) -> dict[str, str]:
    """What the page sends along with whatever was opened just now."""
    latest = FormPage.objects.get(pk=page.pk).latest_revision
    assert latest is not None
    return {"loaded_revision_id": str(latest.pk), "loaded_revision_created_at": latest.created_at.isoformat()}


def save(client: Client, page: FormPage, schema: FormSchema, **more: str) -> Any:
    return client.post(f"/admin/pages/{page.pk}/edit/", editor_post(schema, **more))


def now_asks(page: FormPage) -> list[str]:
    """Labels as the newest revision has them."""
    revision = FormPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    return [one.label for one in revision.schema_now]


@pytest.mark.parametrize("action", [{}, PUBLISH])
def test_whoever_saves_second_is_told_what_differs_and_nothing_is_saved(page: FormPage, action: dict[str, str]) -> None:
    first, second = editor(), editor()
    seen = opened(page)
    assert save(first, page, THEIRS, **seen).status_code == 302
    answer = save(second, page, MINE, **seen, **action)
    assert answer.status_code == 200
    told = " ".join(answer.context["form"].non_field_errors())
    assert "“检查”" in told
    assert "“检查情况”" in told
    assert "“检查日期”" in told
    assert now_asks(page) == ["检查情况", "人数"]
    assert len(current(page).form_schema.fields) == 2


def test_what_the_second_typed_is_still_there_and_saving_again_keeps_it(page: FormPage) -> None:
    first, second = editor(), editor()
    seen = opened(page)
    save(first, page, THEIRS, **seen)
    answer = save(second, page, MINE, **seen)
    assert "\\u68c0\\u67e5\\u65e5\\u671f" in answer.content.decode() or "检查日期" in answer.content.decode()
    assert save(second, page, MINE, **opened(page)).status_code == 302
    assert now_asks(page) == ["检查", "人数", "检查日期"]
    assert page.revisions.count() == 3  # theirs can still be found


def test_saving_waits_for_the_editor_after_a_refusal(page: FormPage) -> None:
    seen = opened(page)
    save(editor(), page, THEIRS, **seen)
    refused = save(editor(), page, MINE, **seen).context["form"]
    assert refused["stale"].value() == str(FormPage.objects.get(pk=page.pk).latest_revision_id)
    fresh = editor().get(f"/admin/pages/{page.pk}/edit/").context["form"]
    assert not fresh["stale"].value()


def test_automatic_saving_never_overwrites_another_editor(page: FormPage) -> None:
    seen = opened(page)
    save(editor(), page, THEIRS, **seen)
    data = editor_post(MINE, **seen)
    answer = editor().post(f"/admin/pages/{page.pk}/edit/", data, headers={"accept": "application/json"})
    assert answer.status_code == 400
    assert answer.json()["error_code"] == "invalid_revision"
    assert now_asks(page) == ["检查情况", "人数"]


def test_one_editor_alone_saves_as_often_as_they_like(page: FormPage) -> None:
    client = editor()
    for schema in (THEIRS, MINE):
        assert save(client, page, schema, **opened(page)).status_code == 302
    assert now_asks(page) == ["检查", "人数", "检查日期"]


def test_ones_own_automatic_saving_is_not_another_editor(page: FormPage) -> None:
    client = editor()
    seen = opened(page)
    data = editor_post(THEIRS, **seen)
    client.post(f"/admin/pages/{page.pk}/edit/", data, headers={"accept": "application/json"})
    assert save(client, page, MINE, **seen).status_code == 302
    assert len(now_asks(page)) == 3


def test_two_editors_with_the_same_content_are_told_so(page: FormPage) -> None:
    seen = opened(page)
    save(editor(), page, THEIRS, **seen)
    told = save(editor(), page, THEIRS, **seen).context["form"].non_field_errors()
    assert len(told) == 2
    assert "“" not in told[1]


def test_the_preview_shows_what_is_typed_although_somebody_else_has_saved(page: FormPage) -> None:
    seen = opened(page)
    save(editor(), page, THEIRS, **seen)
    answer = editor().post(f"/admin/pages/{page.pk}/edit/preview/", editor_post(MINE, **seen))
    assert answer.json() == {"is_valid": True, "is_available": True}
