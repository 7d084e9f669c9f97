"""The formats in which a form leaves the portal and comes back. What a file is, its content says."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from forms.builder.schema import FormSchema
from forms.exchange.imported import ImportedForm, ImportRefusedError
from forms.exchange.json_format import MAX_BYTES, read_json, write_json
from forms.exchange.xlsform.form_reader import read_xlsform
from forms.exchange.xlsform.workbook import write_xlsform
from portal.audit.spreadsheets import XLSX_TYPE

OLD_OFFICE = b"\xd0\xcf\x11\xe0"
ZIP = b"PK\x03\x04"


@dataclass(frozen=True)
class Format:
    """One format: how it is written, and what its files are."""

    name: str
    extension: str
    content_type: str
    write: Callable[..., bytes]


FORMATS = {
    "json": Format("json", ".json", "application/json; charset=utf-8", write_json),
    "xlsform": Format("xlsform", ".xlsx", XLSX_TYPE, write_xlsform),
}


def write_form(schema: FormSchema, *, slug: str, format_name: str) -> bytes:
    """The form as a file."""
    return FORMATS[format_name].write(schema, slug=slug)


def read_form(data: bytes) -> ImportedForm:
    """The form that a file describes, whatever it is called; ImportRefusedError if it describes none."""
    if len(data) > MAX_BYTES:
        raise ImportRefusedError(_("The file is larger than 5 MB. No form needs that much."))
    if not data.strip():
        raise ImportRefusedError(_("The file is empty."))
    if data.startswith(OLD_OFFICE):
        raise ImportRefusedError(
            _("The file is an old Excel format or is protected by a password. Save it as .xlsx without a password.")
        )
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return read_json(data)
    if data.startswith(ZIP):
        return read_xlsform(data)
    raise ImportRefusedError(_("The file is neither JSON nor an Excel workbook (.xlsx)."))
