"""Requirements with reports in every state, and exports of them."""

import csv
import io
import json
import zipfile
from dataclasses import dataclass, field
from typing import Any

from openpyxl import load_workbook

from forms.builder.schema import FieldSchema, FormSchema
from forms.collection.enums import ReportState
from forms.collection.models import ReportingPeriod, Requirement
from forms.exchange.exports.enums import Content, ExportFormat, Values
from forms.exchange.exports.files import storage
from forms.exchange.exports.models import Export
from forms.exchange.exports.rules import Selection
from forms.exchange.exports.running import run
from forms.exchange.exports.services import ask
from portal.accounts.models import User
from portal.units.enums import Role
from tests.factories.collection import ExpectedReportFactory, PeriodFactory, RequirementFactory, published_form
from tests.factories.submissions import Sides, report_in
from tests.factories.units import person

FLAT = FormSchema(
    title="巡查小结",
    fields=(
        FieldSchema(key="summary", type="long_text", label="本期工作开展情况", required=True),
        FieldSchema(key="people", type="number", label="救助人次"),
        FieldSchema(key="secret", type="text", label="联系人电话", options={"sensitive": True}),
    ),
)


@dataclass
class Collected:
    """A requirement with one period and reports in some states, each of a unit of its own."""

    period: ReportingPeriod
    reports: dict[str, Sides] = field(default_factory=dict)

    @property
    def requirement(self) -> Requirement:
        """The requirement."""
        return self.period.requirement

    @property
    def coordinator(self) -> User:
        """Somebody who collects."""
        return person(Role.COORDINATOR, self.requirement.owner)


def collected(*states: ReportState, schema: FormSchema | None = None) -> Collected:
    """Reports in these states, and one that nobody has begun ("missing")."""
    made = RequirementFactory.create(form=published_form(schema)) if schema else RequirementFactory.create()
    found = Collected(PeriodFactory.create(requirement=made))
    for state in states:
        answers = {"summary": f"{state.value} 情况", "people": 5, "secret": "13800000000"}
        expected = ExpectedReportFactory.create(period=found.period)
        given = answers if schema else {key: answers[key] for key in ("summary", "people")}
        found.reports[state.value] = report_in(state, expected, given)
    expected = ExpectedReportFactory.create(period=found.period)
    found.reports["missing"] = Sides(expected, person(Role.REPORTER, expected.unit), found.coordinator)
    return found


def asked(user: User, requirement: Requirement, kind: ExportFormat = ExportFormat.CSV, **given: Any) -> Export:
    """An export that waits; what is not said is as the form offers it."""
    names = ("content", "periods", "units", "state", "missing")
    chosen = {name: given.pop(name) for name in names if name in given}
    values = given.pop("values", Values.LABELS)
    content = chosen.pop("content", Content.ACCEPTED)
    selection = Selection(content=content, **chosen)
    return ask(user=user, requirement=requirement, chosen=selection, kind=kind, values=values, **given)


def made(user: User, requirement: Requirement, kind: ExportFormat = ExportFormat.CSV, **given: Any) -> Export:
    """One that has been written."""
    export = asked(user, requirement, kind, **given)
    run(export.pk)
    return Export.objects.get(pk=export.pk)


def content_of(export: Export) -> bytes:
    """The file."""
    with storage().open(export.file, "rb") as file:
        return bytes(file.read())


def csv_rows(export: Export) -> list[dict[str, str]]:
    """The rows of the reports, by heading."""
    data = content_of(export)
    if export.file.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            data = archive.read(archive.namelist()[0])
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def sheets_of(export: Export) -> dict[str, list[list[Any]]]:
    """Rows of each sheet."""
    book = load_workbook(io.BytesIO(content_of(export)))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book.worksheets}


def document_of(export: Export) -> dict[str, Any]:
    """The JSON document."""
    found: dict[str, Any] = json.loads(content_of(export))
    return found
