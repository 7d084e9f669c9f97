"""What each role may do with pages."""

import pytest
from django.test import Client
from wagtail.models import Page

from home.permissions import may_edit
from home.policies.models import PolicyIndexPage
from portal.units.enums import ADMIN_INTERFACE, Role
from tests.factories.home import PolicyPageFactory
from tests.factories.units import person

pytestmark = pytest.mark.django_db

WRITERS = {Role.EDITOR, Role.COORDINATOR, Role.ADMINISTRATOR}


def signed_in(role: Role) -> Client:
    client = Client()
    client.force_login(person(role))
    return client


@pytest.mark.parametrize("role", list(Role))
def test_only_the_roles_of_the_admin_interface_enter_it(role: Role) -> None:
    answer = signed_in(role).get("/admin/")
    assert (answer.status_code == 200) == (role in ADMIN_INTERFACE)


@pytest.mark.parametrize("role", list(Role))
def test_only_writing_roles_may_add_and_publish_policies(role: Role) -> None:
    index = PolicyIndexPage.objects.get()
    permissions = index.permissions_for_user(person(role))
    assert permissions.can_add_subpage() == (role in WRITERS)
    assert permissions.can_publish_subpage() == (role in WRITERS)


@pytest.mark.parametrize("role", sorted(WRITERS))
def test_writing_roles_use_images_documents_and_topics(role: Role) -> None:
    client = signed_in(role)
    for address in ("/admin/images/", "/admin/documents/", "/admin/snippets/policies/policytopic/"):
        assert client.get(address).status_code == 200


def test_an_auditor_enters_the_admin_but_edits_nothing() -> None:
    page = PolicyPageFactory()
    client = signed_in(Role.AUDITOR)
    assert client.get("/admin/").status_code == 200
    assert client.get(f"/admin/pages/{page.pk}/edit/").status_code == 302
    assert client.get("/admin/images/").status_code == 302


def test_only_an_administrator_changes_the_workflow() -> None:
    assert signed_in(Role.ADMINISTRATOR).get("/admin/workflows/list/").status_code == 200
    assert signed_in(Role.EDITOR).get("/admin/workflows/list/").status_code == 302


def test_the_link_to_edit_is_shown_to_whoever_may(client: Client) -> None:
    page: Page = PolicyPageFactory()
    editing = f"/admin/pages/{page.pk}/edit/"
    assert editing in signed_in(Role.EDITOR).get(page.get_url()).content.decode()
    assert editing not in signed_in(Role.REPORTER).get(page.get_url()).content.decode()
    assert editing not in client.get(page.get_url()).content.decode()
    assert not may_edit(person(Role.AUDITOR), page)
