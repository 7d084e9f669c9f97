"""What publishing a draft would do: to reports, to requirements, to exports, to the time of those who fill it in.

Reads only, in a number of queries that does not grow with the number of reports; of accepted reports at most
`MOST_CHECKED` are checked, the latest first.
"""

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from forms.builder.answers import Answers
from forms.builder.checking import check_answers
from forms.builder.fields import Sources, type_of
from forms.builder.logic.outcome import LogicContext
from forms.builder.schema import FieldSchema, FormSchema
from forms.builder.versions.burden import Burden, OtherForm, Twin, burden_of, size_of, twins_of
from forms.builder.versions.comparing import Aspect, Comparison, Line, Mark, compare
from forms.builder.versions.obstacles import obstacles_of
from forms.builder.versions.providers import AcceptedReport, Demand, InProgress, demands, reports
from forms.builder.versions.widening import TypeChange, carried, type_changes
from forms.builder.versions.wording import title_of

if TYPE_CHECKING:
    from forms.builder.models import FormPage, FormVersion
    from portal.accounts.models import User

MOST_CHECKED = 500
"""Accepted reports that are checked against the new rules."""

MOST_SHOWN = 20
"""Reports that are named."""

MOST_REASONS = 5
"""Reasons that are given for one report."""

ASSUMED_UNITS = 20
"""Units that a form is thought to be asked of before any requirement uses it."""


@dataclass(frozen=True)
class Failing:
    """An accepted report that the new version would not take as it is."""

    report: AcceptedReport
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Trial:
    """Accepted reports checked against the new version."""

    accepted: int
    checked: int
    failing: int
    shown: tuple[Failing, ...]
    """The first of them that the person may read."""
    by_question: tuple[tuple[str, int], ...]
    """Question → reports that fail there, the most frequent first: says nothing of any single report."""

    @property
    def is_partial(self) -> bool:
        """Whether only the latest were checked."""
        return self.checked < self.accepted


@dataclass(frozen=True)
class Columns:
    """What changes in exports. Columns are known by key; their headings are labels."""

    added: tuple[str, ...]
    gone: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Retired:
    """A question that is not asked any more."""

    title: str
    is_answered: bool


@dataclass(frozen=True)
class Impact:
    """Everything the page before publishing shows."""

    comparison: Comparison | None
    """None before the first publishing."""
    obstacles: list[str]
    burden: Burden
    twins: list[Twin]
    demands: Sequence[Demand] = ()
    in_progress: Sequence[InProgress] = ()
    trial: Trial | None = None
    widenings: list[TypeChange] = field(default_factory=list)
    retired: list[Retired] = field(default_factory=list)
    retired_choices: list[tuple[str, str]] = field(default_factory=list)
    """Question and label of choices that reports use: they stay readable and cannot be chosen any more."""
    columns: Columns = field(default_factory=lambda: Columns((), (), ()))

    @cached_property
    def drafts(self) -> int:
        """Reports that lie with their units."""
        return sum(one.drafts + one.returned for one in self.in_progress)

    @property
    def asks_what_to_do(self) -> bool:
        """Whether it makes a difference if reports in progress are moved."""
        taken = any(one.is_open and one.open_periods for one in self.demands)
        return self.comparison is not None and self.comparison.differs and bool(self.drafts or taken)


def impact_of(page: "FormPage", draft: "FormPage", *, user: "User", now: datetime.datetime) -> Impact:
    """What publishing the draft of the page would do."""
    versions = {version.pk: version for version in page.versions.order_by("number")}
    latest = [*versions.values()][-1] if versions else None
    past = [version.form_schema for version in versions.values()]
    old, new = past[-1] if past else None, draft.schema_now
    asked = demands().demands(page, user=user, now=now)
    comparison = compare(old, new) if old is not None else None
    burden = burden_of(
        new,
        old=old,
        measured=reports().fill_time(latest) if latest else None,
        demands=asked,
        assumed_units=ASSUMED_UNITS,
    )
    found = {"obstacles": obstacles_of(draft, past=past), "burden": burden, "twins": twins(page, new, now=now)}
    if comparison is None:
        return Impact(comparison=None, demands=asked, **found)  # type: ignore[arg-type]
    return Impact(
        comparison=comparison,
        demands=asked,
        in_progress=reports().in_progress(page),
        trial=trial_of(page, comparison, versions, user=user),
        widenings=[one for one in type_changes(past[-1:], new) if one.is_widening],
        retired=retired_questions(page, comparison),
        retired_choices=retired_choices(page, comparison),
        columns=columns_of(comparison),
        **found,  # type: ignore[arg-type]
    )


