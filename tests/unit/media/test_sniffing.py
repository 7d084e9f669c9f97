"""Whether a file is what its name says."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.media.sniffing import matches_name
from tests.unit.media.filing import archive, excel, pdf, word


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("通知.pdf", pdf("x")),
        ("方案.DOCX", word("x")),
        ("清单.xlsx", excel(a=[["x"]])),
        ("打包.zip", archive(a=b"x")),
        ("打包.zip", word("x")),
        ("说明.txt", "说明".encode("gbk")),
        ("数据.csv", "﻿a,b".encode()),
        ("版式.ofd", archive(**{"OFD.xml": b"<OFD/>"})),
    ],
)
def test_honest_names_pass(name: str, content: bytes) -> None:
    assert matches_name(io.BytesIO(content), name)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("病毒.pdf", b"MZ\x90\x00\x03\x00"),
        ("脚本.docx", b"<script>alert(1)</script>"),
        ("清单.xlsx", word("x")),
        ("清单.docx", archive(a=b"x")),
        ("说明.txt", b"\x7fELF\x02\x01\x01\x00"),
        ("页面.html", b"<html></html>"),
        ("没有扩展名", b"x"),
        ("清单.zip", b"PK\x03\x04 broken"),
    ],
)
def test_others_do_not(name: str, content: bytes) -> None:
    assert not matches_name(io.BytesIO(content), name)


@given(st.binary(max_size=200), st.sampled_from(["a.pdf", "a.docx", "a.txt", "a.zip", "a"]))
def test_any_content_is_answered_and_the_file_left_at_its_beginning(content: bytes, name: str) -> None:
    file = io.BytesIO(content)
    matches_name(file, name)
    assert file.tell() == 0
