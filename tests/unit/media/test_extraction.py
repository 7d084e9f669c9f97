"""The words inside a file."""

import io
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.files.content import OLE
from portal.media.extraction import READER, Extraction, Fault, extract_text
from portal.media.extraction.plain import decode
from portal.media.extraction.reading import _READERS
from portal.media.extraction.result import FaultyFileError
from tests.services.office import saved_as
from tests.unit.media.filing import archive, bomb, excel, ods, pdf, word


def test_whoever_teaches_the_reader_another_kind_gives_it_another_number() -> None:
    """Else what former ones gave up on is not read again."""
    assert (READER, sorted(_READERS)) == (1, ["docx", "ods", "pdf", "text", "xls", "xlsx"])


def _extract(content: bytes, name: str = "文件") -> Extraction:
    return extract_text(io.BytesIO(content), name)


def test_each_page_of_a_pdf_is_read() -> None:
    found = _extract(pdf("安全隐患排查清单", "第二页整改时限"))
    assert [page.replace(" ", "") for page in found.pages] == ["安全隐患排查清单", "第二页整改时限"]
    assert found.fault is Fault.NONE


def test_paragraphs_and_tables_of_a_word_file_are_read_in_order() -> None:
    found = _extract(word("第一段", "第二段", cells=("问题", "责任单位")))
    assert found.text == "第一段\n第二段\n问题\n责任单位"


def test_each_sheet_of_an_excel_file_is_read_with_its_name() -> None:
    found = _extract(excel(隐患=[["问题", "数量"], ["消防通道堵塞", 3]], 说明=[["填报说明", None]]))
    assert found.pages == ["隐患\n问题\t数量\n消防通道堵塞\t3", "说明\n填报说明"]


def test_each_sheet_of_an_open_document_is_read_with_its_name() -> None:
    found = _extract(ods(隐患台账=[["问题", "数量"], ["消防通道堵塞", "3"]], 说明=[["填报说明"]]))
    assert found.pages == ["隐患台账\n问题\t数量\n消防通道堵塞\t3", "说明\n填报说明"]


@pytest.mark.once
@pytest.mark.services
@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_a_workbook_saved_by_libreoffice_is_read(tmp_path: Path, kind: str) -> None:
    source = tmp_path / "in" / "list.xlsx"
    source.parent.mkdir()
    source.write_bytes(excel(隐患台账=[["消防通道堵塞", 3]], 说明=[["填报说明"]]))
    found = _extract(saved_as(source, kind, tmp_path).read_bytes())
    assert found.pages == ["隐患台账\n消防通道堵塞\t3", "说明\n填报说明"]


def test_hidden_sheets_are_left_out() -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(excel(公开=[["可见"]], 隐藏=[["不可见"]])))
    workbook["隐藏"].sheet_state = "hidden"
    buffer = io.BytesIO()
    workbook.save(buffer)
    assert "不可见" not in _extract(buffer.getvalue()).text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_text_is_read_in_the_encodings_that_occur(encoding: str) -> None:
    assert _extract("街面巡查记录".encode(encoding)).text == "街面巡查记录"


def test_the_name_does_not_decide_what_a_file_is() -> None:
    assert _extract(word("其实是文档"), "清单.pdf").text == "其实是文档"


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (pdf("secret", password="geheim"), Fault.ENCRYPTED),
        (OLE + "EncryptedPackage".encode("utf-16-le"), Fault.ENCRYPTED),
        (b"%PDF-1.7 rubbish", Fault.UNREADABLE),
        (OLE + b"rubbish", Fault.UNSUPPORTED),
        (OLE + "Workbook\0".encode("utf-16-le"), Fault.UNREADABLE),
        (b"PK\x03\x04 rubbish", Fault.UNREADABLE),
        (archive(**{"word/document.xml": b"<broken"}), Fault.UNREADABLE),
        (archive(**{"xl/workbook.xml": b"<broken"}), Fault.UNREADABLE),
        (b"\x89PNG\r\n\x1a\n\x00\x00", Fault.UNSUPPORTED),
        (archive(picture=b"x"), Fault.UNSUPPORTED),
        (b"", Fault.NO_TEXT),
        (pdf(""), Fault.NO_TEXT),
        (b"\xff\xfe\xfd\x81\x30", Fault.NONE),
    ],
)
def test_what_cannot_be_read_has_a_reason(content: bytes, fault: Fault) -> None:
    assert _extract(content).fault is fault


def test_a_file_made_to_fill_the_memory_is_refused() -> None:
    found = _extract(bomb())
    assert found.fault is Fault.TOO_LARGE
    assert found.pages == []


def test_reading_ends_in_time() -> None:
    assert _extract(word("文本"), "").fault is Fault.NONE
    assert extract_text(io.BytesIO(word("文本")), seconds=0.001).fault is Fault.TOO_SLOW


def test_signs_that_no_database_stores_are_left_out() -> None:
    assert _extract("上一页\f下一页".encode()).text == "上一页\n下一页"


@given(st.binary(max_size=300))
@settings(max_examples=200)
def test_any_bytes_are_text_or_refused(content: bytes) -> None:
    faults: list[Fault] = []
    text = ""
    try:
        text = decode(content)
    except FaultyFileError as error:
        faults.append(error.fault)
    assert text or faults in ([Fault.UNREADABLE], [])
