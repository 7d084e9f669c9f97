"""Workbooks (XLSX, XLS, ODS): each sheet is a page, each row a line."""

from collections.abc import Iterator
from pathlib import Path

import python_calamine

from portal.media.extraction.result import Fault, FaultyFileError


def pages(path: Path) -> Iterator[str]:
    """Name of each sheet in a line, and its cells; hidden sheets are left out."""
    try:
        workbook = python_calamine.CalamineWorkbook.from_path(str(path))
        for sheet in workbook.sheets_metadata:
            if sheet.visible != python_calamine.SheetVisibleEnum.Visible:
                continue
            if sheet.typ != python_calamine.SheetTypeEnum.WorkSheet:
                continue
            rows = workbook.get_sheet_by_name(sheet.name).to_python(skip_empty_area=True)
            lines = ("\t".join(_cell(cell) for cell in row if cell not in ("", None)) for row in rows)
            yield "\n".join([" ".join(sheet.name.split()), *filter(None, lines)])
    except python_calamine.PasswordError as error:
        raise FaultyFileError(Fault.ENCRYPTED) from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise FaultyFileError(Fault.UNREADABLE) from error


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
