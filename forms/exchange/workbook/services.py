"""The round trip: a workbook for a report, what came back, taking it into the draft."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from forms.builder.answers import Answers
from forms.builder.models import FormVersion
from forms.builder.rendering import build_form
from forms.builder.schema import FormSchema
from forms.collection.models import ExpectedReport
from forms.collection.wording import moment
from forms.exchange.workbook.checking import Checked, checked, matched
from forms.exchange.workbook.layout import QUESTIONS, Sheet, cells_of, sheets_for
from forms.exchange.workbook.models import ReturnedWorkbook
from forms.exchange.workbook.writing import CHOICE_SHEET, TOKEN_SHEET, Content, written
from forms.submissions.drafts.merging import Merge
from forms.submissions.drafts.parts import bases_of, split
from forms.submissions.drafts.services import save_parts
from forms.submissions.errors import ReportRefusedError
from forms.submissions.filling import settling
from forms.submissions.models import Submission
from forms.submissions.prefill import first_answers
from forms.submissions.surroundings import Surroundings
from portal.files.workbooks import Cells, TooLongError, UnreadableError, sheets_of

if TYPE_CHECKING:
    from portal.accounts.models import User

SALT = "forms.exchange.workbook"
MOST_BYTES = 10 * 1024 * 1024
MOST_ROWS, MOST_COLUMNS = 12_000, 200


class ToBeMendedError(ReportRefusedError):
    """Something in the workbook is wrong; nothing has been taken."""


class WorkbookRefusedError(Exception):
    """The file is not the workbook of this report; the message says what it is instead, and what to do."""


@dataclass(frozen=True)
class Ours:
    """What a workbook says of itself."""

    expected: int
    digest: str
    bases: dict[str, str]


def sheets_of_form(schema: FormSchema) -> list[Sheet]:
    """The sheets that the workbook of a form has."""
    reserved = (pgettext("workbook", "Instructions"), pgettext("workbook", "To be mended"), CHOICE_SHEET, TOKEN_SHEET)
    return sheets_for(schema, pgettext("workbook", "Answers"), reserved)


def workbook(*, user: "User", expected: ExpectedReport, version: FormVersion, now: datetime.datetime) -> bytes:
    """The workbook for a report: what is stored already stands in it, and what a new one begins with."""
    around = _around(user, expected, version, now)
    answers = around.report.answers if around.report is not None else first_answers(around)
    stored: Mapping[str, Any] = around.report.answers if around.report is not None else {}
    sheets = sheets_of_form(around.schema)
    bases = bases_of(around.schema, stored, [sheet.key for sheet in sheets] + _single(sheets))
    return _written(
        around,
        sheets,
        {sheet.key: cells_of(sheet, answers) for sheet in sheets},
        _signed(Ours(expected.pk, version.digest, bases)),
    )


def receive(
    *, user: "User", expected: ExpectedReport, version: FormVersion, name: str, data: bytes, now: datetime.datetime
) -> ReturnedWorkbook:
    """Keep what a workbook holds until the person says what to do with it.

    WorkbookRefusedError for anything but the workbook of this report and this version of its form.
    """
    try:
        found = sheets_of(data, most_rows=MOST_ROWS, most_columns=MOST_COLUMNS)
    except UnreadableError as error:
        said = _("This file cannot be read as a workbook. Save it as XLSX in Excel, WPS or LibreOffice and try again.")
        raise WorkbookRefusedError(said) from error
    except TooLongError as error:
        said = _("The sheet “%(sheet)s” has more rows than any table takes.")
        raise WorkbookRefusedError(said % {"sheet": error}) from error
    ours = _read_token(found.pop(TOKEN_SHEET, []))
    if ours.expected != expected.pk:
        raise WorkbookRefusedError(_other(user, ours.expected))
    if ours.digest != version.digest:
        raise WorkbookRefusedError(
            _("The form has been changed since this workbook was made. Download it anew and copy your answers over.")
        )
    return ReturnedWorkbook.objects.create(
        expected=expected,
        file_name=name[-255:],
        digest=ours.digest,
        bases=ours.bases,
        cells=matched(sheets_of_form(version.form_schema), found),
        uploaded_by=user,
        uploaded_at=now,
    )


def check(*, user: "User", returned: ReturnedWorkbook, version: FormVersion, now: datetime.datetime) -> Checked:
    """What the workbook holds, and what is wrong with it."""
    return _checked(_around(user, returned.expected, version, now), returned)


def with_comments(*, user: "User", returned: ReturnedWorkbook, version: FormVersion, now: datetime.datetime) -> bytes:
    """The same workbook with a comment at each wrong cell, and all of them listed on its first sheet."""
    around = _around(user, returned.expected, version, now)
    result = _checked(around, returned)
    token = _signed(Ours(returned.expected_id, returned.digest, returned.bases))
    return _written(around, sheets_of_form(around.schema), result.typed, token, result)


@transaction.atomic
def take(
    *, user: "User", returned: ReturnedWorkbook, version: FormVersion, only_good: bool, now: datetime.datetime
) -> Merge:
    """Put the answers into the draft: a table as it stands in the workbook, a blank cell as no answer.

    With problems nothing is taken, unless `only_good`: then the good rows and answers, and what is wrong stays as it
    is in the report. What somebody else has changed since the workbook was made is not written over; the merge that
    comes back names it. Raises a ReportRefusedError where drafts are not saved now.
    """
    around = _around(user, returned.expected, version, now)
    result = _checked(around, returned)
    if result.problems and not only_good:
        raise ToBeMendedError(_("There is something to mend in the workbook. Nothing has been taken."))
    stored: Answers = around.report.answers if around.report is not None else {}
    keys = result.answers.keys() | result.emptied
    wanted = {key: value for key, value in stored.items() if key not in keys} | result.answers
    form = build_form(around.schema, answers=stored, context=around.context, **around.known)
    saved = save_parts(
        user=user,
        expected=returned.expected,
        schema=around.schema,
        digest=version.digest,
        typed=split(around.schema, wanted, keys),
        bases=returned.bases,
        settle=settling(around, form),
        now=now,
    )
    returned.delete()
    return saved.merge


def _around(user: "User", expected: ExpectedReport, version: FormVersion, now: datetime.datetime) -> Surroundings:
    report: Submission | None = getattr(expected, "submission", None)
    return Surroundings(user, expected, version.form_schema, now, report)


def _checked(around: Surroundings, returned: ReturnedWorkbook) -> Checked:
    cells: Mapping[str, Cells] = returned.cells
    sources = around.sources(around.report.answers if around.report is not None else {})
    return checked(sheets_of_form(around.schema), cells, sources)


def _single(sheets: list[Sheet]) -> list[str]:
    return [one.key for sheet in sheets if sheet.key == QUESTIONS for one in sheet.questions]


def _signed(ours: Ours) -> str:
    return signing.dumps([ours.expected, ours.digest, ours.bases], salt=SALT, compress=True)


def _read_token(cells: Cells) -> Ours:
    try:
        expected, digest, bases = signing.loads(str(cells[0][0]), salt=SALT)
    except (signing.BadSignature, IndexError, ValueError) as error:
        said = _("This workbook was not made by the portal for this report. Download one here and fill that in.")
        raise WorkbookRefusedError(said) from error
    return Ours(expected, digest, bases)


def _other(user: "User", number: int) -> str:
    other = ExpectedReport.objects.visible_to(user).with_names().filter(pk=number).first()
    if other is None:
        return _("This workbook belongs to a report that is not yours.")
    return _("This is the workbook of another report: %(report)s. Upload it there.") % {"report": other}


def _written(
    around: Surroundings,
    sheets: list[Sheet],
    cells: Mapping[str, list[dict[str, Any]]],
    token: str,
    result: Checked | None = None,
) -> bytes:
    expected = around.expected
    requirement = expected.period.requirement
    about = [
        (pgettext("workbook", "Report"), requirement.title),
        (_("Reporting period"), expected.period.name),
        (_("Reporting unit"), expected.unit.name),
        (_("Collecting unit"), requirement.owner.name),
        (_("Due"), moment(expected.window.due_at, now=around.now)),
        (_("Made at"), timezone.localtime(around.now).strftime("%Y-%m-%d %H:%M")),
    ]
    advice = [
        _("Fill in the white cells of the following sheets; headings are locked. Rows that stay blank are left out."),
        _("Where a cell has a drop-down, choose from it. Several choices are written with 、 between them."),
        _("Days as 2026-11-28, times as 14:30, numbers without a unit."),
        _("Files, photographs and signatures are added online."),
        _("A table in the report becomes what stands on its sheet, row for row."),
        _("Upload the workbook on the page of the report. What is wrong comes back as comments at the cells."),
    ]
    if requirement.instructions:
        advice.insert(0, requirement.instructions)
    return written(
        Content(
            sheets=sheets,
            cells=cells,
            about=about,
            advice=advice,
            token=token,
            sources=around.sources(around.report.answers if around.report is not None else {}),
            problems=tuple(result.problems) if result else (),
        )
    )
