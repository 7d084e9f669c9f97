"""What a file is follows from what is in it."""

import codecs
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.files.content import HEAD, OLE, content_of
from tests.factories.builder import archive

KINDS = [
    (b"%PDF-1.7\n%\xe2\xe3\n", "pdf", "application/pdf"),
    (b"%PDF-1.7\nall of it reads as text", "pdf", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n" + bytes(300), "png", "image/png"),
    (b"\xff\xd8\xff\xe0" + b"0" * 60, "jpg", "image/jpeg"),
    (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "heic", "image/heic"),
    (b"MZ\x90\0\3\0", "exe", "application/x-msdownload"),
    (b"{\\rtf1 plan}", "rtf", "application/rtf"),
    ("巡查".encode("gb18030"), "text", "text/plain"),
    (("巡" * 5000).encode(), "text", "text/plain"),
    (codecs.BOM_UTF16_LE + "巡查\n".encode("utf-16-le"), "text", "text/plain"),
    (b"<html><script>alert(1)</script>", "text", "text/plain"),
    ("BM,名称\n0101,救助管理站\n".encode(), "text", "text/plain"),
    ("MZ\n民政".encode("gb18030"), "text", "text/plain"),
    (b"\0\1\2\3", "", "application/octet-stream"),
    (b"\xff\xff\xff", "", "application/octet-stream"),
    (b"", "text", "text/plain"),
]


@pytest.mark.parametrize(("content", "kind", "mime"), KINDS)
def test_a_file_is_what_its_content_says(content: bytes, kind: str, mime: str) -> None:
    found = content_of(io.BytesIO(content))
    assert (found.kind, found.mime) == (kind, mime)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (archive("[Content_Types].xml", "word/document.xml"), "docx"),
        (archive("[Content_Types].xml", "word/document2.xml"), "docx"),
        (archive("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
        (archive("ppt/presentation.xml"), "pptx"),
        (archive("OFD.xml"), "ofd"),
        (archive("照片.txt"), "zip"),
        (archive(), "zip"),
        (b"PK\x03\x04" + b"0" * 60, "damaged"),
        (archive("word/document.xml")[:-30], "damaged"),
        (OLE + b"0" * 600, "ole"),
    ],
)
def test_archives_are_told_by_their_parts(content: bytes, kind: str) -> None:
    assert content_of(content).kind == kind


def test_a_picture_with_an_archive_behind_it_is_a_picture() -> None:
    assert content_of(b"\x89PNG\r\n\x1a\n" + bytes(300) + archive("word/document.xml")).kind == "png"


def test_the_table_of_contents_of_an_archive_is_there_to_be_judged() -> None:
    assert [entry.filename for entry in content_of(archive("a", "b")).entries] == ["a", "b"]


def test_a_letter_cut_in_two_counts_against_a_text_only_where_the_file_ends() -> None:
    cut = b"a" + "救".encode() * HEAD
    assert content_of(cut).kind == "text"
    assert content_of("救助".encode()[:-1] + b"\xff").kind == ""


@given(st.one_of(st.binary(max_size=200), st.binary(max_size=60).map(lambda tail: b"PK\x03\x04" + tail)))
def test_any_content_is_answered_and_the_file_left_at_its_beginning(content: bytes) -> None:
    file = io.BytesIO(content)
    content_of(file)
    assert file.tell() == 0
