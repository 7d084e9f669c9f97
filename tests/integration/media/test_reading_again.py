"""What a former version of the portal could not read is read by itself once this one can."""

import datetime
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from pytest_django.fixtures import Settings

from portal.media import rereading
from portal.media.extraction import READER
from portal.media.models import FileText, PortalDocument
from portal.media.rereading import read_again
from portal.media.tasks import read_document
from portal.media.texts import keep_text
from tests.integration.queue import run_queued
from tests.unit.media.filing import ods

pytestmark = pytest.mark.django_db

NIGHT = datetime.datetime(2026, 3, 3, 18, tzinfo=datetime.UTC)
"""Two o'clock in Beijing."""


@pytest.fixture(autouse=True)
def _folders(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def _given_up(name: str, content: bytes) -> PortalDocument:
    """A document that the portal of some time ago called unsupported."""
    document = PortalDocument.objects.create(title=name, file=ContentFile(content, name))
    run_queued()
    former = {"extracted_text": "", "extraction_error": "unsupported", "reader": 0}
    PortalDocument.objects.filter(pk=document.pk).update(**former)
    return document


def test_by_night_a_document_is_read_that_a_former_reader_gave_up_on() -> None:
    document = _given_up("台账.ods", ods(隐患台账=[["问题"], ["消防通道堵塞"]]))
    assert read_again(NIGHT + datetime.timedelta(hours=8)) == 0
    assert read_again(NIGHT) == 1
    run_queued()
    document.refresh_from_db()
    assert "消防通道堵塞" in document.extracted_text
    assert (document.extraction_error, document.reader) == ("", READER)
    assert read_again(NIGHT) == 0


def test_what_this_reader_gives_up_on_too_is_not_asked_for_night_after_night() -> None:
    document = _given_up("图.bin", b"\x89PNG\r\n\x1a\n\x00\x00")
    assert read_again(NIGHT) == 1
    run_queued()
    document.refresh_from_db()
    assert (document.extraction_error, document.reader) == ("unsupported", READER)
    assert read_again(NIGHT) == 0


def test_what_was_read_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    document = PortalDocument.objects.create(title="文", file=ContentFile("街面巡查".encode(), "a.txt"))
    run_queued()
    PortalDocument.objects.update(reader=0)
    assert read_again(NIGHT) == 0
    monkeypatch.setattr("portal.media.texts.extract_text", lambda *arguments: pytest.fail("read again"))
    read_document.call(document.pk)


def test_one_turn_takes_a_few_and_a_file_that_is_gone_keeps_no_other_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rereading, "MOST_AT_ONCE", 2)
    lost, *others = [_given_up(f"{name}.txt", name.encode()) for name in ("丢失", "甲文", "乙文")]
    lost.file.storage.delete(lost.file.name)
    turns = []
    for _night in range(3):
        turns.append(read_again(NIGHT))
        run_queued()
    assert turns == [2, 1, 0]
    texts = PortalDocument.objects.filter(pk__in=[one.pk for one in others]).order_by("pk")
    assert list(texts.values_list("extracted_text", flat=True)) == ["甲文", "乙文"]


def test_a_killed_turn_loses_none(monkeypatch: pytest.MonkeyPatch) -> None:
    _given_up("甲.txt", "甲文".encode())
    with monkeypatch.context() as patched:
        patched.setattr(type(read_document), "enqueue", lambda *arguments: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            read_again(NIGHT)
    assert read_again(NIGHT) == 1


def test_the_text_of_a_file_of_another_room_is_read_by_each_reader_until_one_can() -> None:
    content = ContentFile("街面巡查".encode())
    FileText.objects.create(sha256="a" * 64, error="unsupported", reader=0)
    assert keep_text(sha256="a" * 64, file=content, name="a.txt").text == "街面巡查"
    FileText.objects.create(sha256="b" * 64, error="unsupported", reader=READER)
    assert keep_text(sha256="b" * 64, file=content, name="a.txt").text == ""
