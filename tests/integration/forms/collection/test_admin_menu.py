"""From the Wagtail admin to the requirements."""

import pytest
from django.test import Client
from django.urls import reverse

from portal.units.enums import Role
from tests.factories.units import person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "shown"), [(Role.COORDINATOR, True), (Role.ADMINISTRATOR, True), (Role.EDITOR, False)]
)
def test_the_menu_leads_those_to_requirements_who_may_prepare_them(role: Role, shown: bool) -> None:
    client = Client()
    client.force_login(person(role))
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert (f'"{reverse("collection:list")}"' in page) == shown
