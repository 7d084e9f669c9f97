"""Reads the rows of an export, some hundred at a time: memory does not grow with their number."""

import datetime
import json
from array import array
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from django.db import connection
from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from forms.builder.fields.base import CellValue
from forms.builder.models import FormVersion
from forms.builder.schema import FormSchema
from forms.collection.enums import ReportState
from forms.collection.models import ExpectedReport, ReportingPeriod, Requirement
from forms.collection.querysets import ExpectedReportQuerySet
from forms.exchange.exports.ahead import begun_ahead
from forms.exchange.exports.asking import (
    ACCEPTED,
    KNOWN,
    READ,
    Seconds,
    accepted,
    among,
    between,
    lie_close,
    said,
    whole,
    with_lateness,
)
from forms.exchange.exports.enums import Content, RowKind, Values
from forms.exchange.exports.layout import Finish, plain
from forms.exchange.exports.rules import Selection
from forms.exchange.exports.selecting import readable_rows, rows_of
from forms.submissions.models import Submission, SubmissionVersion
from forms.submissions.receipts.numbers import readable as readable_receipt
from portal.ops.compiled import Compiled
from portal.units.models import Unit

if TYPE_CHECKING:
    from portal.accounts.models import User

T = TypeVar("T")
ROWS_AT_ONCE = 1000
AHEAD = 2
"""Chunks that are being read while one is written."""
DECODER = json.JSONDecoder()
Read = tuple[Any, ...]
NOTHING_READ: Read = ("{}", None, "")
NEVER_SENT: Read = (None, None, "", None)
"""In the order of READ: where there is nothing to read, and of a working copy."""


class Row(NamedTuple):
    """A unit's report of a period: `facts` in the order of `layout.REPORT_COLUMNS`, then what was answered."""

    facts: tuple[Any, ...]
    answers: dict[str, Any]
    form_version: int | None

    @property
    def place(self) -> tuple[Any, ...]:
        """Number, period and unit: what stands before the rows of its tables."""
        return self.facts[:3]


