"""A report on paper as it was filed: who may have it, what is on it, and that nothing is fetched for it."""

import io
import re
import uuid
from typing import Any

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from forms.builder.schema import FieldSchema
from forms.collection.enums import ReportState
from forms.submissions.files import keep_file, reference
from forms.submissions.models import SubmissionVersion
from forms.submissions.nil import report_nothing
from forms.submissions.receipts import paper, views
from forms.submissions.receipts.pdf import can_make_pdf, make_pdf
from forms.submissions.receipts.verifying import recount
from forms.submissions.review.services import accept, return_report
from forms.submissions.services import begin
from portal.accounts.models import User
from portal.audit.enums import AuditAction
from portal.audit.models import AuditEvent
from portal.files import pdf
from portal.units.enums import Role
from tests.factories.builder import form_of, question, table_of
from tests.factories.collection import ExpectedReportFactory
from tests.factories.pictures import picture
from tests.factories.submissions import Sides, asked_for, report_in, send, sides
from tests.factories.units import UnitFactory, person

pytestmark = pytest.mark.django_db
needs_pango = pytest.mark.skipif(not can_make_pdf(), reason="Pango is missing; setup.py --services installs it")

WAYS = ("receipts:paper", pytest.param("receipts:pdf", marks=needs_pango))


def asked(user: User, way: str, version: SubmissionVersion) -> Any:
    """The answer of a page or file."""
    client = Client()
    client.force_login(user)
    return client.get(reverse(way, args=[version.receipt]))


def latest(found: Sides) -> SubmissionVersion:
    """What was sent last."""
    return found.report.versions.all()[0]


def pages_of(answer: Any) -> list[str]:
    """The text of every page of a PDF file."""
    document = pypdfium2.PdfDocument(b"".join(answer.streaming_content))
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def sizes_of(answer: Any) -> set[tuple[int, int]]:
    """The sizes of the pages of a PDF file, in millimetres."""
    document = pypdfium2.PdfDocument(b"".join(answer.streaming_content))
    try:
        return {(round(width / 72 * 25.4), round(height / 72 * 25.4)) for width, height in map(_size, document)}
    finally:
        document.close()


def _size(page: Any) -> tuple[float, float]:
    size: tuple[float, float] = page.get_size()
    return size


def filed(*questions: FieldSchema, **answers: Any) -> Sides:
    """A report that was sent with these answers."""
    found = asked_for(form_of(*questions))
    send(found, answers)
    return found


def wide(columns: int) -> FieldSchema:
    """A table of so many columns."""
    return table_of(*[question("text", f"c{number}", f"第{number}列") for number in range(columns)])


def rows(columns: int, count: int) -> list[dict[str, str]]:
    """Rows of it."""
    return [{f"c{number}": f"值{row}行{number}列" for number in range(columns)} for row in range(count)]


@pytest.mark.parametrize("way", WAYS)
def test_those_who_see_the_report_have_it_on_paper_and_nobody_else(way: str) -> None:
    found = report_in(ReportState.SUBMITTED)
    version, owner = latest(found), found.expected.period.requirement.owner
    for user in (found.reporter, found.coordinator, person(Role.LEADER, UnitFactory.create())):
        assert asked(user, way, version).status_code == 200
    strangers = (
        person(Role.REPORTER, UnitFactory.create()),
        person(Role.COORDINATOR, UnitFactory.create()),
        person(Role.STAFF, owner),  # sees accepted reports only
    )
    for user in strangers:
        assert asked(user, way, version).status_code == 404
    assert asked(person(Role.SUPERVISOR, owner), way, version).status_code == 403


@pytest.mark.parametrize("way", WAYS)
def test_staff_have_the_accepted_version_and_not_the_one_before(way: str) -> None:
    found = report_in(ReportState.SUBMITTED)
    return_report(user=found.coordinator, submission=found.report, version=1, reason="请补充。")
    send(found)
    accept(user=found.coordinator, submission=found.report, version=2)
    second, first = found.report.versions.all()
    user = person(Role.STAFF, found.expected.period.requirement.owner)
    assert asked(user, way, second).status_code == 200
    assert asked(user, way, first).status_code == 404


@pytest.mark.parametrize("way", ["receipts:paper", "receipts:pdf"])
@pytest.mark.parametrize("receipt", ["nonsense", "20261128-7KM4-3QW5", "20261128-7KM4-3QW0"])
def test_a_number_that_was_never_given_out_has_no_paper(way: str, receipt: str) -> None:
    client = Client()
    client.force_login(person(Role.LEADER, UnitFactory.create()))
    assert client.get(reverse(way, args=[receipt])).status_code == 404


@pytest.mark.parametrize("way", WAYS)
def test_reading_sensitive_data_of_another_unit_is_recorded_and_ones_own_is_not(way: str) -> None:
    found = filed(question("id_number", "who", "身份证件号码"), who="11010519491231002X")
    asked(found.reporter, way, latest(found))
    assert not AuditEvent.objects.filter(action=AuditAction.VIEW_SENSITIVE).exists()
    asked(found.coordinator, way, latest(found))
    event = AuditEvent.objects.get(action=AuditAction.VIEW_SENSITIVE)
    assert (event.details["version"], event.details["as"]) == (1, way.partition(":")[2])


@pytest.mark.once
@needs_pango
def test_the_file_says_what_it_is_of_on_every_page() -> None:
    found = filed(question("long_text", "summary", "工作小结"), summary="认真贯彻落实专项行动部署要求。" * 300)
    version = latest(found)
    answer = asked(found.reporter, "receipts:pdf", version)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert version.receipt in answer.headers["Content-Disposition"]
    pages = pages_of(answer)
    assert len(pages) > 1
    for number, text in enumerate(pages, 1):
        assert version.receipt in text
        assert re.search(rf"第\s*{number}\s*页，共\s*{len(pages)}\s*页", text)
        assert found.expected.period.requirement.title in text
    first = pages[0]
    assert str(found.expected.unit) in first
    assert version.content_hash in re.sub(r"\s", "", first)


