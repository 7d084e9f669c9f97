"""Exports of Wagtail's own listings."""

import csv
import datetime
import io

import pytest
from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone
from openpyxl import load_workbook

from home.policies.models import PolicyPage
from portal.audit.enums import AuditAction
from portal.audit.models import AuditEvent
from portal.units.enums import Role
from tests.factories.home import PolicyPageFactory
from tests.factories.units import person
from tests.integration.trust.browsers import browser

pytestmark = pytest.mark.django_db

FORMULA = '=HYPERLINK("http://evil.example";"x")'


def exported(response: object) -> bytes:
    """The whole file."""
    assert isinstance(response, FileResponse | StreamingHttpResponse)
    return response.getvalue()


def test_an_export_of_wagtails_own_runs_no_formula_reads_as_utf8_and_is_in_the_log() -> None:
    editor = person(Role.EDITOR)
    page = PolicyPageFactory(title=FORMULA)
    PolicyPage.objects.filter(pk=page.pk).update(last_published_at=timezone.now())
    text = exported(browser(editor).get("/admin/reports/aging-pages/", {"export": "csv"})).decode()
    assert text.startswith("\ufeff")
    assert "HYPERLINK" in text
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert f"'{FORMULA}" in cells
    assert not any(cell.startswith("=") for cell in cells)
    event = AuditEvent.objects.get(action=AuditAction.EXPORT)
    assert (event.user, event.target_type, event.details["format"]) == (editor, "wagtailcore.page", "csv")
    assert event.details["rows"] >= 1


def test_times_in_wagtails_workbooks_are_beijing_time() -> None:
    page = PolicyPageFactory()
    moment = datetime.datetime(2026, 3, 1, 23, 30, tzinfo=datetime.UTC)
    PolicyPage.objects.filter(pk=page.pk).update(latest_revision_created_at=moment, last_published_at=moment)
    administrator = browser(person(Role.ADMINISTRATOR))
    book = load_workbook(io.BytesIO(exported(administrator.get("/admin/reports/aging-pages/", {"export": "xlsx"}))))
    cells = [cell for row in book.worksheets[0].iter_rows(values_only=True) for cell in row]
    assert datetime.datetime(2026, 3, 2, 7, 30) in cells


@pytest.mark.parametrize("address", ["/admin/users/", "/admin/reports/site-history/", "/admin/documents/"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_every_export_is_in_the_log(address: str, kind: str) -> None:
    administrator = person(Role.ADMINISTRATOR)
    exported(browser(administrator).get(address, {"export": kind}))
    assert AuditEvent.objects.filter(action=AuditAction.EXPORT, user=administrator).count() == 1
