"""A table of judged questions into a list: all of it or nothing; and out of a list again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.audit.enums import AuditAction
from portal.audit.services import record
from portal.units.importing.results import RowError
from search.evaluation.naming import recognised, things_called
from search.judging.models import LONGEST_WHY, Judgement, JudgementList
from search.judging.rules import named_twice, read_sheet, unknown_things
from search.learning.rules import LONGEST

if TYPE_CHECKING:
    from portal.accounts.models import User


@dataclass
class Imported:
    """How many questions are new, changed, unchanged and taken out; or what is wrong, and nothing was written."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    faults: list[RowError] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """The numbers, for the log."""
        return {name: getattr(self, name) for name in ("created", "changed", "unchanged", "removed")}


def headings() -> dict[str, str]:
    """Column → what it is called in the reader's language."""
    return {
        "question": pgettext("search", "Question"),
        "relevant": pgettext("judgement", "Relevant"),
        "grade": pgettext("judgement", "Grade"),
        "why": pgettext("judgement", "Note"),
    }


@transaction.atomic
def import_judgements(
    *, user: "User", into: JudgementList, cells: Sequence[Sequence[str]], is_whole: bool = False
) -> Imported:
    """Put the questions of a table into a list; a question that is there is replaced as a whole.

    `is_whole`: questions that the table does not have are taken out. With any fault nothing is written.
    """
    named = headings()
    sheet = read_sheet(cells, named, longest=LONGEST, longest_why=LONGEST_WHY)
    known = recognised(sheet.written())
    column = named["relevant"]
    faults = sorted([*sheet.faults, *unknown_things(sheet, known, column), *named_twice(sheet, known, column)])
    if faults:
        return Imported(faults=faults)
    result = Imported()
    JudgementList.objects.select_for_update().get(pk=into.pk)
    there = {row.key: row for row in Judgement.objects.select_for_update().filter(belongs_to=into)}
    for key, entry in sheet.entries.items():
        grades = {known[text]: grade for text, (grade, _row) in entry.things.items()}
        row = there.get(key) or Judgement(belongs_to=into, key=key)
        values = {"question": entry.question, "relevant": grades, "why": entry.why, "is_active": True}
        if row.pk and all(getattr(row, name) == value for name, value in values.items()):
            result.unchanged += 1
            continue
        for name, value in values.items():
            setattr(row, name, value)
        if row.pk:
            row.version += 1
            result.changed += 1
        else:
            result.created += 1
        row.changed_at, row.changed_by = timezone.now(), user
        row.save()
    if is_whole:
        others = Judgement.objects.filter(belongs_to=into).exclude(key__in=list(sheet.entries))
        result.removed = others.count()
        others.delete()
    record(action=AuditAction.IMPORT, user=user, target=into, summary="judgements", details=result.counts())
    return result


def table_of(exported: JudgementList) -> tuple[list[str], Iterator[list[Any]]]:
    """Headings and rows of a list, one thing a row, as `import_judgements` takes them; the title is for the reader."""
    named = headings()
    rows = list(exported.judgements.all())
    things = things_called(name for row in rows for name in row.relevant)
    gone = _("not here any more")

    def lines() -> Iterator[list[Any]]:
        for row in rows:
            for name, grade in row.relevant.items():
                title = things[name].title if name in things else gone
                yield [row.question, name, grade, row.why, title]

    return [*named.values(), _("Title")], lines()
