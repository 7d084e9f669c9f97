"""Reads the rows of an export, some hundred at a time: memory does not grow with their number."""

import datetime
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from forms.builder.models import FormVersion
from forms.builder.schema import FormSchema
from forms.collection.enums import ReportState
from forms.collection.models import ExpectedReport, ReportingPeriod, Requirement
from forms.exchange.exports.enums import Content, RowKind, Values
from forms.exchange.exports.rules import Selection
from forms.exchange.exports.selecting import readable_rows, rows_of
from forms.submissions.models import SubmissionVersion
from forms.submissions.receipts.numbers import readable as readable_receipt
from portal.units.models import Unit

if TYPE_CHECKING:
    from portal.accounts.models import User

ROWS_AT_ONCE = 1000
SENT_FIELDS = ("answers", "form_version_id", "nil_note", "number", "sent_at", "sent_by_id", "receipt_number")


@dataclass(frozen=True, slots=True)
class Row:
    """A unit's report of a period: `facts` in the order of `layout.REPORT_COLUMNS`, then what was answered."""

    facts: tuple[Any, ...]
    answers: dict[str, Any]
    form_version: int | None

    @property
    def place(self) -> tuple[Any, ...]:
        """Number, period and unit: what stands before the rows of its tables."""
        return self.facts[:3]


@dataclass(frozen=True, slots=True)
class _Read:
    answers: dict[str, Any]
    form_version: int
    nil_note: str
    number: int | None = None
    sent_at: datetime.datetime | None = None
    sent_by: str = ""
    receipt: str = ""


class RowReader:
    """The rows of one export, in the order of periods and units.

    Which rows there are is asked once (eight bytes a row), so that nothing comes twice or is left out while others
    write; what each holds is read when its turn comes, and only what the person may see then.
    """

    def __init__(self, user: "User", requirement: Requirement, chosen: Selection, values: Values) -> None:
        self._user, self._chosen, self._values = user, chosen, values
        self._rows = rows_of(user, requirement, chosen)
        self._requirement = requirement
        self._numbers = array("q")
        ordered = self._rows.order_by("period__due_at", "period_id", "unit__path", "pk").values_list("pk", flat=True)
        self._numbers.extend(ordered.iterator(chunk_size=5000))
        self._periods = dict(ReportingPeriod.objects.filter(requirement=requirement).values_list("pk", "name"))
        self._units: dict[int, tuple[str, str]] = {}
        self._people: dict[int, str] = {}
        self._states = {state.value: str(state.label) for state in ReportState}
        self._kinds = {kind: kind.value if values == Values.CODES else str(kind.label) for kind in RowKind}
        self._yes, self._no = ("yes", "no") if values == Values.CODES else (_("yes"), _("no"))
        self._form_numbers: dict[int, int] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    def form_versions(self) -> dict[int, tuple[int, FormSchema]]:
        """The versions of the form that the rows were filled in with: {row: (number, schema)}."""
        rows = self._rows.order_by()
        if self._chosen.content == Content.WORKING:
            used = FormVersion.objects.filter(submissions__expected__in=rows)
        else:
            sent = SubmissionVersion.objects.filter(submission__expected__in=rows).order_by()
            used = FormVersion.objects.filter(pk__in=sent.values("form_version").distinct())
        versions = list(used.distinct())
        if not versions and (current := self._requirement.form.current_version):
            versions = [current]
        self._form_numbers = {one.pk: one.number for one in versions}
        return {one.pk: (one.number, one.form_schema) for one in versions}

    def __iter__(self) -> Iterator[list[Row]]:
        for start in range(0, len(self._numbers), ROWS_AT_ONCE):
            yield self._chunk(self._numbers[start : start + ROWS_AT_ONCE].tolist())

    def _chunk(self, numbers: list[int]) -> list[Row]:
        read = self._answers(numbers)
        found = {
            row[0]: row
            for row in ExpectedReport.objects.filter(pk__in=numbers if self._chosen.missing else list(read))
            .order_by()
            .with_window()
            .values_list(
                *("pk", "period_id", "unit_id", "waived_at", "waive_reason"),
                *("submission__state", "submission__first_sent_at", "late_after"),
            )
        }
        self._learn_units({row[2] for row in found.values()})
        return [self._row(found[number], read.get(number)) for number in numbers if number in found]

    def _row(self, known: tuple[Any, ...], read: _Read | None) -> Row:
        number, period, unit, waived_at, waive_reason, state, first_sent_at, late_after = known
        name, code = self._units[unit]
        if waived_at is not None and state != ReportState.ACCEPTED:
            kind, note = RowKind.WAIVED, waive_reason
        elif read is None:
            kind, note = RowKind.MISSING, ""
        elif read.nil_note:
            kind, note = RowKind.NIL, read.nil_note
        else:
            kind, note = RowKind.FILLED, ""
        late = "" if first_sent_at is None else self._yes if first_sent_at > late_after else self._no
        facts = (
            *(number, self._periods.get(period, ""), name, code, self._kinds[kind]),
            (state or "") if self._values == Values.CODES else self._states.get(state, ""),
            note,
            *((read.number, read.sent_at, read.sent_by) if read else (None, None, "")),
            late if read else "",
            *((read.receipt, self._form_numbers.get(read.form_version)) if read else ("", None)),
        )
        if read is None or read.nil_note:
            return Row(facts, {}, None)
        return Row(facts, read.answers, read.form_version)

    def _answers(self, numbers: list[int]) -> dict[int, _Read]:
        readable = readable_rows(self._user, numbers, self._chosen.content)
        if self._chosen.content == Content.WORKING:
            fields = readable.filter(submission__isnull=False).values_list(
                "pk", "submission__answers", "submission__form_version_id", "submission__nil_note"
            )
            return {pk: _Read(answers, version, nil_note) for pk, answers, version, nil_note in fields}
        if self._chosen.content == Content.ACCEPTED:
            rows = list(readable.values_list("pk", *(f"submission__accepted_version__{name}" for name in SENT_FIELDS)))
        else:
            seen = SubmissionVersion.objects.visible_to(self._user).filter(submission_id__in=readable.values("pk"))
            last = seen.order_by().values("submission_id").annotate(last=Max("number"))
            wanted = dict(last.values_list("submission_id", "last"))
            versions = SubmissionVersion.objects.filter(submission_id__in=list(wanted)).order_by()
            pairs = versions.values_list("pk", "submission_id", "number")
            newest = [pk for pk, report, number in pairs if wanted[report] == number]
            rows = list(versions.filter(pk__in=newest).values_list("submission_id", *SENT_FIELDS))
        self._learn_people({row[6] for row in rows})
        return {
            report: _Read(
                *(answers, form_version, nil_note, number),
                *(_local(sent_at), self._people[sender], readable_receipt(receipt)),
            )
            for report, answers, form_version, nil_note, number, sent_at, sender, receipt in rows
        }

    def _learn_units(self, numbers: set[int]) -> None:
        if missing := numbers - self._units.keys():
            for unit in Unit.objects.filter(pk__in=missing):
                self._units[unit.pk] = (str(unit), unit.code or "")

    def _learn_people(self, numbers: set[int]) -> None:
        from portal.accounts.models import User

        if missing := numbers - self._people.keys():
            for person in User.objects.filter(pk__in=missing):
                self._people[person.pk] = str(person)


def _local(at: datetime.datetime) -> datetime.datetime:
    """Beijing time to the second, without the zone that spreadsheets lack."""
    return timezone.localtime(at).replace(tzinfo=None, microsecond=0)
