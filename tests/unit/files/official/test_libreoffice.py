"""The Word file as a program of an office opens and prints it."""

from pathlib import Path

import pytest

from portal.files.official import docx
from portal.files.official.document import Heading, OfficialDocument, Table
from tests.services.office import saved_as
from tests.unit.files.official.sample import WORDS, Printed, official, only, page_sizes, pages_of, said

pytestmark = [pytest.mark.services, pytest.mark.slow]

LEFT, RIGHT = 28, 28 + 156


def printed(document: OfficialDocument, folder: Path) -> bytes:
    """The PDF file that LibreOffice makes of the Word file."""
    source = folder / "document.docx"
    source.write_bytes(docx(document))
    return saved_as(source, "pdf", folder).read_bytes()


def words_on(page: list[Printed]) -> str:
    """Everything that stands on a page."""
    return "".join(line.text for line in page)


def test_libreoffice_prints_what_the_standard_asks(tmp_path: Path) -> None:
    rows = tuple((f"第{number}大队", str(number)) for number in range(1, 81))
    headed = [block for number in range(40) for block in (Heading(1, "标题"), said(WORDS[: 28 * (number % 3 + 1)]))]
    blocks = (said(WORDS * 30), *headed, Table("报送情况", ("单位", "应报数"), rows, frozenset({1})))
    content = printed(official(blocks=blocks, draft_mark="汇总稿"), tmp_path)
    assert page_sizes(content) == {(210, 297)}
    pages = pages_of(content)

    mark, *lines, number = pages[1]
    assert (mark.text, number.text) == ("汇总稿", "—2—")
    assert [len(line.text) for line in lines] == [28] * 22
    assert {round(line.left) for line in lines} == {LEFT}
    assert all(line.right == pytest.approx(RIGHT, abs=0.6) for line in lines)
    assert pages[0][-1].right == pytest.approx(RIGHT - 5, abs=1)
    assert number.left == pytest.approx(LEFT + 5, abs=1)

    for page in pages:
        assert not page[-2].text.endswith("标题")
    with_rows = [page for page in pages if "大队" in words_on(page) and "回执号" not in words_on(page)]
    assert len(with_rows) > 1
    assert all("应报数" in words_on(page) for page in with_rows)
    assert "附件2来源说明" in words_on(pages[-1])


def test_libreoffice_reads_the_red_head(tmp_path: Path) -> None:
    (page,) = pages_of(printed(only(said("正文。"), issuer="市专项办文件", number="市专办〔2020〕12号"), tmp_path))
    assert [line.text for line in page] == ["市专项办文件", "市专办〔2020〕12号", "汇总报告", "正文。", "—1—"]
    assert page[0].foot - page[0].size / 72 * 25.4 == pytest.approx(37 + 35, abs=5)
