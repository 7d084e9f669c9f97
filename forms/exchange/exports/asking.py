"""What the database is asked about the rows of an export, and in which shape it answers.

Microseconds a row decide how long an export takes: instants come as numbers, answers as text.
"""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BigIntegerField, BooleanField, ExpressionWrapper, F, Func, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.db.models.sql.compiler import SQLCompiler

from forms.collection.querysets import ExpectedReportQuerySet

SPREAD = 3
"""How many numbers may lie in the range of a chunk for each that is wanted."""
KNOWN = (
    *("pk", "period_id", "unit_id", "waived_at", "waive_reason"),
    *("submission__state", "is_late"),
)
"""What is asked of every row, `RowReader` says what for."""
READ = ("said", "form_version_id", "nil_note", "number", "sent_by_id", "receipt_number", "sent")
"""What is asked of the version that is read; of a working copy there are the first three."""
ACCEPTED = ("said", *(f"submission__accepted_version__{name}" for name in READ[1:-1]), "sent")


class Seconds(Func):
    """Whole seconds since 1970 of an instant: a number is read ten times as fast as the instant itself."""

    output_field = BigIntegerField()
    template = "FLOOR(EXTRACT(EPOCH FROM %(expressions)s))::bigint"

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> tuple[str, Any]:
        """SQLite keeps instants as text."""
        template = "CAST(strftime('%%%%s', %(expressions)s) AS INTEGER)"
        return self.as_sql(compiler, connection, template=template, **context)


def said(answers: str) -> Cast:
    """Answers as the database's text, which is not taken apart before the row that it belongs to is made."""
    return Cast(answers, TextField())


def accepted(rows: ExpectedReportQuerySet) -> ExpectedReportQuerySet:
    """Annotate `said` and `sent`: what the accepted version answered, and when it was sent."""
    version = "submission__accepted_version__"
    return rows.annotate(sent=Seconds(f"{version}sent_at"), said=said(f"{version}answers"))


def whole(rows: ExpectedReportQuerySet) -> "QuerySet[Any, tuple[Any, ...]]":
    """All that is asked of accepted reports."""
    return with_lateness(accepted(rows)).values_list(*KNOWN, *ACCEPTED)


def with_lateness(rows: ExpectedReportQuerySet) -> ExpectedReportQuerySet:
    """Annotate `is_late`: whether the first sending came after it was due, null where nothing was sent.

    Said by the database: two instants a row would take longer to read than the answer.
    """
    late = Q(submission__first_sent_at__gt=F("late_after"))
    return rows.with_window().annotate(is_late=ExpressionWrapper(late, output_field=BooleanField(null=True)))


def among(numbers: list[int]) -> Q:
    """Rows of these numbers, and some more where they lie close together: a range is cheaper than a list."""
    return between(min(numbers), max(numbers)) if lie_close(numbers) else Q(pk__in=numbers)


def between(first: int, last: int) -> Q:
    """Rows whose numbers lie in a range."""
    return Q(pk__gte=first, pk__lte=last)


def lie_close(numbers: list[int]) -> bool:
    """Whether few others lie between them."""
    return max(numbers) - min(numbers) < SPREAD * len(numbers)
