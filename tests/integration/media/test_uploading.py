"""Uploading in the Wagtail admin, and the text that is read out of it."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from portal.media.models import FileText, PortalDocument
from portal.media.texts import keep_text
from portal.units.enums import Role
from tests.factories.units import person
from tests.integration.queue import run_queued
from tests.unit.media.filing import pdf, word

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folders(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(person(Role.EDITOR))
    return client


def _upload(client: Client, name: str, content: bytes) -> str:
    response = client.post(reverse("wagtaildocs:add"), {"title": "整改清单", "file": SimpleUploadedFile(name, content)})
    return response.content.decode() if response.status_code == 200 else ""


def test_an_honest_file_is_taken(editor: Client) -> None:
    _upload(editor, "清单.docx", word("隐患"))
    assert PortalDocument.objects.count() == 1


def test_a_file_that_is_not_what_its_name_says_is_refused_in_words(editor: Client) -> None:
    assert "与扩展名不符" in _upload(editor, "清单.pdf", b"MZ\x90\x00\x03 not a pdf")
    assert not PortalDocument.objects.exists()


def test_a_file_that_is_too_large_is_refused_in_words(editor: Client, settings: Settings) -> None:
    settings.PORTAL_UPLOAD_MAX_BYTES = 1024 * 1024
    assert "超过 1 MB" in _upload(editor, "说明.txt", b"a" * (1024 * 1024 + 1))
    assert not PortalDocument.objects.exists()


def test_the_text_of_an_upload_is_read_in_the_background(editor: Client) -> None:
    _upload(editor, "清单.docx", word("消防通道堵塞"))
    run_queued()
    document = PortalDocument.objects.get()
    assert (document.extracted_text, document.extraction_error) == ("消防通道堵塞", "")
    assert document.extracted_at


def test_a_file_without_text_says_why() -> None:
    PortalDocument.objects.create(title="加密", file=ContentFile(pdf("x", password="geheim"), "secret.pdf"))
    run_queued()
    assert PortalDocument.objects.get().get_extraction_error_display() == "文件设有密码。"


def test_a_document_whose_file_is_gone_stops_nobody() -> None:
    document = PortalDocument.objects.create(title="丢失", file=ContentFile(b"text", "lost.txt"))
    document.file.storage.delete(document.file.name)
    other = PortalDocument.objects.create(title="正常", file=ContentFile("正常文字".encode(), "fine.txt"))
    run_queued()
    other.refresh_from_db()
    assert other.extracted_text == "正常文字"


def test_the_same_content_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = keep_text(sha256="a" * 64, file=ContentFile("街面巡查".encode()), name="a.txt")
    monkeypatch.setattr("portal.media.texts.extract_text", lambda *arguments: pytest.fail("read again"))
    again = keep_text(sha256="a" * 64, file=ContentFile(b""), name="b.txt")
    assert first.text == again.text == "街面巡查"
    assert FileText.objects.count() == 1