@pytest.mark.once
@needs_pango
def test_no_cell_of_a_table_is_lost_at_any_width_and_a_wide_one_turns_the_page() -> None:
    for columns, size in ((5, (210, 297)), (12, (297, 210)), (18, (297, 210)), (20, (210, 297))):
        found = filed(wide(columns), rows=rows(columns, 30))
        answer = asked(found.reporter, "receipts:pdf", latest(found))
        content = b"".join(answer.streaming_content)
        answer.streaming_content = [content]
        assert sizes_of(answer) == {size}
        answer.streaming_content = [content]
        text = re.sub(r"\s", "", "".join(pages_of(answer)))
        assert all(value in text for row in rows(columns, 30) for value in row.values()), columns


@needs_pango
def test_photos_are_printed_from_the_copies_that_tell_no_place() -> None:
    found = asked_for(form_of(question("photo", "photos", "现场照片")))
    report = begin(user=found.reporter, expected=found.expected)
    kept = keep_file(
        user=found.reporter, submission=report, upload=SimpleUploadedFile("现场.jpg", picture("JPEG", (640, 480)))
    )
    send(found, {"photos": [reference(kept)]})
    content = b"".join(asked(found.reporter, "receipts:pdf", latest(found)).streaming_content)
    document = pypdfium2.PdfDocument(content)
    pictures = [one for page in document for one in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])]
    assert len(pictures) == 1
    document.close()
    page = asked(found.reporter, "receipts:paper", latest(found)).content.decode()
    assert reverse("submissions:file_thumbnail", args=[kept.pk]) in page
    assert "original=1" not in page


@pytest.mark.once
@needs_pango
def test_nothing_is_fetched_for_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refuse(*args: Any, **kwargs: Any) -> Any:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    addresses = ("http://127.0.0.1:9/a.png", "file:///etc/passwd", "ftp://127.0.0.1/a", "picture:nobody", "//x/a.png")
    html = "".join(f'<img src="{one}"><link rel="stylesheet" href="{one}">' for one in addresses)
    html += "<style>@import url(file:///etc/passwd); @font-face {font-family: x; src: url(file:///etc/passwd)}</style>"
    assert make_pdf(html, pictures={}).startswith(b"%PDF")
    fetcher = pdf._fetcher({})
    for one in addresses:
        with pytest.raises(ValueError, match=re.escape(one)):
            fetcher.fetch(one)


@pytest.mark.once
@needs_pango
def test_markup_in_answers_stays_text() -> None:
    found = filed(question("text", "name", "名称"), name='<img src="file:///etc/passwd"><b>粗</b>')
    text = "".join(pages_of(asked(found.reporter, "receipts:pdf", latest(found))))
    assert "<b>粗</b>" in text


@pytest.mark.once
@needs_pango
def test_making_files_lets_no_broken_picture_into_the_portal() -> None:
    make_pdf("<p>报送件</p>", pictures={})
    with pytest.raises(OSError, match="truncated"):
        Image.open(io.BytesIO(picture("JPEG", (640, 480))[:-200])).load()


def test_a_nil_report_says_so_on_paper() -> None:
    expected = ExpectedReportFactory.create(period__requirement__allows_nil=True)
    found = sides(expected)
    report_nothing(user=found.reporter, expected=expected, note="本周无巡查发现", key=uuid.uuid4(), revision=0)
    version = latest(found)
    page = asked(found.reporter, "receipts:paper", version).content.decode()
    assert "无事项报送" in page
    assert "本周无巡查发现" in page
    assert recount(version).agrees


def test_without_pango_the_browser_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "can_make_pdf", lambda: False)
    found = report_in(ReportState.SUBMITTED)
    version = latest(found)
    answer = asked(found.reporter, "receipts:pdf", version)
    assert answer.status_code == 302
    assert answer.headers["Location"] == reverse("receipts:paper", args=[version.receipt])
    page = asked(found.reporter, "receipts:paper", version).content.decode()
    assert "请用浏览器打印" in page
    assert reverse("receipts:pdf", args=[version.receipt]) not in page


@pytest.mark.once
def test_the_deployment_check_names_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    from forms.submissions.receipts import checks

    monkeypatch.setattr(checks, "can_make_pdf", lambda: False)
    (found,) = checks.pdf_can_be_made(None)
    assert "libpango" in str(found.hint)
    monkeypatch.setattr(checks, "can_make_pdf", lambda: True)
    monkeypatch.setattr(checks, "has_chinese_font", lambda: False)
    (found,) = checks.pdf_can_be_made(None)
    assert "fonts-noto-cjk" in str(found.hint)


def test_a_lost_photo_leaves_its_name_on_the_paper() -> None:
    found = asked_for(form_of(question("photo", "photos", "现场照片")))
    report = begin(user=found.reporter, expected=found.expected)
    upload = SimpleUploadedFile("现场.jpg", picture("JPEG", (64, 48)))
    kept = keep_file(user=found.reporter, submission=report, upload=upload)
    send(found, {"photos": [reference(kept)]})
    for stored in (kept.file, kept.shown, kept.thumbnail):
        stored.storage.delete(stored.name or "")
    answer = asked(found.reporter, "receipts:pdf" if can_make_pdf() else "receipts:paper", latest(found))
    assert answer.status_code == 200
    seen = paper.paper_of(user=found.reporter, typed=latest(found).receipt)
    assert seen is not None
    assert "现场.jpg" in asked(found.reporter, "receipts:paper", latest(found)).content.decode()
