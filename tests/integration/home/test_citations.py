"""Documents that a plan cites, linked where the library has them."""

import pytest
from django.test import Client

from portal.programmes.enums import ProgrammeState
from portal.programmes.models import Programme
from portal.units.enums import Role
from tests.factories.home import PolicyPageFactory
from tests.factories.units import person

pytestmark = pytest.mark.django_db


def test_a_cited_document_of_the_library_is_a_link_and_another_is_its_number(client: Client) -> None:
    page = PolicyPageFactory(title="关于开展专项行动的通知", doc_number="民发[2020]14号")
    programme = Programme.objects.create(
        title="专项行动", state=ProgrammeState.RUNNING, citations=["民发〔2020〕14号", "琼民通〔2020〕28号"]
    )
    client.force_login(person(Role.STAFF))
    shown = client.get(f"/programmes/{programme.pk}/").content.decode()
    assert f'href="{page.url}"' in shown
    assert "琼民通〔2020〕28号" in shown
    page.unpublish()
    assert f'href="{page.url}"' not in client.get(f"/programmes/{programme.pk}/").content.decode()
