"""Accepted answers out of the database: only those to the questions that are counted, one report at a time.

SQLite and PostgreSQL have different operators for that. Both are asked for one JSON list with the answers to the keys,
so that a text "1" stays a text on both.
"""

import datetime
import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Case, F, Func, OuterRef, Q, QuerySet, Subquery, TextField, When

from forms.collection.enums import ReportState
from forms.collection.models import ExpectedReport
from forms.reporting.matrix.services import Choice
from forms.reporting.past import AFTER
from forms.submissions.enums import Step
from forms.submissions.models import SubmissionEvent, SubmissionVersion

if TYPE_CHECKING:
    from portal.accounts.models import User

AT_ONCE = 2000
"""Rows that are held at a time, however many there are."""


class AnswersTo(Func):
    """The answers to some keys as a JSON list, null for what was not answered. Keys are of `schema.KEY`'s letters."""

    output_field = TextField()

    def __init__(self, expression: Any, keys: Sequence[str], **extra: Any) -> None:
        super().__init__(expression, **extra)
        self.keys = tuple(keys)

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """json_extract with several paths gives a list; one path alone would lose what is text and what number."""
        paths = ", ".join("%s" for _ in range(len(self.keys) + 1))
        given = [f'$."{key}"' for key in (*self.keys, self.keys[0])]
        inner, params = compiler.compile(self.source_expressions[0])
        return f"JSON_EXTRACT({inner}, {paths})", (*params, *given)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """A key is a text even where it is made of digits, which else would be a place in a list."""
        inner, params = compiler.compile(self.source_expressions[0])
        parts = ", ".join(f"{inner} -> %s::text" for _ in self.keys)
        given = [part for key in self.keys for part in (*params, key)]
        return f"JSONB_BUILD_ARRAY({parts})::text", tuple(given)

    def __eq__(self, other: object) -> bool:
        return super().__eq__(other) and isinstance(other, AnswersTo) and self.keys == other.keys

    def __hash__(self) -> int:
        return hash((super().__hash__(), self.keys))


class Accepted(NamedTuple):
    """What is counted of one accepted report."""

    version_id: int
    report_id: int
    unit_id: int
    period_id: int
    requirement_id: int
    form_id: int
    due_at: datetime.datetime
    form_version_id: int
    is_nil: bool
    answers: dict[str, Any]


def accepted_versions(
    *, user: "User", choice: Choice, as_of: datetime.datetime | None
) -> QuerySet[SubmissionVersion, Any]:
    """The versions that are, or at the instant were, the accepted ones; of those that the person may read."""
    expected = choice.of(ExpectedReport.objects.all()).order_by().values("pk")
    versions = SubmissionVersion.objects.visible_to(user).filter(submission__in=expected).order_by()
    if as_of is None:
        return versions.filter(pk=F("submission__accepted_version_id"), submission__state=ReportState.ACCEPTED)
    events = SubmissionEvent.objects.filter(submission=OuterRef("submission"), at__lte=as_of, step__in=AFTER)
    last = events.order_by("-at", "-pk").annotate(accepted=Case(When(step=Step.ACCEPT, then=F("version_id"))))
    return versions.alias(accepted_then=Subquery(last.values("accepted")[:1])).filter(accepted_then=F("pk"))


def accepted_answers(
    *, user: "User", choice: Choice, as_of: datetime.datetime | None, over: Q, keys: Sequence[str]
) -> Iterator[Accepted]:
    """Accepted reports of requirements that meet a condition, with their answers to some keys; one query."""
    way = "submission__expected__"
    rows = (
        accepted_versions(user=user, choice=choice, as_of=as_of)
        .filter(over)
        .annotate(given=AnswersTo(F("answers"), keys))
        .values_list(
            "pk",
            "submission_id",
            f"{way}unit_id",
            f"{way}period_id",
            f"{way}period__requirement_id",
            f"{way}period__requirement__form_id",
            f"{way}period__due_at",
            "form_version_id",
            "nil_note",
            "given",
        )
    )
    for pk, report, unit, period, requirement, form, due_at, version, nil_note, given in rows.iterator(AT_ONCE):
        answers = {} if nil_note else dict(zip(keys, json.loads(given), strict=False))
        yield Accepted(pk, report, unit, period, requirement, form, due_at, version, bool(nil_note), answers)
