"""A published form and its editor."""

import pytest

from forms.builder.models import FormPage
from portal.accounts.models import User
from portal.units.enums import Role
from tests.factories.builder import form_page
from tests.factories.units import person
from tests.integration.forms.builder.versions.drafts import FORM


@pytest.fixture
def editor() -> User:
    return person(Role.EDITOR)


@pytest.fixture
def page(editor: User) -> FormPage:
    return form_page(FORM, user=editor)
