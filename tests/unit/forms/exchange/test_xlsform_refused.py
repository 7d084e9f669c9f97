"""Workbooks that are none, or no forms: refused with a sentence that names sheet and row."""

import io
import zipfile

import openpyxl
import pytest

from forms.exchange.formats import read_form
from forms.exchange.imported import ImportRefusedError
from tests.factories.builder import form_of, question
from tests.unit.forms.exchange.workbooks import lists, read, saved, workbook, written

TEXT = {"type": "text", "name": "a", "label": "甲"}


def refusal(data: bytes) -> str:
    """The sentence."""
    with pytest.raises(ImportRefusedError) as caught:
        read(data)
    return str(caught.value)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([{"type": "begin group", "name": "g", "label": "G"}, TEXT], ["2"]),
        ([TEXT, {"type": "end group"}], ["3"]),
        ([{"type": "begin group", "name": "g"}, TEXT, {"type": "end repeat"}], ["4", "end repeat"]),
        ([TEXT, {"name": "b", "label": "乙"}], ["3"]),
        ([TEXT, {"type": "text", "label": "乙"}], ["3"]),
        ([{"type": "begin group", "name": f"g{n}"} for n in range(30)], ["22"]),
        ([TEXT, TEXT], ["3"]),
        ([{**TEXT, "name": "a b"}], ["2"]),
        ([{**TEXT, "relevant": "${nothing} = 1"}], ["nothing"]),
        ([{**TEXT, "type": "select_one nothing"}], ["nothing"]),
        ([{**TEXT, "type": "calculate"}], ["2"]),
    ],
    ids=str,
)
def test_a_malformed_form_is_refused_with_its_row(rows: list[dict[str, str]], words: list[str]) -> None:
    said = refusal(workbook(rows, lists(yn="yes Yes, no No")))
    assert all(word in said for word in words)


def test_without_the_sheet_survey_the_sheets_that_are_there_are_named() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "问卷"
    assert "问卷" in refusal(saved(book))


def test_without_its_columns_the_sheet_survey_is_refused() -> None:
    assert "type" in refusal(workbook([{"kind": "text", "name": "a"}]))


def test_what_a_newer_portal_wrote_is_refused() -> None:
    book = written(form_of(question("text")))
    cell = book["portal"]["C2"]
    cell.value = cell.value.replace('"version":1', '"version":2')
    assert refusal(saved(book))


def archive(**members: bytes) -> bytes:
    """A ZIP archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [b"PK\x03\x04", b"PK\x03\x04" + b"\0" * 500, archive(word=b"x"), workbook([TEXT])[:-400]],
    ids=["magic", "noughts", "archive", "torn"],
)
def test_what_only_looks_like_a_workbook_is_refused(data: bytes) -> None:
    with pytest.raises(ImportRefusedError) as caught:
        read_form(data)
    assert str(caught.value)


@pytest.mark.once
def test_two_cells_in_far_corners_do_not_end_the_process_that_asks() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "survey"
    sheet["A1"], sheet["XFD1048576"] = "type", "x"
    with pytest.raises(ImportRefusedError):
        read_form(saved(book))


@pytest.mark.once
def test_a_sheet_with_more_rows_than_any_form_needs_is_refused() -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("survey")
    for _number in range(5_100):
        sheet.append(["text"])
    with pytest.raises(ImportRefusedError, match="survey"):
        read_form(saved(book))


@pytest.mark.once
def test_a_page_of_noughts_that_unpacks_to_gigabytes_is_refused() -> None:
    names = ("[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml")
    data = archive(**dict.fromkeys(names, b"<a>" + b"0" * 60000000))
    assert len(data) < 1_000_000
    with pytest.raises(ImportRefusedError):
        read_form(data)
