"""Files that arrive piece by piece, as tus 1.0.0 has it."""

import base64
import datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings as django_settings
from django.core.files.storage import storages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from forms.builder.schema import FormSchema
from forms.collection.enums import ReportState
from forms.submissions.models import SubmissionFile
from forms.submissions.uploads.models import Upload, UploadPiece
from forms.submissions.uploads.services import KEPT_FOR, finish, remove_expired
from portal.units.enums import Role
from tests.factories.builder import question, table_of
from tests.factories.pictures import picture
from tests.factories.submissions import Sides, asked_for, report_in
from tests.factories.units import person
from tests.integration.forms.submissions.test_autosave import keep
from tests.integration.forms.submissions.test_filling import browser

pytestmark = pytest.mark.django_db

VERSION = {"Tus-Resumable": "1.0.0"}
SCHEMA = FormSchema(
    "巡查",
    fields=(
        question("text", "what", "情况"),
        question("file", "paper", "材料"),
        question("photo", "photos", "照片"),
        table_of(question("file", "proof", "佐证"), key="list", label="清单"),
    ),
)


@pytest.fixture
def found() -> Sides:
    """A report with questions for files."""
    return asked_for(SCHEMA)


def text(value: str) -> str:
    """As metadata are written."""
    return base64.b64encode(value.encode()).decode()


def announce(client: Client, found: Sides, name: str, length: Any, asked: str = "paper", **headers: str) -> Any:
    """Creation."""
    said = {"Upload-Length": str(length), "Upload-Metadata": f"filename {text(name)},question {text(asked)},is_new"}
    where = reverse("submissions:uploads", args=[found.expected.pk])
    return client.post(where, headers={**VERSION, **said, **headers})


def more(client: Client, address: str, offset: int, content: bytes, **headers: str) -> Any:
    """Some bytes."""
    return client.patch(
        address,
        content,
        content_type="application/offset+octet-stream",
        headers={**VERSION, "Upload-Offset": str(offset), **headers},
    )


def stored_files() -> set[str]:
    """Pieces that lie in the private storage."""
    root = Path(storages["private"].path("uploads"))
    return {str(path) for path in root.rglob("*") if path.is_file()}


def test_a_file_arrives_in_pieces_and_becomes_one_of_the_report(found: Sides) -> None:
    client, content = browser(found.reporter), "街面巡查情况".encode() * 100
    made = announce(client, found, "情况.txt", len(content))
    assert made.status_code == 201
    assert made["Tus-Resumable"] == "1.0.0"
    address = made["Location"]
    first = more(client, address, 0, content[:500])
    assert (first.status_code, first["Upload-Offset"]) == (204, "500")
    where = client.head(address, headers=VERSION)
    assert (where["Upload-Offset"], where["Upload-Length"]) == ("500", str(len(content)))
    assert where["Cache-Control"].count("no-store") == 1
    assert more(client, address, 500, content[500:]).status_code == 204
    answer = client.get(address).json()
    kept = SubmissionFile.objects.get()
    assert answer["file"] == str(kept.pk)
    assert "情况.txt" in answer["html"]
    assert (kept.name, kept.size, kept.content_type) == ("情况.txt", len(content), "text/plain")
    assert kept.file.read() == content
    assert not UploadPiece.objects.exists()
    keep(client, found, **{"paper.keep": answer["file"]})
    assert found.report.answers["paper"][0]["name"] == "情况.txt"


def test_bytes_that_do_not_follow_are_refused_and_nothing_is_written_twice(found: Sides) -> None:
    client = browser(found.reporter)
    address = announce(client, found, "情况.txt", 10)["Location"]
    more(client, address, 0, b"01234")
    assert more(client, address, 0, b"01234").status_code == 409
    assert more(client, address, 7, b"789").status_code == 409
    assert more(client, address, 5, b"56789 and more").status_code in (204, 409)
    assert Upload.objects.get().offset in (5, 10)


