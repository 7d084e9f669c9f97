"""A form as JSON: the schema with its slug, and a mark of the format.

Anything that is JSON and describes a form is read, also without the mark: files written by hand have none. What is
written is the same bytes for the same form, so that files can be compared and kept under version control.
"""

import json
from typing import Any, NoReturn

from django.utils.translation import gettext as _

from forms.builder.schema import FormSchema, SchemaError
from forms.exchange.builder_checks import as_built
from forms.exchange.imported import ImportedForm, ImportRefusedError
from forms.exchange.json_checks import check_form, known_parts

FORMAT = "action-portal/form"
VERSION = 1
MAX_BYTES = 5 * 1024 * 1024


def write_json(schema: FormSchema, *, slug: str) -> bytes:
    """The form as a UTF-8 file: indented by two, ending in a line feed, no escapes for Chinese."""
    document = {"format": FORMAT, "version": VERSION, "slug": slug, **schema.to_json()}
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "backslashreplace")


def read_json(data: bytes) -> ImportedForm:
    """The form that the file describes; ImportRefusedError if it describes none."""
    document = document_of(data)
    check_mark(document)
    check_form(document)
    known, unsupported, warnings = known_parts(document)
    try:
        schema = FormSchema.from_json(known)
    except SchemaError as error:  # pragma: no cover - check_form has said it in the reader's words
        raise ImportRefusedError(str(error)) from error
    built, changed = as_built(schema)
    return ImportedForm(built, document.get("slug", ""), tuple(unsupported), (*warnings, *changed))


def document_of(data: bytes) -> dict[str, Any]:
    """The mapping that the file holds."""
    if len(data) > MAX_BYTES:
        raise ImportRefusedError(_("The file is larger than 5 MB. No form needs that much."))
    try:
        found = json.loads(data.decode("utf-8-sig"), parse_constant=refuse_constant)
    except UnicodeDecodeError as error:
        raise ImportRefusedError(_("The file is not encoded in UTF-8. Save it as UTF-8 and try again.")) from error
    except RecursionError as error:
        raise ImportRefusedError(_("The file is nested too deeply.")) from error
    except json.JSONDecodeError as error:
        message = _("The file is no JSON: line %(line)d, column %(column)d cannot be read.")
        raise ImportRefusedError(message % {"line": error.lineno, "column": error.colno}) from error
    if not isinstance(found, dict):
        raise ImportRefusedError(_("The file describes no form: it does not begin with “{”."))
    return found


def refuse_constant(name: str) -> NoReturn:
    """NaN and Infinity are no JSON, though Python reads them."""
    raise ImportRefusedError(_("The file has a number that is none: %(name)s.") % {"name": name})


def check_mark(document: dict[str, Any]) -> None:
    """Refuse other formats, and files of a portal newer than this."""
    if document.get("format", FORMAT) != FORMAT:
        raise ImportRefusedError(_("The file is of another format than the portal's forms."))
    version = document.get("version", VERSION)
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise ImportRefusedError(_("The version of the file's format is no number."))
    if version > VERSION:
        message = _("The file was written by a newer portal (format %(theirs)d; this portal reads up to %(ours)d).")
        raise ImportRefusedError(message % {"theirs": version, "ours": VERSION})
