"""Workbooks made to exhaust the machine."""

import io
import zipfile

import pytest

from portal.units.importing.tables import TableError, read_cells

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def workbook(*corners: tuple[str, int]) -> bytes:
    """A workbook of a few hundred bytes with a cell at each of these places."""
    rows = "".join(
        f'<row r="{row}"><c r="{column}{row}" t="inlineStr"><is><t>x</t></is></c></row>' for column, row in corners
    )
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r" Type="{OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="S" sheetId="1" '
        'r:id="r"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r" '
        f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_an_honest_workbook_made_like_this_is_read() -> None:
    assert read_cells(workbook(("A", 1), ("B", 2))) == [["x", ""], ["", "x"]]


@pytest.mark.parametrize("corner", [("XFD", 40_000), ("XFD", 1_048_576), ("A", 1_048_576)])
def test_two_cells_in_opposite_corners_are_refused_in_words_and_end_no_server(corner: tuple[str, int]) -> None:
    with pytest.raises(TableError):
        read_cells(workbook(("A", 1), corner))
