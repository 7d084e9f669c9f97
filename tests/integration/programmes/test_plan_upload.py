"""Choosing a plan's file in the admin."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from portal.programmes.models import PlanProposal
from portal.units.enums import Role
from tests.factories.programmes import PLAN
from tests.factories.units import person
from tests.integration.programmes.screens import address, soup

pytestmark = pytest.mark.django_db

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.fixture
def browser(client: Client, settings: Settings) -> Client:
    settings.LANGUAGE_CODE = "en"
    client.force_login(person(Role.COORDINATOR))
    return client


def package(names: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in names.items():
            archive.writestr(name, content)
    return file.getvalue()


def test_an_uploaded_plan_is_shown_beside_what_was_read_out_of_it(browser: Client) -> None:
    response = browser.post(address("upload"), {"file": SimpleUploadedFile("整治方案.txt", PLAN.encode())}, follow=True)
    page = soup(response)
    plan = PlanProposal.objects.get()
    assert response.redirect_chain[-1][0] == address("detail", plan)
    assert page.select_one("[data-text]").get_text() == PLAN  # type: ignore[union-attr]
    assert [field["value"] for field in page.select('[name^="tasks-"][name$="-title"][value]')] == [
        "排查周边摊点",
        "加强日常巡查",
        "开展安全教育",
    ]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("plan.pdf", b"%PDF-1.7", "This is a PDF file"),
        ("plan.txt", b"", "holds no text"),
        ("plan.txt", b" \n\n ", "holds no text"),
        ("plan.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        ("plan.doc", OLE + "WordDocument".encode("utf-16-le"), "old Word file"),
        ("plan.xlsx", package({"xl/workbook.xml": b"<x/>"}), "spreadsheet"),
        ("plan.docx", b"PK\x03\x04 broken", "damaged"),
        ("plan.png", b"\x89PNG\r\n", "cannot be read as a plan"),
    ],
)
def test_a_file_that_is_no_plan_is_refused_beside_the_field(
    browser: Client, name: str, content: bytes, sentence: str
) -> None:
    response = browser.post(address("upload"), {"file": SimpleUploadedFile(name, content)})
    assert response.status_code == 422
    error = soup(response).select_one(".plan-field.has-error .errorlist")
    assert error is not None
    assert sentence in error.get_text()
    assert not PlanProposal.objects.exists()


def test_a_file_of_fifty_megabytes_is_refused_politely(browser: Client) -> None:
    response = browser.post(address("upload"), {"file": SimpleUploadedFile("plan.txt", b"x" * (50 * 1024 * 1024))})
    assert response.status_code == 422
    assert "larger than 20 MB" in response.content.decode()


def test_no_file_at_all_is_told_beside_the_field(browser: Client) -> None:
    assert "Please choose the plan&#x27;s file." in browser.post(address("upload")).content.decode()
