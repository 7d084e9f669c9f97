"""Files of the library: who learns of them, and what gets in."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django.fixtures import Settings

from portal.media.models import PortalDocument, PortalImage
from portal.units.enums import Role
from tests.factories.submissions import attach, sides
from tests.integration.access.samples import PIXEL
from tests.integration.trust.browsers import browser_of

pytestmark = pytest.mark.django_db

HTML = b"<html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


@pytest.fixture(autouse=True)
def _folder(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def test_an_auditor_learns_of_no_draft_file_from_the_admins_interface() -> None:
    document = PortalDocument.objects.create(title="未公开的整改清单", file=ContentFile(b"x", "draft.txt"))
    picture = PortalImage.objects.create(title="未公开的照片", file=ContentFile(PIXEL, "p.png"))
    for role, status, count in ((Role.EDITOR, 200, 1), (Role.AUDITOR, 404, 0)):
        client = browser_of(role)
        for kind, row in (("documents", document), ("images", picture)):
            assert client.get(f"/admin/api/main/{kind}/").json()["meta"]["total_count"] == count
            assert client.get(f"/admin/api/main/{kind}/{row.pk}/").status_code == status


def test_counting_through_the_numbers_of_documents_finds_nothing() -> None:
    document = PortalDocument.objects.create(title="草稿", file=ContentFile(b"x", "draft.txt"))
    for role in (Role.REPORTER, Role.SUPERVISOR, Role.LEADER, Role.AUDITOR):
        assert browser_of(role).get(f"/documents/{document.pk}/draft.txt").status_code == 404
        assert browser_of(role).get(f"/documents/{document.pk}/other.txt").status_code == 404


@pytest.mark.parametrize(
    ("route", "field"),
    [
        ("wagtaildocs:add", "file"),
        ("wagtaildocs:add_multiple", "files[]"),
        ("wagtaildocs_chooser:create", "document-chooser-upload-file"),
    ],
)
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", HTML),
        ("a.docx", HTML),
        ("a.html", HTML),
        ("a.svg", SVG),
        ("a.pdf.svg", SVG),
        ("a.xlsx", b"PK\x03\x04"),
    ],
)
def test_no_way_of_uploading_takes_a_document_that_lies_about_itself(
    route: str, field: str, name: str, content: bytes
) -> None:
    data = {field: SimpleUploadedFile(name, content), "title": "x", "document-chooser-upload-title": "x"}
    response = browser_of(Role.EDITOR).post(reverse(route), data, headers={"x-requested-with": "XMLHttpRequest"})
    assert response.status_code < 500
    assert not PortalDocument.objects.exists()


@pytest.mark.parametrize(
    ("route", "field"),
    [
        ("wagtailimages:add", "file"),
        ("wagtailimages:add_multiple", "files[]"),
        ("wagtailimages_chooser:create", "image-chooser-upload-file"),
    ],
)
@pytest.mark.parametrize(("name", "content"), [("a.svg", SVG), ("a.png", SVG), ("a.jpg", HTML), ("a.png", b"")])
def test_no_way_of_uploading_takes_a_picture_that_is_none(route: str, field: str, name: str, content: bytes) -> None:
    data = {field: SimpleUploadedFile(name, content), "title": "x", "image-chooser-upload-title": "x"}
    response = browser_of(Role.EDITOR).post(reverse(route), data, headers={"x-requested-with": "XMLHttpRequest"})
    assert response.status_code < 500
    assert not PortalImage.objects.exists()


def test_the_private_storage_has_no_addresses() -> None:
    kept = attach(sides())
    with pytest.raises(ValueError, match="no address"):
        storages["private"].url("reports/x")
    with pytest.raises(ValueError, match="no address"):
        _ = kept.file.url
