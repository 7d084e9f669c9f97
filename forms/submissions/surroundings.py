"""What a report's form knows beside its answers: who reports, for which period, what was accepted last time."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from forms.builder.answers import Answers
from forms.builder.fields import Sources, type_of
from forms.builder.fields.file import FileType
from forms.builder.logic.outcome import LogicContext
from forms.builder.restricting import Restriction
from forms.builder.schema import FieldSchema, FormSchema
from forms.builder.versions.reuse import reused_answers
from forms.builder.versions.widening import carried
from forms.collection.models import ExpectedReport
from forms.submissions.files import reference
from forms.submissions.models import Submission
from forms.submissions.review.returning import restriction_of

if TYPE_CHECKING:
    from portal.accounts.models import User

FILE_URL = "submissions:file"


@dataclass
class Surroundings:
    """Everything around one report on one form; the database is asked for no more than the form needs."""

    user: "User"
    expected: ExpectedReport
    schema: FormSchema
    now: datetime.datetime
    report: Submission | None = None
    sending: bool = False

    @property
    def known(self) -> dict[str, Any]:
        """What the form's fields take from outside (forms.builder.fields.Sources)."""
        requirement = self.expected.period.requirement
        return {
            "unit_id": self.expected.unit_id,
            "programme_id": requirement.programme_id,
            "system": self.system,
            "file_url_name": FILE_URL,
        }

    @property
    def system(self) -> dict[str, str]:
        """What the server answers itself; the day of sending is known when it has come."""
        names = {"unit": self.expected.unit.name, "period": self.expected.period.name, "reporter": str(self.user)}
        return {**names, "sent_on": timezone.localdate(self.now).isoformat()} if self.sending else names

    @cached_property
    def files(self) -> dict[str, dict[str, Any]]:
        """The files that belong to the report, by number: only those can be kept by a POST."""
        if self.report is None or not takes_files(self.schema):
            return {}
        return {str(kept.pk): reference(kept) for kept in self.report.files.all()}

    @cached_property
    def restriction(self) -> Restriction:
        """What of the report may be written now."""
        return restriction_of(self.report) if self.report else Restriction()

    @cached_property
    def context(self) -> LogicContext:
        """What conditions and calculations know beside the answers."""
        return LogicContext(today=timezone.localdate(self.now), last=self.last, unit=self.expected.unit_id)

    @cached_property
    def last(self) -> Answers:
        """The answers last accepted from the unit for the same requirement; asked for only where the form uses them."""
        return last_accepted(self.expected, self.schema) if uses_last(self.schema) else {}

    @cached_property
    def reused(self) -> Answers:
        """What the unit answered in other forms, where questions take it over from there."""
        return reused_answers(self.schema, unit_id=self.expected.unit_id)

    def sources(self, answers: Answers) -> Sources:
        """The fields' sources for checking stored answers."""
        return Sources(answers=answers, **self.known)


def takes_files(fields: Iterable[FieldSchema]) -> bool:
    """Whether a question, or a column of a table, takes files."""
    return any(isinstance(type_of(one), FileType) for field in fields for one in (field, *field.columns))


def last_accepted(expected: ExpectedReport, schema: FormSchema) -> Answers:
    """The answers of the unit's last accepted report to the same requirement, of an earlier period.

    As answers to `schema`: the form may have had another version then.
    """
    period = expected.period
    found = (
        Submission.objects.filter(
            expected__unit_id=expected.unit_id,
            expected__period__requirement_id=period.requirement_id,
            expected__period__due_at__lt=period.due_at,
            accepted_version__isnull=False,
            accepted_version__nil_note="",
        )
        .order_by("-expected__period__due_at")
        .values_list("accepted_version__answers", "accepted_version__form_version__schema")
        .first()
    )
    return carried(found[0], FormSchema.from_json(found[1]), schema) if found else {}


def uses_last(schema: FormSchema) -> bool:
    """Whether a question is prefilled from the last report, or an expression reads it."""
    fields = [one for field in schema for one in (field, *field.columns)]
    if any(one.options.get("prefill", {}).get("from") == "last" for one in fields):
        return True
    return any(reads_last(logic) for logic in (*(one.logic for one in fields), *(rule.check for rule in schema.rules)))


def reads_last(expression: Any) -> bool:
    """Whether JsonLogic names an answer of the last report."""
    if isinstance(expression, dict):
        name = expression.get("var")
        path = name[0] if isinstance(name, list) and name else name
        return (isinstance(path, str) and path.startswith("last.")) or any(map(reads_last, expression.values()))
    return isinstance(expression, list) and any(map(reads_last, expression))
