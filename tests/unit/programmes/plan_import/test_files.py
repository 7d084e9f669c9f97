"""Which files are refused, and with which sentence."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from portal.programmes.plan_import import Fault, PlanFileError, read_document
from tests.unit.programmes.plan_import.docx_builder import PlanFile

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
PLAN = "一、重点任务\n1.清理河道。（责任单位：市水利局）\n"


def fault_of(data: bytes) -> Fault:
    with pytest.raises(PlanFileError) as caught:
        read_document(io.BytesIO(data), "plan")
    assert str(caught.value)
    return caught.value.fault


def zipped(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", Fault.EMPTY),
        (b" \n\t\n", Fault.EMPTY),
        ("\ufeff".encode(), Fault.EMPTY),
        (b"%PDF-1.7 ...", Fault.PDF),
        (OLE + "EncryptedPackage".encode("utf-16-le"), Fault.ENCRYPTED),
        (OLE + "WordDocument".encode("utf-16-le"), Fault.OLD_WORD),
        (OLE + "Workbook".encode("utf-16-le"), Fault.SPREADSHEET),
        (OLE, Fault.WRONG_TYPE),
        (b"\x89PNG\r\n\x1a\n", Fault.WRONG_TYPE),
        (b"{\\rtf1 plan}", Fault.WRONG_TYPE),
        (b"<html><body>plan</body></html>", Fault.WRONG_TYPE),
        (bytes(range(1, 32)) * 40, Fault.WRONG_TYPE),
        (b"PK\x03\x04 torn", Fault.CORRUPT),
        (zipped({"xl/workbook.xml": b"<x/>"}), Fault.SPREADSHEET),
        (zipped({"photo.txt": b"x"}), Fault.WRONG_TYPE),
        (zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<no"}), Fault.CORRUPT),
        (zipped({"word/document.xml": bytes(45_000_000)}), Fault.BOMB),
    ],
)
def test_a_file_that_is_no_plan_is_refused_with_its_reason(data: bytes, fault: Fault) -> None:
    assert fault_of(data) is fault


def test_a_file_of_fifty_megabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    large = tmp_path / "plan.txt"
    with large.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    with pytest.raises(PlanFileError) as caught:
        read_document(large)
    assert caught.value.fault is Fault.TOO_LARGE


def test_a_large_stream_is_not_read_either() -> None:
    class Unreadable(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise AssertionError("read")

    stream = Unreadable(bytes(21 * 1024 * 1024))
    with pytest.raises(PlanFileError) as caught:
        read_document(stream, "plan.docx")
    assert caught.value.fault is Fault.TOO_LARGE


def test_a_missing_file_and_a_folder_say_so(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.txt", tmp_path):
        with pytest.raises(PlanFileError) as caught:
            read_document(path)
        assert caught.value.fault is Fault.MISSING


def test_a_torn_word_file_is_called_damaged() -> None:
    file = PlanFile()
    file.paragraph("一、重点任务")
    data = file.data()
    assert fault_of(data[: len(data) // 2]) is Fault.CORRUPT


def test_a_word_file_without_text_is_called_empty() -> None:
    assert fault_of(PlanFile().data()) is Fault.EMPTY


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_text_is_read_in_any_usual_encoding(encoding: str) -> None:
    document = read_document(io.BytesIO(PLAN.encode(encoding)), "plan.txt")
    assert document.text.strip("\ufeff") == PLAN


def test_a_traditional_text_in_big5_is_read() -> None:
    text = "一、重點任務\n1.清理河道。（責任單位：市水利局，完成時限：2021年底前）\n"
    assert read_document(io.BytesIO(text.encode("big5")), "plan.txt").text == text


def test_the_type_is_told_from_the_content_not_from_the_name(tmp_path: Path) -> None:
    path = tmp_path / "plan.docx"
    path.write_text(PLAN, encoding="utf-8")
    assert read_document(path).text == PLAN
