"""A form that reports refer to stays; the editor is told why, and what to do instead."""

from typing import Any

import pytest
from django.db.models import ProtectedError
from django.test import Client

from forms.builder.models import FormIndexPage, FormPage, FormVersion
from home.models import HomePage
from portal.units.enums import Role
from tests.factories.builder import form_of, form_page, question
from tests.factories.collection import PeriodFactory, RequirementFactory
from tests.factories.units import person

pytestmark = pytest.mark.django_db

FORM = form_of(question("text", "k1", "检查"), title="检查表")


@pytest.fixture
def folder() -> FormIndexPage:
    return HomePage.objects.get().add_child(instance=FormIndexPage(title="表单库", slug="forms-of-test"))


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(person(Role.ADMINISTRATOR))
    return client


def told(answer: Any) -> str:
    """The messages on the page that follows."""
    return " ".join(str(message) for message in answer.context["messages"])


def delete(client: Client, pk: int) -> Any:
    return client.post(f"/admin/pages/{pk}/delete/", follow=True)


def test_a_form_that_nobody_was_asked_for_goes_with_its_versions(administrator: Client, folder: FormIndexPage) -> None:
    page = form_page(FORM, parent=folder)
    assert delete(administrator, page.pk).status_code == 200
    assert not FormPage.objects.exists()
    assert not FormVersion.objects.exists()


def test_looking_at_the_question_deletes_nothing(administrator: Client, folder: FormIndexPage) -> None:
    page = form_page(FORM, parent=folder)
    assert administrator.get(f"/admin/pages/{page.pk}/delete/").status_code == 200
    assert page.versions.count() == 1


def test_a_form_with_a_requirement_stays_and_the_reason_is_told(administrator: Client, folder: FormIndexPage) -> None:
    page = form_page(FORM, parent=folder)
    RequirementFactory(form=page)
    answer = delete(administrator, page.pk)
    assert answer.status_code == 200
    assert "检查表" in told(answer)
    assert "取消发布" in told(answer)
    assert page.versions.count() == 1


def test_a_form_with_a_pinned_version_stays(administrator: Client, folder: FormIndexPage) -> None:
    page = form_page(FORM, parent=folder)
    other = form_page(form_of(question("text"), title="另一张表"), parent=folder, slug="other")
    PeriodFactory(requirement__form=other, version=page.current_version)
    delete(administrator, page.pk)
    assert FormPage.objects.filter(pk=page.pk).exists()


def test_a_folder_with_a_form_in_use_stays(administrator: Client, folder: FormIndexPage) -> None:
    page = form_page(FORM, parent=folder)
    form_page(form_of(question("text"), title="没人用的表"), parent=folder, slug="other")
    RequirementFactory(form=page)
    answer = delete(administrator, folder.pk)
    assert "检查表" in told(answer)
    assert "没人用的表" not in told(answer)
    assert FormPage.objects.count() == 2
    assert FormVersion.objects.count() == 2


def test_a_folder_of_unused_forms_goes(administrator: Client, folder: FormIndexPage) -> None:
    form_page(FORM, parent=folder)
    delete(administrator, folder.pk)
    assert not FormIndexPage.objects.filter(pk=folder.pk).exists()
    assert not FormVersion.objects.exists()


def test_deleting_several_at_once_is_refused_in_words_too(administrator: Client, folder: FormIndexPage) -> None:
    used = form_page(FORM, parent=folder)
    unused = form_page(form_of(question("text"), title="没人用的表"), parent=folder, slug="other")
    RequirementFactory(form=used)
    url = f"/admin/bulk/wagtailcore/page/delete/?id={used.pk}&id={unused.pk}&next=/admin/pages/{folder.pk}/"
    answer = administrator.post(url, follow=True)
    assert answer.status_code == 200
    assert "检查表" in told(answer)
    assert FormPage.objects.count() == 2
    assert unused.versions.count() == 1


def test_several_unused_forms_go_at_once(administrator: Client, folder: FormIndexPage) -> None:
    pages = [form_page(FORM, parent=folder, slug=f"form-{number}") for number in range(2)]
    query = "&".join(f"id={page.pk}" for page in pages)
    administrator.post(f"/admin/bulk/wagtailcore/page/delete/?{query}&next=/admin/")
    assert not FormPage.objects.exists()


def test_other_pages_are_deleted_as_ever(administrator: Client, folder: FormIndexPage) -> None:
    delete(administrator, folder.pk)
    assert not FormIndexPage.objects.filter(pk=folder.pk).exists()


def test_the_database_itself_keeps_versions_in_use() -> None:
    page = form_page(FORM)
    with pytest.raises(ProtectedError):
        page.delete()