class RowReader:
    """The rows of one export, in the order of periods and units.

    Which rows there are is asked once (eight bytes a row), so that nothing comes twice or is left out while others
    write; what each holds is read when its turn comes, and only what the person may see then.
    """

    def __init__(
        self, user: "User", requirement: Requirement, chosen: Selection, values: Values, finish: Finish = plain
    ) -> None:
        self._user, self._chosen, self._finish = user, chosen, finish
        self._rows = rows_of(user, requirement, chosen)
        self._requirement = requirement
        self._numbers = array("q")
        self._versions: list[FormVersion] = []
        for _both in self._made([self._read_numbers, self._read_versions]):
            pass
        periods = ReportingPeriod.objects.filter(requirement=requirement).values_list("pk", "name")
        self._periods = {pk: finish(name) for pk, name in periods}
        self._units: dict[int, tuple[CellValue, CellValue]] = {}
        self._people: dict[int, CellValue] = {}
        as_codes = values == Values.CODES
        self._states = {one.value: one.value if as_codes else str(one.label) for one in ReportState}
        self._kinds = {kind: kind.value if as_codes else str(kind.label) for kind in RowKind}
        self._yes, self._no = ("yes", "no") if as_codes else (_("yes"), _("no"))
        self._form_numbers = {one.pk: one.number for one in self._versions}
        self._zone = timezone.get_current_timezone()

    def __len__(self) -> int:
        return len(self._numbers)

    def form_versions(self) -> dict[int, tuple[int, FormSchema]]:
        """The versions of the form that the rows were filled in with: {row: (number, schema)}."""
        return {one.pk: (one.number, one.form_schema) for one in self._versions}

    def _made(self, pieces: Iterable[Callable[[], T]]) -> Iterator[T]:
        """What the pieces give. On PostgreSQL some are made ahead, two at a time.

        Whoever is in a transaction reads what it wrote; SQLite has no process of its own that could work ahead.
        """
        ahead = connection.vendor == "postgresql" and not connection.in_atomic_block
        return begun_ahead(pieces, most=AHEAD) if ahead else (piece() for piece in pieces)

    def _read_numbers(self) -> None:
        ordered = self._rows.order_by("period__due_at", "period_id", "unit__path", "pk").values_list("pk", flat=True)
        self._numbers.extend(ordered.iterator(chunk_size=5000))

    def _read_versions(self) -> None:
        rows = self._rows.order_by()
        if self._chosen.content == Content.WORKING:
            used: QuerySet[Any] = Submission.objects.filter(expected__in=rows)
        else:
            used = SubmissionVersion.objects.filter(submission__expected__in=rows)
        # One report that was filled in with a version is enough; DISTINCT would look at all of them.
        first = used.order_by().filter(form_version=OuterRef("pk")).values("pk")[:1]
        versions: list[FormVersion] = [*FormVersion.objects.annotate(first=Subquery(first)).filter(first__isnull=False)]
        if not versions and (current := self._requirement.form.current_version):
            versions = [current]
        self._versions = versions

    def __iter__(self) -> Iterator[list[Row]]:
        starts = range(0, len(self._numbers), ROWS_AT_ONCE)
        chunks = (partial(self._chunk, self._numbers[start : start + ROWS_AT_ONCE].tolist()) for start in starts)
        return self._made(chunks)

    def _chunk(self, numbers: list[int]) -> list[Row]:
        if self._chosen.content == Content.ACCEPTED and not self._chosen.missing:
            rows = self._accepted(numbers)
            read: dict[int, Read] = {row[0]: row[len(KNOWN) :] for row in rows}
        else:
            here = among(numbers)
            read = self._read(readable_rows(self._user, here, self._chosen.content))
            rows = list(with_lateness(ExpectedReport.objects.filter(here).order_by()).values_list(*KNOWN))
        found = {row[0]: row for row in rows}
        self._learn_units({row[2] for row in rows})
        self._learn_people({one[4] for one in read.values() if len(one) == len(READ)})
        wanted = found.keys() if self._chosen.missing else read.keys() & found.keys()
        return [self._row(found[number], read.get(number)) for number in numbers if number in wanted]

    def _accepted(self, numbers: list[int]) -> list[tuple[Any, ...]]:
        if lie_close(numbers):
            return self._of_range.rows(first=min(numbers), last=max(numbers))
        return list(whole(readable_rows(self._user, among(numbers), Content.ACCEPTED)))

    @cached_property
    def _of_range(self) -> Compiled[tuple[Any, ...]]:
        """Accepted reports by the least and the largest of their numbers; asked some hundred times."""
        readable = partial(readable_rows, self._user, content=Content.ACCEPTED)
        return Compiled(lambda first, last: whole(readable(between(first, last))), first=int, last=int)

    def _row(self, known: tuple[Any, ...], read: Read | None) -> Row:
        number, period, unit, waived_at, waive_reason, state, is_late = known[: len(KNOWN)]
        said, form_version, nil_note, times, sender, receipt, sent_at = (
            read if read is not None and len(read) == len(READ) else (*(read or NOTHING_READ), *NEVER_SENT)
        )
        name, code = self._units[unit]
        if waived_at is not None and state != ReportState.ACCEPTED:
            kind, note = RowKind.WAIVED, waive_reason
        elif read is None:
            kind, note = RowKind.MISSING, ""
        elif nil_note:
            kind, note = RowKind.NIL, nil_note
        else:
            kind, note = RowKind.FILLED, ""
        late = ""
        if read is not None and is_late is not None:
            late = self._yes if is_late else self._no
        facts = (
            number,
            self._periods.get(period, ""),
            name,
            code,
            self._kinds[kind],
            self._states.get(state, ""),
            self._finish(note) if note else "",
            times,
            # Beijing time, without the zone that spreadsheets lack.
            datetime.datetime.fromtimestamp(sent_at, self._zone).replace(tzinfo=None) if sent_at is not None else None,
            self._people[sender] if sender else "",
            late,
            readable_receipt(receipt) if receipt else "",
            self._form_numbers.get(form_version),
        )
        return Row(facts, {}, None) if nil_note else Row(facts, DECODER.raw_decode(said)[0], form_version)

    def _read(self, readable: ExpectedReportQuerySet) -> dict[int, Read]:
        """What the person reads of these reports, by number."""
        if self._chosen.content == Content.WORKING:
            begun = readable.filter(submission__isnull=False)
            told = begun.annotate(said=said("submission__answers"))
            rows: QuerySet[Any, Any] = told.values_list("pk", "said", *(f"submission__{name}" for name in READ[1:3]))
        elif self._chosen.content == Content.ACCEPTED:
            rows = accepted(readable).values_list("pk", *ACCEPTED)
        else:
            seen = SubmissionVersion.objects.visible_to(self._user).filter(submission_id__in=readable.values("pk"))
            last = seen.order_by().values("submission_id").annotate(last=Max("number"))
            newest = dict(last.values_list("submission_id", "last"))
            versions = SubmissionVersion.objects.filter(submission_id__in=list(newest)).order_by()
            pairs = versions.values_list("pk", "submission_id", "number")
            wanted = [pk for pk, report, number in pairs if newest[report] == number]
            sent = versions.filter(pk__in=wanted).annotate(sent=Seconds("sent_at"), said=said("answers"))
            rows = sent.values_list("submission_id", *READ)
        return {row[0]: row[1:] for row in rows}

    def _learn_units(self, numbers: set[int]) -> None:
        if missing := numbers - self._units.keys():
            for unit in Unit.objects.filter(pk__in=missing):
                self._units[unit.pk] = (self._finish(str(unit)), self._finish(unit.code or ""))

    def _learn_people(self, numbers: set[int]) -> None:
        from portal.accounts.models import User

        if missing := numbers - self._people.keys():
            for person in User.objects.filter(pk__in=missing):
                self._people[person.pk] = self._finish(str(person))
