"""An editor takes a form out, edits it in Excel and brings it back, by clicking."""

from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewVisitor
from tests.browser.portal import RunningPortal
from tests.browser.visitor import PHONE, Visitor
from tests.unit.forms.exchange.sample import SAMPLE
from tests.unit.forms.exchange.workbooks import put


@pytest.fixture(scope="module")
def portal(own_portal: RunningPortal) -> RunningPortal:
    """None of this is searched for."""
    return own_portal


def open_menu(page: Page) -> None:
    """The menu behind the three dots of the header."""
    page.locator("header").get_by_role("button", name="操作").first.click()


def upload(editor: Visitor, path: Path) -> Page:
    """From the list of forms to the check of a file."""
    page = editor.open("/admin/form-pages/")
    open_menu(page)
    page.get_by_role("link", name="导入表单").click()
    page.set_input_files("input[name=file]", path)
    page.get_by_role("button", name="上传并检查").click()
    return page


def test_a_form_goes_out_is_edited_in_excel_and_comes_back(visitor: NewVisitor, tmp_path: Path) -> None:
    editor = visitor("editor")
    page = editor.open("/admin/form-pages/")
    page.get_by_role("link", name="安全隐患排查结果表", exact=True).click()
    page.wait_for_url("**/edit/")  # the list has a menu of the same name
    open_menu(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="导出 XLSForm").click()
    assert download.value.suggested_filename == "安全隐患排查结果表.xlsx"
    path = tmp_path / "form.xlsx"
    download.value.save_as(path)
    book = openpyxl.load_workbook(path)
    put(book, "institution", label="被检查机构（全称）")
    book.save(path)

    page = upload(editor, path)
    expect(page.get_by_text("文件中的内容可以全部导入。")).to_be_visible()
    expect(page.get_by_role("cell", name="被检查机构（全称）")).to_be_visible()
    expect(page.get_by_label("网址中的名称")).to_have_value("inspection-2")
    editor.picture("check")
    page.get_by_role("button", name="创建草稿").click()
    expect(page.get_by_text("“安全隐患排查结果表”已创建为草稿，请核对后发布。")).to_be_visible()
    expect(page.get_by_text("被检查机构（全称）").first).to_be_visible()
    editor.picture("created")


def test_what_cannot_be_taken_over_is_read_on_a_telephone_too(visitor: NewVisitor, tmp_path: Path) -> None:
    editor = visitor("editor", **PHONE)
    path = tmp_path / "sample.xlsx"
    path.write_bytes(SAMPLE)
    page = upload(editor, path)
    expect(page.get_by_role("heading", name="无法导入的内容")).to_be_visible()
    expect(page.get_by_text("条码").first).to_be_visible()
    assert editor.has_no_sideways_scroll()
    editor.picture("sample-phone")
    page.get_by_role("button", name="放弃导入").click()
    expect(page.get_by_text("已放弃导入，没有创建表单。")).to_be_visible()


def test_a_file_that_is_no_form_is_refused_beside_the_field(visitor: NewVisitor, tmp_path: Path) -> None:
    path = tmp_path / "form.json"
    path.write_text("{")
    page = upload(visitor("editor"), path)
    expect(page.get_by_text("文件不是 JSON：第 1 行第 2 列无法读取。")).to_be_visible()
    expect(page.get_by_role("button", name="上传并检查")).to_be_visible()
