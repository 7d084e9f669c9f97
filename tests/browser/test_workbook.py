"""A report filled in with LibreOffice: downloaded, saved there, uploaded, mended, taken into the draft."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Download, Page, expect

from forms.submissions.models import Submission
from tests.browser.filling import Open
from tests.browser.visitor import PHONE
from tests.factories.submissions import Sides, asked_for
from tests.integration.forms.exchange.workbook.test_round_trip import SCHEMA
from tests.services.office import saved_as

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.once]


@pytest.fixture
def found() -> Sides:
    return asked_for(SCHEMA)


def filled_in(download: Download, folder: Path, **cells: Any) -> Path:
    """The downloaded workbook with these cells, saved by LibreOffice."""
    source = folder / "下载.xlsx"
    download.save_as(source)
    book = load_workbook(source)
    for place, value in cells.items():
        sheet = "填报内容" if place.startswith("one_") else "问题清单"
        book[sheet][place.removeprefix("one_")] = value
    book.save(source)
    saved = folder / "saved"
    saved.mkdir(exist_ok=True)
    return saved_as(source, "xlsx", saved)


def upload(page: Page, file: Path) -> None:
    page.set_input_files("input[name=file]", file)
    page.get_by_role("button", name="上传并检查").click()


def test_a_workbook_saved_by_libreoffice_is_mended_and_taken(fill: Open, found: Sides, tmp_path: Path) -> None:
    page = fill()
    page.get_by_role("link", name="用 Excel 填报").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="下载工作簿").click()
    wrong = {"one_B2": "市救助管理站", "one_B4": "很多", "A3": "通道堵塞", "B3": "特大"}
    upload(page, filled_in(download.value, tmp_path, **wrong))
    expect(page.get_by_role("heading", level=1)).to_have_text("工作簿需改正")
    expect(page.locator("tbody tr")).to_have_count(2)
    with page.expect_download() as commented:
        page.get_by_role("link", name="下载带批注的工作簿").click()
    mended = filled_in(commented.value, tmp_path, one_B4=120, B3="重大")
    page.locator(".breadcrumbs").get_by_role("link", name="用 Excel 填报").click()
    upload(page, mended)
    expect(page.get_by_text("工作簿内容已填入草稿")).to_be_visible()
    expect(page.locator("[name=who]")).to_have_value("市救助管理站")
    expect(page.locator("[name='list.0.what']")).to_have_value("通道堵塞")
    answers = Submission.objects.get(pk=found.expected.pk).answers
    assert answers["people"] == 120
    assert answers["list"] == [{"what": "通道堵塞", "level": "c2"}]


def test_a_telephone_shows_what_is_wrong(fill: Open, found: Sides, tmp_path: Path) -> None:
    page = fill(viewport=PHONE)
    page.get_by_role("link", name="用 Excel 填报").click()
    file = tmp_path / "x.xlsx"
    file.write_bytes(b"nothing")
    upload(page, file)
    expect(page.get_by_text("不能作为工作簿读取")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
