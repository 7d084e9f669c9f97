"""Accepted reports."""

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone

from forms.builder.rendering import searchable_rows, searchable_text
from forms.collection.enums import ReportState
from forms.submissions.models import Submission, SubmissionVersion
from forms.submissions.visibility import audience
from portal.units.models import Unit
from search.documents import SearchDocument, object_id
from search.kinds import REPORT
from search.parts import MAX_ROWS, ROW, Part, with_parts
from search.sources.base import Thing

if TYPE_CHECKING:
    from portal.accounts.models import User


def unit_names(unit: Unit) -> tuple[str, ...]:
    """Everything a unit is called."""
    return (unit.name, unit.short_name, *(alias.name for alias in unit.aliases.all()))


def particulars(report: Submission) -> dict[str, Any]:
    """What a report and its files have in common: unit, period, form, programme, date."""
    expected = report.expected
    requirement = expected.period.requirement
    unit = str(expected.unit)
    programme = requirement.programme.title if requirement.programme else ""
    task = requirement.task
    action = str(task.action) if task and task.action else ""
    return {
        "audience": audience(report),
        "date": timezone.localdate(report.sent_at) if report.sent_at else None,
        "extra": (*unit_names(expected.unit), expected.period.name, requirement.form.title, programme),
        "facets": {
            "unit": (unit,),
            "form": (requirement.form.title,),
            "programme": (programme,),
            "action": (action,),
            "period": (expected.period.name,),
        },
        "shown": {"unit": unit, "period": expected.period.name},
    }


def row_parts(title: str, version: SubmissionVersion) -> Iterator[Part]:
    """One part a row, named as the row's place on the page of the report; `title` is the report's."""
    for row in searchable_rows(version.form_version.form_schema, version.answers):
        yield Part(f"{ROW}{row.path}", f"{row.number} · {row.table}", row.text, f"{title} {row.table}")


class ReportSource:
    """Reports that were accepted, as they were accepted."""

    name, model = REPORT, Submission

    def all_pks(self) -> Iterable[Any]:
        """Accepted reports."""
        accepted = Submission.objects.filter(state=ReportState.ACCEPTED)
        return accepted.order_by("pk").values_list("pk", flat=True).iterator()

    def documents(self, pks: Collection[str]) -> Iterator[SearchDocument]:
        """A report by the accepted version's answers in words, and each row of its tables; sensitive ones aside."""
        accepted = Submission.objects.filter(
            pk__in=list(map(int, pks)), state=ReportState.ACCEPTED, accepted_version__isnull=False
        ).select_related(
            "expected__unit",
            "expected__period__requirement__form",
            "expected__period__requirement__programme",
            "expected__period__requirement__task__action",
            "accepted_version__form_version",
        )
        for report in accepted.prefetch_related("expected__unit__aliases"):
            version = report.accepted_version
            if version is None:
                continue
            title = f"{report.expected.period.requirement.title} · {report.expected.unit}"
            whole = SearchDocument(
                object_id=object_id(self.name, report.pk),
                kind=REPORT,
                title=title,
                url=reverse("submissions:detail", args=[report.pk]),
                body=version.nil_note or searchable_text(version.form_version.form_schema, version.answers),
                **particulars(report),
            )
            yield from with_parts(whole, [] if version.nil_note else row_parts(title, version), MAX_ROWS)

    def prepare(self, pks: Collection[str]) -> Iterable[Thing]:
        """Nothing follows: files are noted with their report."""
        return ()

    def visible(self, user: "User", pks: Collection[str]) -> Iterable[Any]:
        """Accepted reports that the person may see."""
        reports = Submission.objects.visible_to(user).filter(pk__in=list(map(int, pks)), state=ReportState.ACCEPTED)
        return reports.values_list("pk", flat=True)
