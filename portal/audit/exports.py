"""Wagtail's own exports (pages, reports, people, documents …), made as safe as the portal's and written into the log.

Every listing of the Wagtail admin offers its rows as CSV and XLSX. Its CSV lets ``=HYPERLINK(…)`` through and is no
UTF-8 to Excel, its XLSX has times of another zone, and nothing records who took the rows away. Wagtail has no hook
here, and its listings are too many to replace one by one, so their common mixin is mended.
"""

import datetime
from collections.abc import Callable, Iterator
from typing import Any

from wagtail.admin.views.mixins import SpreadsheetExportMixin

from portal.audit.enums import AuditAction
from portal.audit.services import Target, record
from portal.audit.spreadsheets import BOM, cell_value, safe_text

_MENDED = "_portal_mended"


def _value(original: Callable[..., Any]) -> Callable[..., Any]:
    def preprocess_field_value(self: Any, field: str, value: Any, export_format: str) -> Any:
        if isinstance(value, datetime.datetime):
            return cell_value(value)
        written = original(self, field, value, export_format)
        return safe_text(written) if isinstance(written, str) else written

    return preprocess_field_value


def _lines(original: Callable[..., Iterator[bytes]]) -> Callable[..., Iterator[bytes]]:
    def stream_csv(self: Any, queryset: Any) -> Iterator[bytes]:
        yield BOM.encode()
        yield from original(self, queryset)

    return stream_csv


def _answer(original: Callable[..., Any]) -> Callable[..., Any]:
    def as_spreadsheet(self: Any, queryset: Any, spreadsheet_format: str) -> Any:
        model = getattr(queryset, "model", None)
        filters = {name: value for name, value in self.request.GET.items() if value and name != "export"}
        record(
            action=AuditAction.EXPORT,
            user=self.request.user,
            target=Target(model._meta.label_lower if model else "", "", f"{self.get_filename()}.{spreadsheet_format}"),
            details={"format": spreadsheet_format, "rows": _count(queryset), "filters": filters},
        )
        return original(self, queryset, spreadsheet_format)

    return as_spreadsheet


def _count(rows: Any) -> int:
    return len(rows) if isinstance(rows, list | tuple) else int(rows.count())


def mend_wagtail_exports() -> None:
    """Replace the three methods; a second call changes nothing."""
    mixin: Any = SpreadsheetExportMixin
    if getattr(mixin, _MENDED, False):
        return
    mixin.preprocess_field_value = _value(mixin.preprocess_field_value)
    mixin.stream_csv = _lines(mixin.stream_csv)
    mixin.as_spreadsheet = _answer(mixin.as_spreadsheet)
    setattr(mixin, _MENDED, True)
