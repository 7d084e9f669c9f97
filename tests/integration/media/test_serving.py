"""Who may read which file, and under which address."""

import io
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image
from pytest_django.fixtures import Settings

from home.policies.models import PolicyAttachment, PolicyPage
from portal.accounts.models import User
from portal.media.models import PortalDocument, PortalImage
from portal.units.enums import Role
from tests.factories.home import PolicyPageFactory, restrict
from tests.factories.units import person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folders(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def _document() -> PortalDocument:
    return PortalDocument.objects.create(title="整改清单", file=ContentFile(b"text", "list.txt"))


def _page_with(document: PortalDocument, *, live: bool = True) -> PolicyPage:
    page = PolicyPageFactory(live=live)
    page.attachments.add(PolicyAttachment(document=document))
    revision = page.save_revision()
    if live:
        revision.publish()
    return PolicyPage.objects.get(pk=page.pk)


def _status(url: str, user: User | None = None) -> int:
    client = Client()
    if user:
        client.force_login(user)
    return client.get(url).status_code


def test_a_file_of_a_published_page_is_everybodys_from_that_moment() -> None:
    document = _document()
    assert _status(document.url) == 404
    _page_with(document)
    assert _status(document.url) == 200


def test_a_draft_file_is_for_those_who_work_on_it() -> None:
    document = _document()
    _page_with(document, live=False)
    for stranger in (None, person(Role.REPORTER), person(Role.STAFF), person(Role.SUPERVISOR)):
        assert _status(document.url, stranger) == 404
    assert _status(document.url, person(Role.EDITOR)) == 200


def test_a_file_goes_offline_with_its_page() -> None:
    document = _document()
    page = _page_with(document)
    page.unpublish()
    assert _status(document.url) == 404


def test_a_file_taken_off_its_page_is_no_longer_public() -> None:
    document = _document()
    page = _page_with(document)
    page.attachments.clear()
    page.save_revision().publish()
    assert _status(document.url) == 404


def test_a_file_is_as_closed_as_its_page() -> None:
    document = _document()
    restrict(_page_with(document), Role.LEADER)
    assert _status(document.url) == 404
    assert _status(document.url, person(Role.STAFF)) == 404
    assert _status(document.url, person(Role.LEADER)) == 200


def test_documents_have_no_address_in_the_media_folder() -> None:
    document = _document()
    _page_with(document)
    for url in (f"/media/{document.file.name}", f"/media/images/../{document.file.name}", "/media/", "/media/images/"):
        assert _status(url) == 404, url


@pytest.mark.parametrize(
    "name",
    ["..%2Fdocuments%2Flist.txt", "%2e%2e%2flist.txt", "..%5Clist.txt", ".hidden.png", "list.txt", "a.svg", "%00.png"],
)
def test_no_name_leads_out_of_the_folder_of_renditions(name: str, tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "list.txt").write_text("no")
    (tmp_path / "list.txt").write_text("no")
    assert _status(f"/media/images/{name}") == 404


def test_a_picture_is_shown_and_kept_by_the_browser() -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(buffer, "PNG")
    image = PortalImage.objects.create(title="现场", file=ContentFile(buffer.getvalue(), "scene.png"))
    response = Client().get(image.get_rendition("width-20").url)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/png"
    assert "immutable" in response["Cache-Control"]
    assert _status(f"/media/{image.file.name}") == 404