def test_a_request_that_breaks_off_leaves_what_had_arrived(found: Sides, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.core.handlers.wsgi import WSGIRequest

    client = browser(found.reporter)
    address = announce(client, found, "情况.txt", 200_000)["Location"]
    read = WSGIRequest.read
    broken: list[bool] = []

    def breaking(self: WSGIRequest, *args: Any) -> bytes:
        if len(broken) > 0:
            raise OSError
        broken.append(True)
        return bytes(read(self, *args))

    monkeypatch.setattr(WSGIRequest, "read", breaking)
    answer = more(client, address, 0, b"x" * 200_000)
    monkeypatch.undo()
    offset = int(answer["Upload-Offset"])
    assert 0 < offset < 200_000
    assert more(client, address, offset, b"x" * (200_000 - offset)).status_code == 204
    assert SubmissionFile.objects.get().size == 200_000


@pytest.mark.parametrize(
    ("name", "content", "asked"),
    [
        ("程序.exe", b"MZ" + bytes(100), "paper"),
        ("假的.jpg", b"no picture", "photos"),
        ("假的.pdf", b"no document", "paper"),
        ("照片.txt", b"text", "photos"),
        ("情况.txt", b"text", "what"),
        ("情况.txt", b"text", "list"),
        ("情况.txt", b"text", "nowhere.at.all"),
    ],
)
def test_what_the_question_does_not_take_is_refused_in_words_and_nothing_stays(
    found: Sides, name: str, content: bytes, asked: str
) -> None:
    client = browser(found.reporter)
    answer = announce(client, found, name, len(content), asked)
    if answer.status_code == 201:
        answer = more(client, answer["Location"], 0, content)
    assert answer.status_code == 422
    assert answer.json()["refused"]
    assert not Upload.objects.exists()
    assert not SubmissionFile.objects.exists()


def test_a_photo_has_its_copies_and_a_cell_of_a_table_takes_files(found: Sides) -> None:
    client, content = browser(found.reporter), picture(size=(400, 300))
    for name, asked in (("现场.jpg", "photos"), ("佐证.jpg", "list.proof")):
        address = announce(client, found, name, len(content), asked)["Location"]
        more(client, address, 0, content)
        assert 'name="__name__.keep"' in client.get(address).json()["html"]
    assert all(kept.thumbnail for kept in SubmissionFile.objects.all())


def test_sizes_are_held_to_the_limit_before_anything_travels(found: Sides) -> None:
    client = browser(found.reporter)
    assert announce(client, found, "大.txt", django_settings.PORTAL_UPLOAD_MAX_BYTES + 1).status_code == 413
    assert announce(client, found, "空.txt", 0).status_code == 422
    assert announce(client, found, "无.txt", "many").status_code == 400
    assert not Upload.objects.exists()


def test_what_the_server_can_do_is_told_and_other_versions_are_not_understood(found: Sides) -> None:
    client = browser(found.reporter)
    able = client.options(reverse("submissions:uploads", args=[found.expected.pk]))
    assert able["Tus-Version"] == "1.0.0"
    assert set(able["Tus-Extension"].split(",")) == {"creation", "expiration", "termination"}
    assert int(able["Tus-Max-Size"]) == django_settings.PORTAL_UPLOAD_MAX_BYTES
    refused = announce(client, found, "情况.txt", 5, **{"Tus-Resumable": "0.2.2"})
    assert (refused.status_code, refused["Tus-Version"]) == (412, "1.0.0")
    address = announce(client, found, "情况.txt", 5)["Location"]
    plain = client.patch(address, b"01234", content_type="text/plain", headers={**VERSION, "Upload-Offset": "0"})
    assert plain.status_code == 415
    other_way = client.post(
        address,
        b"01234",
        content_type="application/offset+octet-stream",
        headers={**VERSION, "Upload-Offset": "0", "X-HTTP-Method-Override": "PATCH"},
    )
    assert (other_way.status_code, other_way["Upload-Offset"]) == (204, "5")


def test_nobody_else_sees_or_goes_on_with_an_upload(found: Sides) -> None:
    address = announce(browser(found.reporter), found, "情况.txt", 5)["Location"]
    for stranger in (found.coordinator, person(Role.REPORTER, found.expected.unit), person(Role.REPORTER)):
        client = browser(stranger)
        assert client.head(address, headers=VERSION).status_code == 404
        assert more(client, address, 0, b"01234").status_code == 404
        assert client.get(address).status_code == 404
    for stranger in (found.coordinator, person(Role.LEADER, found.expected.unit)):
        assert announce(browser(stranger), found, "情况.txt", 5).status_code in (403, 404)
    assert Upload.objects.get().offset == 0


def test_a_report_that_does_not_lie_with_its_unit_takes_no_files() -> None:
    found = report_in(ReportState.SUBMITTED)
    assert announce(browser(found.reporter), found, "情况.txt", 5, "evidence").status_code == 410


def test_giving_up_and_forgetting_leave_no_bytes_behind(found: Sides, django_capture_on_commit_callbacks: Any) -> None:
    client = browser(found.reporter)
    before = stored_files()
    addresses = [announce(client, found, "情况.txt", 10)["Location"] for _ in range(2)]
    for address in addresses:
        more(client, address, 0, b"01234")
    assert len(stored_files() - before) == 2
    with django_capture_on_commit_callbacks(execute=True):
        assert client.delete(addresses[0], headers=VERSION).status_code == 204
    assert client.head(addresses[0], headers=VERSION).status_code == 404
    with time_machine.travel(timezone.now() + KEPT_FOR + datetime.timedelta(minutes=1), tick=False):
        assert client.head(addresses[1], headers=VERSION).status_code in (302, 404)
        with django_capture_on_commit_callbacks(execute=True):
            assert remove_expired() == 1
    assert stored_files() == before


def test_an_upload_that_the_server_died_over_is_finished_when_it_is_asked_for(found: Sides) -> None:
    client = browser(found.reporter)
    address = announce(client, found, "情况.txt", 5)["Location"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("forms.submissions.uploads.views.finish", lambda upload: None)
        more(client, address, 0, b"01234")
    assert client.head(address, headers=VERSION)["Upload-Offset"] == "5"
    first, second = (client.get(address).json()["file"] for _ in range(2))
    assert first == second
    assert finish(upload=Upload.objects.get()) == SubmissionFile.objects.get()


def test_a_person_has_only_so_many_files_on_their_way(found: Sides, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("forms.submissions.uploads.services.MOST_AT_ONCE", 1)
    client = browser(found.reporter)
    assert announce(client, found, "一.txt", 5).status_code == 201
    assert announce(client, found, "二.txt", 5).status_code == 422