def retired_questions(page: "FormPage", comparison: Comparison) -> list[Retired]:
    """Questions that are not asked any more, and whether anybody has answered them."""
    gone = [line for line in comparison.marked(Mark.REMOVED) if type_of(line.old).takes_answer]
    answered = reports().answered(page, [line.key for line in gone])
    found = [Retired(title_of(line.old), line.key in answered) for line in gone]
    columns = [
        (heading(column.old, table), column.key)
        for _path, column, table in comparison.everywhere()
        if table is not None and column.new is None and type_of(column.old).takes_answer
    ]
    held = reports().chosen(page, [key for _title, key in columns])
    return found + [Retired(title, key in held) for title, key in columns]


def retired_choices(page: "FormPage", comparison: Comparison) -> list[tuple[str, str]]:
    """Question and label of the choices that are retired although reports use them; two queries."""
    retired = [
        (title_of(line.new), change)
        for _path, line, _table in comparison.everywhere()
        for change in line.of(Aspect.CHOICE_RETIRED)
    ]
    used = reports().chosen(page, {change.name for _title, change in retired})
    return [(title, change.new) for title, change in retired if change.name in used]


def trial_of(page: "FormPage", comparison: Comparison, versions: "Mapping[int, FormVersion]", *, user: "User") -> Trial:
    """Accepted reports checked against the new version; none where only words changed."""
    accepted = reports().accepted_count(page)
    if not accepted or comparison.only_texts:
        return Trial(accepted, accepted, 0, (), ())
    schemas = {pk: version.form_schema for pk, version in versions.items()}
    found = reports().accepted(page, user=user, most=MOST_CHECKED)
    checker = Checker(comparison.new)
    shown: list[Failing] = []
    by_question: Counter[str] = Counter()
    failing = 0
    for one in found:
        wrong = checker.wrong(one, carried(one.answers, schemas[one.version_id], comparison.new))
        if not wrong:
            continue
        failing += 1
        by_question.update({question for question, _message in wrong})
        if one.url and len(shown) < MOST_SHOWN:
            shown.append(Failing(one, tuple(message for _question, message in wrong[:MOST_REASONS])))
    return Trial(accepted, len(found), failing, tuple(shown), tuple(by_question.most_common()))


class Checker:
    """Checks many reports against one schema; form fields are built and lists looked up once."""

    def __init__(self, schema: FormSchema) -> None:
        self.schema, self.sources = schema, Sources()

    def wrong(self, report: AcceptedReport, answers: Answers) -> list[tuple[str, str]]:
        """Question, and what is wrong there, as it would have been on the day of sending."""
        context = LogicContext(today=report.sent_on, unit=report.unit_id)
        return [
            (self.question(fault.path), f"{fault.place}：{fault.message}")
            for fault in check_answers(self.schema, answers, self.sources, context)
        ]

    def question(self, path: str) -> str:
        """The question that the path lies in."""
        one = self.schema.field(path.partition(".")[0])
        return title_of(one) if one is not None else self.schema.title


def columns_of(comparison: Comparison) -> Columns:
    """What changes in exports of the form."""
    added, gone, renamed = [], [], []
    for _path, line, table in comparison.everywhere():
        if not type_of(line.now).takes_answer or line.now.columns:
            continue
        if line.new is None:
            gone.append(heading(line.old, table))
        elif line.old is None:
            added.append(heading(line.new, table))
        elif any(line.of(Aspect.LABEL)):
            renamed.append((heading(line.old, table), heading(line.new, table)))
    for line in comparison.questions:
        if line.new is None or line.old is None:
            target = gone if line.new is None else added
            asked = [column for column in line.now.columns if type_of(column).takes_answer]
            target.extend(f"{title_of(line.now)} · {title_of(column)}" for column in asked)
    return Columns(tuple(added), tuple(gone), tuple(renamed))


def heading(one: FieldSchema, table: Line | None) -> str:
    """A question's heading in exports; of a table's column behind the table's."""
    return f"{title_of(table.now)} · {title_of(one)}" if table else title_of(one)


def twins(page: "FormPage", schema: FormSchema, *, now: datetime.datetime) -> list[Twin]:
    """Questions that other live forms ask the same units now; two queries."""
    asked = demands().units_asked(now=now)
    others = [
        OtherForm(version.form_id, version.form_schema.title, version.form_schema, asked[version.form_id])
        for version in latest_versions([form_id for form_id in asked if form_id != page.pk])
    ]
    return twins_of(schema, others, units=asked.get(page.pk, frozenset()))


def latest_versions(form_ids: Sequence[int]) -> "Sequence[FormVersion]":
    """The current version of each live form of these."""
    from forms.builder.models import FormVersion

    newer = FormVersion.objects.filter(form=OuterRef("form"), number__gt=OuterRef("number"))
    return list(FormVersion.objects.filter(~Exists(newer), form__in=form_ids, form__live=True).order_by("form_id"))


__all__ = ["Impact", "Trial", "impact_of", "size_of"]
