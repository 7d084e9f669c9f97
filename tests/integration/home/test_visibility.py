"""Pages that are closed to some: in lists, in menus, for the search."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from wagtail.models import PageViewRestriction

from home.policies.models import PolicyIndexPage, PolicyPage
from home.querysets import audience_tokens
from portal.units.access import PUBLIC, access_for
from portal.units.enums import Role
from tests.factories.home import PolicyPageFactory, restrict
from tests.factories.units import person

pytestmark = pytest.mark.django_db


def seen_by(role: Role | None) -> list[PolicyPage]:
    user = person(role) if role else AnonymousUser()
    return list(PolicyPage.objects.visible_to(user))


def test_drafts_are_visible_to_nobody_in_lists() -> None:
    PolicyPageFactory(live=False)
    assert seen_by(Role.ADMINISTRATOR) == []


def test_a_page_closed_to_some_roles_is_listed_only_for_these() -> None:
    page = PolicyPageFactory(title="内部口径说明")
    restrict(page, Role.COORDINATOR, Role.LEADER)
    assert seen_by(Role.LEADER) == [page]
    assert seen_by(Role.REPORTER) == []
    assert seen_by(None) == []


def test_a_page_for_people_with_an_account_is_hidden_from_visitors() -> None:
    page = PolicyPageFactory()
    restrict(page, kind=PageViewRestriction.LOGIN)
    assert seen_by(Role.STAFF) == [page]
    assert seen_by(None) == []


def test_a_page_with_a_password_is_in_nobodys_list() -> None:
    restrict(PolicyPageFactory(), kind=PageViewRestriction.PASSWORD)
    assert seen_by(Role.ADMINISTRATOR) == []


def test_what_lies_below_a_closed_page_is_closed_and_the_section_leaves_the_menu(client: Client) -> None:
    page = PolicyPageFactory()
    restrict(PolicyIndexPage.objects.get(), Role.LEADER)
    assert seen_by(Role.LEADER) == [page]
    assert seen_by(None) == []
    front = client.get("/").content.decode()
    assert "/policies/" not in front
    assert page.title not in front


def test_the_tokens_of_a_page_find_exactly_those_who_may_open_it() -> None:
    open_page, closed_page, guarded_page = PolicyPageFactory(), PolicyPageFactory(), PolicyPageFactory()
    restrict(closed_page, Role.LEADER, Role.AUDITOR)
    restrict(guarded_page, kind=PageViewRestriction.PASSWORD)
    assert audience_tokens(open_page) == {PUBLIC}
    assert audience_tokens(guarded_page) == frozenset()
    for role in Role:
        user = person(role)
        finds = not audience_tokens(closed_page).isdisjoint(access_for(user).tokens())
        opens = closed_page in PolicyPage.objects.visible_to(user)
        assert finds == opens == (role in {Role.LEADER, Role.AUDITOR})


def test_restrictions_on_the_way_to_a_page_add_up() -> None:
    page = PolicyPageFactory()
    restrict(PolicyIndexPage.objects.get(), Role.LEADER, Role.EDITOR)
    restrict(page, Role.EDITOR, Role.STAFF)
    assert audience_tokens(page) == {"role:editor"}
    assert seen_by(Role.EDITOR) == [page]
    assert seen_by(Role.LEADER) == []
