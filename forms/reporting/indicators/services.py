"""Works indicators out: all of them in one pass over the accepted reports, whatever their number."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.functional import cached_property

from forms.builder.models import FormVersion
from forms.builder.schema import FormSchema, SchemaError
from forms.collection.models import ReportingPeriod
from forms.reporting.indicators.enums import Aggregation, Split
from forms.reporting.indicators.extraction import Accepted, accepted_answers
from forms.reporting.indicators.models import Indicator
from forms.reporting.indicators.problems import Problem, problems_of
from forms.reporting.indicators.questions import Question, Reader, find, top_key
from forms.reporting.indicators.rules import Figure, Measure, Tally, latest_of_all, measured
from forms.reporting.matrix.services import Choice
from portal.units.models import Unit

if TYPE_CHECKING:
    from portal.accounts.models import User

CHOSEN = "submission__expected__period__requirement"


@dataclass(frozen=True)
class Line:
    """One row of the table, one bar of the chart."""

    label: str
    figure: Figure
    way: Mapping[str, Any] = field(default_factory=dict)
    """What of the address leads to the reports behind it: unit or period."""


@dataclass(frozen=True)
class Result:
    """An indicator worked out."""

    indicator: Indicator
    question: Question | None
    lines: list[Line]
    total: Figure
    problems: list[Problem]
    filtered_by: Question | None = None

    @property
    def is_broken(self) -> bool:
        """Whether nothing can be worked out."""
        return any(one.is_broken for one in self.problems)

    @property
    def aggregation(self) -> Aggregation:
        """What was made of the answers."""
        return Aggregation(self.indicator.aggregation)

    @property
    def counts_choices(self) -> bool:
        """Whether its values are choices out of answers."""
        return self.indicator.split == Split.CHOICE or self.aggregation == Aggregation.CHOICE

    @property
    def measure(self) -> str:
        """The unit of measure that stands behind the values."""
        if self.aggregation == Aggregation.SHARE_YES:
            return "%"
        own = self.question.unit if self.question else ""
        counted = self.aggregation in {Aggregation.COUNT, Aggregation.CHOICE}
        return self.indicator.measure or ("" if counted else own)


class Schemas:
    """The versions of some forms, read once."""

    def __init__(self, form_ids: Iterable[int]) -> None:
        self.by_form: dict[int, list[tuple[int, FormSchema]]] = defaultdict(list)
        self.by_version: dict[int, FormSchema] = {}
        for version in FormVersion.objects.filter(form_id__in=set(form_ids)).order_by("form_id", "number"):
            try:
                schema = version.form_schema
            except SchemaError:
                continue
            self.by_form[version.form_id].append((version.pk, schema))
            self.by_version[version.pk] = schema

    def latest(self, form_id: int) -> FormSchema | None:
        """What the form asks now."""
        known = self.by_form.get(form_id)
        return known[-1][1] if known else None

    def question(self, form_id: int, path: str) -> Question | None:
        """The question as last asked."""
        found = (find(schema, path) for _pk, schema in reversed(self.by_form.get(form_id, ())))
        return next((one for one in found if one is not None), None)


class Work:
    """One indicator while reports come in."""

    def __init__(self, indicator: Indicator, schemas: Schemas) -> None:
        self.indicator, self.schemas = indicator, schemas
        self.aggregation, self.split = Aggregation(indicator.aggregation), Split(indicator.split)
        self.by: dict[int, Tally] = defaultdict(Tally)
        self.whole = Tally()
        self.readers: dict[int, Reader | None] = {}

    @cached_property
    def question(self) -> Question | None:
        """The question as last asked; labels and choices are its."""
        return self.schemas.question(self.indicator.form_id, self.indicator.question)

    def takes(self, one: Accepted) -> bool:
        """Whether the report is one of those that are counted."""
        wanted = self.indicator.requirement_id
        return one.form_id == self.indicator.form_id and wanted in {None, one.requirement_id}

    def measure(self, one: Accepted) -> Measure:
        """What the report contributes."""
        return self.measured(one.form_version_id, one.answers)

    def measured(self, form_version_id: int, answers: dict[str, Any]) -> Measure:
        """What answers to a version of the form contribute; those of a nil report are empty."""
        reader = self.reader(form_version_id)
        values = reader.values(answers) if reader and answers else []
        return measured(values, self.aggregation, self.indicator.choice)

    def add(self, one: Accepted) -> None:
        """Count the report."""
        found, at = self.measure(one), (one.due_at, one.report_id)
        self.whole.add(found, is_nil=one.is_nil, at=at)
        if self.split != Split.CHOICE:
            key = one.unit_id if self.split == Split.UNIT else one.period_id
            self.by[key].add(found, is_nil=one.is_nil, at=at)

    def reader(self, form_version_id: int) -> Reader | None:
        """How the answers of a version are read; None where it does not ask the question."""
        if form_version_id not in self.readers:
            self.readers[form_version_id] = self._reader(self.schemas.by_version.get(form_version_id))
        return self.readers[form_version_id]

    def _reader(self, schema: FormSchema | None) -> Reader | None:
        asked = find(schema, self.indicator.question) if schema else None
        if asked is None or schema is None:
            return None
        if not self.indicator.filter_question:
            return Reader(asked)
        filtered_by = find(schema, self.indicator.filter_question)
        return Reader(asked, filtered_by, self.indicator.filter_choice) if filtered_by else None

    def total(self) -> Figure:
        """The figure of everything."""
        if self.split == Split.CHOICE:
            return self.whole.figure(Aggregation.COUNT)
        whole = self.whole.figure(self.aggregation)
        if self.aggregation == Aggregation.LATEST:
            return latest_of_all((tally.figure(self.aggregation) for tally in self.by.values()), whole)
        return whole


def worked_out(
    indicators: Sequence[Indicator], *, user: "User", choice: Choice, as_of: datetime.datetime | None = None
) -> list[Result]:
    """Indicators over the accepted reports that the person may read, now or at an instant; four queries."""
    if not indicators:
        return []
    schemas = Schemas(one.form_id for one in indicators)
    works = [Work(one, schemas) for one in indicators]
    keys = sorted({top_key(path) for one in indicators for path in (one.question, one.filter_question) if path})
    counted = reduce(or_, (over(one) for one in indicators))
    for accepted in accepted_answers(user=user, choice=choice, as_of=as_of, over=counted, keys=keys):
        for work in works:
            if work.takes(accepted):
                work.add(accepted)
    units = _units(works)
    periods = _periods(works)
    return [_result(work, schemas, units, periods) for work in works]


def _result(work: Work, schemas: Schemas, units: list[Unit], periods: list[ReportingPeriod]) -> Result:
    problems = problems_of(work.indicator, schemas)
    lines = [] if any(one.is_broken for one in problems) else _lines(work, units, periods)
    filtered_by = schemas.question(work.indicator.form_id, work.indicator.filter_question)
    return Result(work.indicator, work.question, lines, work.total(), problems, filtered_by)


def over(indicator: Indicator) -> Q:
    """The condition that a sent version meets if the indicator counts it."""
    if indicator.requirement_id is not None:
        return Q(**{f"{CHOSEN}_id": indicator.requirement_id})
    return Q(**{f"{CHOSEN}__form_id": indicator.form_id})


def _units(works: list[Work]) -> list[Unit]:
    """The units that occur, in the order of the tree."""
    wanted = {pk for work in works if work.split == Split.UNIT for pk in work.by}
    return list(Unit.objects.filter(pk__in=wanted))


def _periods(works: list[Work]) -> list[ReportingPeriod]:
    """The periods that occur, in the order of time."""
    wanted = {pk for work in works if work.split == Split.PERIOD for pk in work.by}
    return list(ReportingPeriod.objects.filter(pk__in=wanted).select_related("requirement"))


def _lines(work: Work, units: list[Unit], periods: list[ReportingPeriod]) -> list[Line]:
    if work.split == Split.CHOICE:
        return _lines_of_choices(work)
    named: list[tuple[int, str, str]]
    if work.split == Split.UNIT:
        named = [(unit.pk, str(unit), "unit") for unit in units]
    else:
        several = len({period.requirement_id for period in periods if period.pk in work.by}) > 1
        named = [
            (period.pk, f"{period.requirement} · {period}" if several else str(period), "period") for period in periods
        ]
    return [Line(label, work.by[pk].figure(work.aggregation), {way: pk}) for pk, label, way in named if pk in work.by]


def _lines_of_choices(work: Work) -> list[Line]:
    """How often each choice was made, out of all answers; choices that the list does not know any more come last."""
    labels = dict(work.question.choices) if work.question else {}
    counted = work.whole.choices
    codes = [*labels, *sorted(counted.keys() - labels.keys())]
    whole = work.whole.figure(Aggregation.COUNT)
    return [
        Line(labels.get(code, code), whole._replace(value=Decimal(counted[code]), hits=counted[code])) for code in codes
    ]
