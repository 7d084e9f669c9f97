"""What publishing a draft would do: to reports, to requirements, to exports, to the time of those who fill it in.

Reads only, in a number of queries that does not grow with the number of reports.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from forms.builder.fields import type_of
from forms.builder.schema import FormSchema
from forms.builder.versions.burden import Burden, OtherForm, Twin, burden_of, twins_of
from forms.builder.versions.columns import Columns, columns_of, heading
from forms.builder.versions.comparing import Aspect, Comparison, Mark, compare
from forms.builder.versions.obstacles import obstacles_of
from forms.builder.versions.providers import Demand, InProgress, demands, reports
from forms.builder.versions.rechecking import Recheck, recheck
from forms.builder.versions.widening import TypeChange, type_changes
from forms.builder.versions.wording import title_of

if TYPE_CHECKING:
    from forms.builder.models import FormPage, FormVersion
    from portal.accounts.models import User

ASSUMED_UNITS = 20
"""Units that a form is thought to be asked of before any requirement uses it."""


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
    recheck: Recheck | None = None
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
        recheck=recheck(page, comparison, versions, user=user),
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


__all__ = ["Impact", "impact_of"]
