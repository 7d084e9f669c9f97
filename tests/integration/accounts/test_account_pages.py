"""The portal's account page, and what is left of the Wagtail admin's."""

import pytest
from django.test import Client

from portal.units.enums import Role
from tests.factories.units import person

pytestmark = pytest.mark.django_db


def test_a_role_without_dates_is_said_to_have_no_limit(client: Client) -> None:
    client.force_login(person(Role.REPORTER))
    page = client.get("/account/").content.decode()
    assert "长期有效" in page
    assert "— – —" not in page


def test_the_admin_asks_neither_for_a_name_in_two_parts_nor_for_a_password(client: Client) -> None:
    client.force_login(person(Role.EDITOR))
    page = client.get("/admin/account/").content.decode()
    assert "avatar" in page
    assert "name_email-first_name" not in page
    assert "password-new_password1" not in page
