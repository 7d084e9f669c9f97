"""Photos in reports: whoever may see one sees a copy; when and where it was taken stays with those concerned."""

import io
from typing import Any

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from forms.builder.schema import FieldSchema, FormSchema
from forms.collection.enums import ReportState
from forms.submissions.errors import FileRefusedError
from forms.submissions.files import keep_file, reference
from forms.submissions.models import SubmissionFile
from forms.submissions.review.services import accept
from forms.submissions.services import begin
from portal.accounts.models import User
from portal.audit.enums import AuditAction
from portal.audit.models import AuditEvent
from portal.units.enums import Role
from tests.factories.pictures import SANYA, exif, picture
from tests.factories.submissions import Sides, asked_for, attach, send, sides
from tests.factories.units import person

pytestmark = pytest.mark.django_db

SECRET = exif("2026:06:01 08:30:00", gps=SANYA)
SCHEMA = FormSchema("巡查记录", fields=(FieldSchema("photos", "photo", "现场照片"),))


def report_with_photo(state: ReportState = ReportState.ACCEPTED, **saving: Any) -> tuple[Sides, SubmissionFile]:
    """A report whose photo tells when and where it was taken."""
    found = patrol()
    kept = attach(found, "现场.jpg", picture(size=(900, 600), exif=SECRET, **saving))
    report = send(found, {"photos": [reference(kept)]})
    if state == ReportState.ACCEPTED:
        accept(user=found.coordinator, submission=report, version=1)
    return found, kept


def patrol() -> Sides:
    """An expected report that asks for photos."""
    return asked_for(SCHEMA)


def browser(user: User) -> Client:
    """A signed-in browser."""
    client = Client()
    client.force_login(user)
    return client


def content(response: Any) -> bytes:
    """The bytes of a file that was handed out."""
    return b"".join(response.streaming_content)


def address(kept: SubmissionFile, name: str = "submissions:file") -> str:
    """Where the file is."""
    return reverse(name, args=[kept.pk])


def reader(found: Sides) -> User:
    """Somebody of the collecting unit who may only read."""
    return person(Role.STAFF, found.expected.period.requirement.owner)


def test_whoever_may_see_a_photo_gets_a_copy_that_tells_neither_time_nor_place() -> None:
    found, kept = report_with_photo()
    for user in (reader(found), found.coordinator, found.reporter, person(Role.LEADER, found.expected.unit)):
        for name in ("submissions:file", "submissions:file_thumbnail"):
            response = browser(user).get(address(kept, name))
            copy = content(response)
            assert response["Content-Type"] == "image/jpeg"
            assert response["Content-Disposition"].startswith("inline")
            assert b"Geheim" not in copy
            assert not Image.open(io.BytesIO(copy)).getexif()


def test_the_original_goes_to_the_unit_and_its_reviewers_only_and_is_noted() -> None:
    found, kept = report_with_photo()
    for user in (found.reporter, found.coordinator):
        response = browser(user).get(address(kept), {"original": "1"})
        assert b"Geheim" in content(response)
        assert response["Content-Disposition"].startswith("attachment")
        event = AuditEvent.objects.filter(action=AuditAction.DOWNLOAD).latest("pk")
        assert (event.user, event.details) == (user, {"report": found.expected.pk, "original": True})
    assert browser(reader(found)).get(address(kept), {"original": "1"}).status_code == 403
    assert AuditEvent.objects.filter(action=AuditAction.DOWNLOAD).count() == 2


def test_looking_at_the_copy_is_noted_and_looking_at_the_thumbnail_is_not() -> None:
    found, kept = report_with_photo()
    client = browser(reader(found))
    client.get(address(kept, "submissions:file_thumbnail"))
    assert not AuditEvent.objects.filter(action=AuditAction.DOWNLOAD).exists()
    client.get(address(kept))
    assert AuditEvent.objects.get(action=AuditAction.DOWNLOAD).details == {"report": found.expected.pk}


def test_thumbnails_are_kept_by_the_readers_browser_and_by_nothing_between() -> None:
    found, kept = report_with_photo()
    response = browser(found.reporter).get(address(kept, "submissions:file_thumbnail"))
    assert response["Cache-Control"].startswith("private, max-age=")
    assert max(Image.open(io.BytesIO(content(response))).size) <= 320


def test_who_may_not_see_the_report_sees_no_thumbnail_either() -> None:
    found, kept = report_with_photo(ReportState.SUBMITTED)
    for stranger in (reader(found), sides().reporter):
        for name in ("submissions:file", "submissions:file_thumbnail"):
            assert browser(stranger).get(address(kept, name)).status_code == 404


def test_other_files_have_no_thumbnail() -> None:
    found = sides()
    kept = attach(found)
    assert browser(found.reporter).get(address(kept, "submissions:file_thumbnail")).status_code == 404


