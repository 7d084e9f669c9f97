"""The import in the Wagtail admin: upload, see, confirm."""

import datetime
import io

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from portal.units.enums import Role
from portal.units.models import TableImport, Unit
from portal.units.tasks import forget_uploaded_tables
from tests.factories.tables import UNITS, csv_bytes
from tests.factories.units import person

pytestmark = pytest.mark.django_db
UPLOAD = "/admin/units/import/units/"
GOOD = csv_bytes([UNITS, ["甲局"], ["乙局", "", "", "", "甲局"]])
MIXED = csv_bytes([[*UNITS, "备注"], ["甲局"], ["乙局", "", "", "火星"]])


def signed_in(role: Role) -> Client:
    client = Client()
    client.force_login(person(role))
    return client


def uploaded(client: Client, data: bytes, name: str = "单位.csv") -> str:
    response = client.post(UPLOAD, {"file": SimpleUploadedFile(name, data)})
    assert response.status_code == 302
    return str(response["Location"])


@pytest.mark.parametrize("kind", ["units", "people"])
@pytest.mark.parametrize("role", list(Role))
def test_only_administrators_import(role: Role, kind: str) -> None:
    client = signed_in(role)
    for name in ("units_import", "units_import_template"):
        assert client.get(reverse(name, args=[kind])).status_code == (200 if role == Role.ADMINISTRATOR else 302)


def test_a_table_is_checked_shown_and_written_on_the_persons_word() -> None:
    client = signed_in(Role.ADMINISTRATOR)
    before = Unit.objects.count()
    check = uploaded(client, GOOD)
    page = client.get(check).content.decode()
    assert "甲局" in page
    assert Unit.objects.count() == before
    client.post(check, {"step": "all"})
    assert Unit.objects.count() == before + 2
    assert not TableImport.objects.exists()


def test_errors_are_shown_by_row_and_good_rows_may_go_in_alone() -> None:
    client = signed_in(Role.ADMINISTRATOR)
    check = uploaded(client, MIXED)
    response = client.get(check)
    assert [(error.row, error.column) for error in response.context["errors"]] == [(3, "类型")]
    assert "备注" in response.content.decode()
    client.post(check, {"step": "all"})
    assert not Unit.objects.filter(name="甲局").exists()
    assert TableImport.objects.exists()
    client.post(check, {"step": "good"})
    assert Unit.objects.filter(name="甲局").exists()
    assert not Unit.objects.filter(name="乙局").exists()


def test_a_second_click_imports_nothing_twice_and_says_so() -> None:
    client = signed_in(Role.ADMINISTRATOR)
    check = uploaded(client, GOOD)
    client.post(check, {"step": "all"})
    again = client.post(check, {"step": "all"}, follow=True)
    assert again.status_code == 200
    assert "已导入或已放弃" in again.content.decode()


def test_a_table_that_is_given_up_is_forgotten() -> None:
    client = signed_in(Role.ADMINISTRATOR)
    client.post(uploaded(client, GOOD), {"step": "forget"})
    assert not TableImport.objects.exists()
    assert not Unit.objects.filter(name="甲局").exists()


def test_nobody_sees_the_table_that_another_person_uploaded() -> None:
    check = uploaded(signed_in(Role.ADMINISTRATOR), GOOD)
    other = signed_in(Role.ADMINISTRATOR)
    assert other.get(check).status_code == 302
    other.post(check, {"step": "all"})
    assert not Unit.objects.filter(name="甲局").exists()


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("单位.xlsx", b"%PDF-1.7\x00", "既不是 Excel"),
        ("单位.csv", csv_bytes([["甲", "乙"]]), "没有找到表头"),
        ("单位.csv", b"x" * (5 * 1024 * 1024 + 1), "超过 5 MB"),
    ],
)
def test_what_is_no_table_is_said_beside_the_field(name: str, data: bytes, says: str) -> None:
    response = signed_in(Role.ADMINISTRATOR).post(UPLOAD, {"file": SimpleUploadedFile(name, data)})
    assert response.status_code == 422
    assert says in response.content.decode()


def test_the_template_can_be_downloaded_and_opened() -> None:
    response = signed_in(Role.ADMINISTRATOR).get(reverse("units_import_template", args=["people"]))
    headings = [cell.value for cell in load_workbook(io.BytesIO(response.content)).worksheets[0][1]]
    assert headings[:2] == ["姓名", "用户名"]


def test_an_unknown_kind_of_table_does_not_exist() -> None:
    assert signed_in(Role.ADMINISTRATOR).get("/admin/units/import/pages/").status_code == 404


def test_a_table_left_lying_is_forgotten_after_a_day() -> None:
    client = signed_in(Role.ADMINISTRATOR)
    uploaded(client, GOOD)
    forget_uploaded_tables()
    assert TableImport.objects.exists()
    with time_machine.travel(timezone.now() + datetime.timedelta(hours=25), tick=False):
        forget_uploaded_tables()
    assert not TableImport.objects.exists()
