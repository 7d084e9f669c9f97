"""What the plan asks for, asked; and reports in every state, sent and reviewed by the people whose task it is."""

import datetime
import io
import json
import uuid
from pathlib import Path
from typing import Any

import docx
import openpyxl
from django.utils import timezone

from forms.builder.models import FormPage
from forms.builder.schema import FormSchema
from forms.collection.models import ExpectedReport, ReportingPeriod, Requirement
from forms.collection.scheduling.enums import Frequency
from forms.collection.scheduling.rules import Schedule
from forms.collection.services import open_requirement, save_requirement
from forms.submissions.filling import Outcome, Posted, fill_in
from forms.submissions.models import Submission
from forms.submissions.review.services import accept, return_report
from forms.submissions.signing import sign_off
from home.demo.answers import DemoAnswerError, files, posted
from portal.accounts.models import User
from portal.calendars.enums import LengthUnit
from portal.calendars.rules import Limit
from portal.programmes.models import Programme, Task
from portal.units.enums import Role
from portal.units.models import Unit

DATA = Path(__file__).parent / "data" / "reports.json"
CLOSING_TIME = datetime.time(17, 30)


def at(day: datetime.date, clock: datetime.time = CLOSING_TIME) -> datetime.datetime:
    """An instant of the site's zone."""
    return timezone.make_aware(datetime.datetime.combine(day, clock))


def word_file(lines: list[str]) -> bytes:
    """A Word file of some paragraphs."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def workbook(rows: list[list[Any]]) -> bytes:
    """A workbook with one sheet."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("台账")
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def content(name: str, given: list[Any]) -> bytes:
    """The bytes of a file described in the data."""
    if name.endswith(".docx"):
        return word_file(given)
    if name.endswith(".xlsx"):
        return workbook(given)
    return "\n".join(given).encode()


class ReportsLoader:
    """Makes what `reports.json` describes; a requirement that is there already is left alone with all its reports."""

    def __init__(
        self,
        *,
        programme: Programme,
        moved: datetime.timedelta,
        units: dict[str, Unit],
        coordinator: User,
        forms: dict[str, FormPage],
    ) -> None:
        self.programme, self.moved, self.units = programme, moved, units
        self.coordinator, self.forms = coordinator, forms
        self.today = timezone.localdate()

    def load(self, rows: list[dict[str, Any]] | None = None) -> int:
        """Make the missing requirements, those of `reports.json` or others; how many were made."""
        rows = json.loads(DATA.read_text(encoding="utf-8")) if rows is None else rows
        missing = [row for row in rows if not Requirement.objects.filter(title=row["title"]).exists()]
        for row in missing:
            self._requirement(row)
        return len(missing)

    def _requirement(self, row: dict[str, Any]) -> None:
        task = Task.objects.filter(programme=self.programme, number=row["task"]).first() if "task" in row else None
        requirement = Requirement(
            title=row["title"],
            instructions=row["instructions"],
            form=self.forms[row["form"]],
            programme=self.programme,
            task=task,
            owner=self.units[row["owner"]],
            allows_nil=row.get("allows_nil", False),
            needs_sign_off=row.get("needs_sign_off", False),
            schedule=self._weekly() if row.get("schedule") == "weekly" else None,
        )
        periods = [self._period(period) for period in row["periods"]]
        chosen = [self.units[name] for name in row["units"]]
        save_requirement(user=self.coordinator, requirement=requirement, units=chosen, periods=periods)
        open_requirement(user=self.coordinator, requirement=requirement)
        self._expected_since_then(requirement)
        for report in row["reports"]:
            self._report(requirement, report)

    def _expected_since_then(self, requirement: Requirement) -> None:
        """A demonstration begins in the past: what a period asks was expected from its opening on."""
        for period in requirement.periods.filter(opens_at__lt=timezone.now()):
            period.expected.update(created_at=period.opens_at)

    def _weekly(self) -> dict[str, Any]:
        """Every week from a fortnight ago on, due on the working day after it has ended."""
        return Schedule(
            Frequency.WEEKLY,
            first=self.today - datetime.timedelta(days=14),
            last=self.today + datetime.timedelta(days=120),
            due=Limit(1, LengthUnit.WORKING_DAYS),
            closes=Limit(7),
        ).to_json()

    def _period(self, row: dict[str, Any]) -> ReportingPeriod:
        due = self.today + datetime.timedelta(days=row["due_in"]) if "due_in" in row else None
        due = due or datetime.date.fromisoformat(row["due"]) + self.moved
        opens = self.today - datetime.timedelta(days=row["opened_ago"])
        if "opens_before" in row:
            opens = due - datetime.timedelta(days=row["opens_before"])
        return ReportingPeriod(
            name=row["name"],
            opens_at=at(opens, datetime.time(9, 0)),
            due_at=at(due),
            closes_at=at(due + datetime.timedelta(days=row["closes_after"])),
        )

    def _report(self, requirement: Requirement, row: dict[str, Any]) -> None:
        expected = ExpectedReport.objects.get(
            period__requirement=requirement, period__name=row["period"], unit=self.units[row["unit"]]
        )
        reporter = User.objects.get(
            memberships__unit=expected.unit, memberships__role=Role.REPORTER, username__startswith="reporter"
        )
        when = timezone.now() - datetime.timedelta(days=row["days_ago"], hours=row.get("hours_ago", 0))
        schema = requirement.form.current_version.form_schema  # type: ignore[union-attr]
        attached = {label: (name, content(name, given)) for label, (name, given) in row.get("files", {}).items()}
        sending = row["state"] != "draft"
        filled = fill_in(
            user=reporter,
            expected=expected,
            posted=Posted(
                data=posted(schema, row["answers"], self.units),
                files=files(schema, attached),
                revision=0,
                key=uuid.uuid5(uuid.NAMESPACE_URL, f"demo/{requirement.title}/{expected.pk}"),
                sending=sending,
            ),
            now=when,
        )
        signed = requirement.needs_sign_off and sending
        if filled.outcome is not (Outcome.HANDED_IN if signed else Outcome.SENT if sending else Outcome.SAVED):
            raise DemoAnswerError(f"{expected}: {filled.outcome} {filled.form.errors.as_text()} {filled.message}")
        if signed and row["state"] != "sign_off":
            reviewer = User.objects.get(memberships__unit=expected.unit, memberships__role=Role.UNIT_REVIEWER)
            report = Submission.objects.get(pk=filled.report.pk)
            sign_off(user=reviewer, submission=report, revision=report.revision, now=when)
        self._review(filled.report, row, when + datetime.timedelta(hours=3))

    def _review(self, report: Submission, row: dict[str, Any], when: datetime.datetime) -> None:
        report = Submission.objects.get(pk=report.pk)
        when = min(when, timezone.now())
        if row["state"] == "accepted":
            accept(user=self.coordinator, submission=report, version=1, now=when)
        elif row["state"] == "returned":
            return_report(
                user=self.coordinator,
                submission=report,
                version=1,
                reason=row.get("reason", ""),
                marks=marks(report.form_version.form_schema, row.get("marks", {})),
                now=when,
            )


def marks(schema: FormSchema, given: dict[str, str]) -> dict[str, str]:
    """Reasons by place; in the data places are labels, joined by slashes, with rows from 1 between them."""
    fields = {field.label: field for field in schema.fields}
    found = {}
    for place, reason in given.items():
        label, *rest = place.split("/")
        field = fields[label]
        columns = {column.label: column.key for column in field.columns}
        path = [field.key, *(str(int(row) - 1) for row in rest[:1]), *(columns[column] for column in rest[1:])]
        found[".".join(path)] = reason
    return found