@time_machine.travel("2026-11-02 12:00+08:00", tick=False)  # no time of the page looks like the photo's
def test_the_report_shows_photos_small_and_their_time_and_place_to_those_concerned_only() -> None:
    found, kept = report_with_photo()
    page = reverse("submissions:detail", args=[found.expected.pk])
    for user, concerned in ((found.reporter, True), (found.coordinator, True), (reader(found), False)):
        body = browser(user).get(page).content.decode()
        assert f'src="{address(kept, "submissions:file_thumbnail")}" alt="现场.jpg"' in body
        assert ("18.252800" in body) is concerned
        assert ("8:30" in body) is concerned
        assert ("original=1" in body) is concerned


def test_photos_from_before_there_were_copies_get_theirs_when_they_are_first_looked_at() -> None:
    found, kept = report_with_photo()
    for field in (kept.shown, kept.thumbnail):
        storages["private"].delete(field.name or "")
    kept.shown = kept.thumbnail = ""
    kept.camera = {}
    kept.save()
    assert content(browser(reader(found)).get(address(kept, "submissions:file_thumbnail")))
    kept.refresh_from_db()
    assert kept.camera["taken_at"] == "2026-06-01T08:30:00+08:00"
    names = (kept.shown.name, kept.thumbnail.name)
    assert b"Geheim" not in content(browser(reader(found)).get(address(kept)))
    kept.refresh_from_db()
    assert (kept.shown.name, kept.thumbnail.name) == names


def test_a_broken_picture_from_before_is_handed_to_those_who_may_have_originals() -> None:
    found, kept = report_with_photo()
    storages["private"].delete(kept.file.name or "")
    storages["private"].save(kept.file.name or "", ContentFile(b"\xff\xd8\xff broken Geheim"))
    kept.shown = kept.thumbnail = ""
    kept.save()
    assert b"broken" in content(browser(found.reporter).get(address(kept)))
    assert browser(reader(found)).get(address(kept)).status_code == 404
    assert browser(found.reporter).get(address(kept, "submissions:file_thumbnail")).status_code == 404


def test_a_lost_picture_is_not_found_rather_than_an_error() -> None:
    found, kept = report_with_photo()
    for field in (kept.file, kept.shown, kept.thumbnail):
        storages["private"].delete(field.name or "")
    for name in ("submissions:file", "submissions:file_thumbnail"):
        assert browser(found.reporter).get(address(kept, name)).status_code == 404


@pytest.mark.parametrize("torn", [True, False])
def test_a_picture_that_cannot_be_read_is_not_kept(torn: bool) -> None:
    found = sides()
    report = begin(user=found.reporter, expected=found.expected)
    broken = picture()[:200] if torn else b"\x89PNG\r\n\x1a\n" + bytes(100)
    with pytest.raises(FileRefusedError, match="现场"):
        keep_file(user=found.reporter, submission=report, upload=SimpleUploadedFile("现场.jpg", broken))
    assert not SubmissionFile.objects.exists()


def test_copies_go_when_the_photo_goes(django_capture_on_commit_callbacks: Any) -> None:
    kept = attach(patrol(), "换掉的.jpg", picture())
    names = [field.name or "" for field in (kept.file, kept.shown, kept.thumbnail)]
    assert all(storages["private"].exists(name) for name in names)
    with django_capture_on_commit_callbacks(execute=True):
        kept.delete()
    assert not any(storages["private"].exists(name) for name in names)


def test_a_page_with_twenty_photos_asks_the_database_no_more_than_one_with_two() -> None:
    counts = []
    for many in (2, 20):
        found = patrol()
        photos = [reference(attach(found, f"{number}.png", picture("PNG", (8, 8)))) for number in range(many)]
        report = begin(user=found.reporter, expected=found.expected)
        report.answers = {"photos": photos}
        report.save()
        client = browser(found.reporter)
        for name in ("submissions:fill", "submissions:detail"):
            page = reverse(name, args=[found.expected.pk])
            client.get(page)
            with CaptureQueriesContext(
                connection,
            ) as asked:
                assert client.get(page).content.decode().count("<img") >= many
            counts.append(len(asked))
    assert counts[:2] == counts[2:]


def test_a_photo_is_chosen_once_and_stays_when_the_rest_does_not_validate() -> None:
    found = patrol()
    client = browser(found.reporter)
    page = reverse("submissions:fill", args=[found.expected.pk])
    files = [SimpleUploadedFile("好.jpg", picture(exif=SECRET)), SimpleUploadedFile("坏.jpg", picture()[:150])]
    response = client.post(page, {"action": "submit", "revision": 0, "key": "1" * 32, "photos": files})
    assert response.status_code == 422
    body = response.content.decode()
    assert "坏.jpg" in body
    kept = SubmissionFile.objects.get()
    assert address(kept, "submissions:file_thumbnail") in body
    assert found.report.answers == {"photos": [reference(kept)]}
