"""Files of reports: private, named in Chinese, told by content, removed only where they were never sent."""

import datetime
import hashlib
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from forms.submissions.errors import FileRefusedError
from forms.submissions.files import KEEP_UNSENT, clean_name, keep_file, reference
from forms.submissions.kept import KeptError
from forms.submissions.models import SubmissionFile
from forms.submissions.schedule import remove_files_never_sent
from forms.submissions.services import begin, save_draft
from portal.audit.enums import AuditAction
from portal.audit.models import AuditEvent
from tests.factories.submissions import attach, send_with_file, sides

pytestmark = pytest.mark.django_db


def test_a_file_is_handed_out_as_an_attachment_under_its_chinese_name_and_logged() -> None:
    found = sides()
    kept = send_with_file(found)
    client = Client()
    client.force_login(found.coordinator)
    response = client.get(reverse("submissions:file", args=[kept.pk]))
    assert b"".join(response.streaming_content).decode() == "街面巡查"  # type: ignore[attr-defined]
    assert response["Content-Disposition"] == f"attachment; filename*=utf-8''{quote('巡查照片.txt')}"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
    event = AuditEvent.objects.get(action=AuditAction.DOWNLOAD)
    assert (event.user, event.target_label) == (found.coordinator, "巡查照片.txt")


def test_a_file_lies_in_the_private_folder_under_its_number_and_has_no_address() -> None:
    kept = attach(sides(), name="../../etc/passwd")
    path = Path(kept.file.path)
    assert path.is_relative_to(settings.PRIVATE_ROOT)
    assert path.name == kept.pk.hex
    assert kept.name == "passwd"
    client = Client()
    client.force_login(kept.uploaded_by)
    assert client.get(f"/media/{kept.file.name}", follow=True).status_code == 404


def test_size_and_check_sum_are_those_of_the_content() -> None:
    kept = attach(sides(), content=b"abc")
    assert (kept.size, kept.sha256) == (3, hashlib.sha256(b"abc").hexdigest())


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("C:\\照片\\现场.jpg", "现场.jpg"),
        ("a\u202egpj.exe", "agpj.exe"),
        ("\n", "file"),
        ("长" * 300 + ".docx", "长" * 250 + ".docx"),
    ],
)
def test_names_lose_folders_and_control_characters_but_not_their_ending(name: str, kept: str) -> None:
    with translation.override("en"):
        assert clean_name(name) == kept


def test_a_file_that_is_too_large_is_refused(settings: Any) -> None:
    found = sides()
    report = begin(user=found.reporter, expected=found.expected)
    settings.PORTAL_UPLOAD_MAX_BYTES = 3
    with pytest.raises(FileRefusedError):
        keep_file(user=found.reporter, submission=report, upload=SimpleUploadedFile("a.txt", b"abcd"))
    assert not SubmissionFile.objects.exists()


def test_guessing_a_number_finds_nothing() -> None:
    found, stranger = sides(), sides()
    kept = send_with_file(found)
    client = Client()
    client.force_login(stranger.reporter)
    assert client.get(reverse("submissions:file", args=[kept.pk])).status_code == 404
    client.force_login(found.reporter)
    assert client.get(reverse("submissions:file", args=["0" * 8 + "-0000-4000-8000-" + "0" * 12])).status_code == 404


def test_a_file_whose_content_is_lost_is_not_found_rather_than_an_error() -> None:
    found = sides()
    kept = send_with_file(found)
    storages["private"].delete(kept.file.name or "")
    client = Client()
    client.force_login(found.reporter)
    assert client.get(reverse("submissions:file", args=[kept.pk])).status_code == 404


def test_only_old_files_that_were_neither_sent_nor_kept_in_a_draft_are_removed(
    django_capture_on_commit_callbacks: Any,
) -> None:
    sent, found = sides(), sides()
    old = [send_with_file(sent), attach(found, "草稿中.txt"), attach(found, "换掉了.txt")]
    save_draft(user=found.reporter, expected=found.expected, answers={"evidence": [reference(old[1])]}, revision=0)
    long_ago = timezone.now() - KEEP_UNSENT - datetime.timedelta(days=1)
    for kept in old:
        kept.uploaded_at = long_ago
        kept.save()
    fresh = attach(found, "刚选的.txt")
    with django_capture_on_commit_callbacks(execute=True):
        assert remove_files_never_sent() == 1
    assert set(SubmissionFile.objects.all()) == {old[0], old[1], fresh}
    assert not storages["private"].exists(old[2].file.name or "")
    assert storages["private"].exists(old[1].file.name or "")


def test_files_cannot_be_removed_in_bulk() -> None:
    attach(sides())
    with pytest.raises(KeptError):
        SubmissionFile.objects.all().delete()
