"""Pages closed to all but some groups, when such a group is deleted or renamed: in force at once, not by night."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import PageViewRestriction

from home.policies.models import PolicyIndexPage, PolicyPage
from portal.accounts.models import User
from portal.units.enums import Role
from portal.units.services import GROUP_PREFIX
from tests.factories.home import PolicyPageFactory, restrict
from tests.factories.units import person
from tests.integration.search.asking import found, found_by, settle, waiting

pytestmark = pytest.mark.django_db

TITLE = "内部工作规程"


def _group(role: Role) -> Group:
    return Group.objects.get(name=GROUP_PREFIX + role.value)


def _rename(group: Group) -> None:
    group.name = "来宾"
    group.save()


def _delete(group: Group) -> None:
    group.delete()


def _delete_many(group: Group) -> None:
    Group.objects.filter(pk=group.pk).delete()


@pytest.fixture
def page() -> PolicyPage:
    """For editors and leaders alone, below a section."""
    page: PolicyPage = PolicyPageFactory(title=TITLE)
    restrict(PolicyIndexPage.objects.get(), Role.EDITOR, Role.LEADER)
    settle()
    return page


@pytest.fixture
def editor() -> User:
    """An editor."""
    return person(Role.EDITOR)


@pytest.fixture
def leader() -> User:
    """A leader."""
    return person(Role.LEADER)


@pytest.mark.parametrize("act", [_delete, _delete_many, _rename])
def test_whose_group_is_gone_finds_the_page_no_more_and_the_others_still_do(
    page: PolicyPage, editor: User, leader: User, act: Callable[[Group], None]
) -> None:
    assert found_by(editor, TITLE) == found_by(leader, TITLE) == [TITLE]
    act(_group(Role.EDITOR))
    assert found_by(editor, TITLE) == []
    settle()
    assert found_by(editor, TITLE) == []
    assert found_by(leader, TITLE) == [TITLE]


def test_a_group_deleted_in_the_admin_is_noticed_too(page: PolicyPage, editor: User) -> None:
    client = Client()
    client.force_login(person(Role.ADMINISTRATOR, is_superuser=True))
    number = _group(Role.EDITOR).pk
    assert client.post(reverse("wagtailusers_groups:delete", args=[number])).status_code == 302
    assert not Group.objects.filter(pk=number).exists()
    assert found_by(editor, TITLE) == []
    signed_in = Client()
    signed_in.force_login(editor)
    assert signed_in.get(page.get_url()).status_code != 200


def test_the_last_group_that_is_deleted_opens_the_page_to_nobody(page: PolicyPage, editor: User, leader: User) -> None:
    _group(Role.EDITOR).delete()
    _group(Role.LEADER).delete()
    settle()
    assert found(TITLE) == found_by(editor, TITLE) == found_by(leader, TITLE) == []


def test_a_group_renamed_to_that_of_a_role_lets_the_role_find_the_page(page: PolicyPage, leader: User) -> None:
    guests = Group.objects.create(name="来宾")
    restriction = PageViewRestriction.objects.get()
    restriction.groups.set([guests])
    settle()
    assert found_by(leader, TITLE) == []
    _group(Role.LEADER).delete()
    guests.name = GROUP_PREFIX + Role.LEADER.value
    guests.save(update_fields=["name"])
    settle()
    assert found_by(leader, TITLE) == [TITLE]


def test_what_is_rolled_back_or_concerns_no_page_leaves_nothing_to_be_indexed(page: PolicyPage) -> None:
    group = _group(Role.EDITOR)
    with transaction.atomic():
        group.delete()
        assert waiting() > 0
        transaction.set_rollback(True)
    assert waiting() == 0
    _group(Role.EDITOR).save(update_fields=[])
    _group(Role.STAFF).delete()
    Group.objects.create(name="来宾").delete()
    assert waiting() == 0
