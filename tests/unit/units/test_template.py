"""The empty table to fill in."""

import io

import pytest
from django.utils import translation
from openpyxl import load_workbook

from portal.units.enums import ImportKind, Role, UnitKind
from portal.units.importing.cells import read_word
from portal.units.importing.columns import COLUMNS, KIND_WORDS, ROLE_WORDS
from portal.units.importing.tables import TableError, read_cells, read_table
from portal.units.importing.template import template_workbook


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("kind", list(ImportKind))
def test_the_template_has_every_column_and_is_understood_again(kind: ImportKind, language: str) -> None:
    with translation.override(language):
        book = load_workbook(io.BytesIO(template_workbook(kind)))
        headings = [cell.value for cell in book.worksheets[0][1]]
        assert len(headings) == len(COLUMNS[kind])
        with pytest.raises(TableError):
            read_table(kind, read_cells(template_workbook(kind)))
        sheet = book.worksheets[0]
        for number in range(1, len(headings) + 1):
            sheet.cell(row=2, column=number, value=f"x{number}")
        out = io.BytesIO()
        book.save(out)
        table = read_table(kind, read_cells(out.getvalue()))
    assert list(table.rows[0].values.values()) == [f"x{number}" for number in range(1, len(headings) + 1)]
    assert table.ignored_columns == ()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_word_that_the_template_offers_is_understood(language: str) -> None:
    with translation.override(language):
        assert all(read_word(str(kind.label), KIND_WORDS) == kind for kind in UnitKind)
        assert all(read_word(str(role.label), ROLE_WORDS) == role for role in Role)
