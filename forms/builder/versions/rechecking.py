"""Accepted reports judged by a version that is not published yet: which would not pass, and why."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from forms.builder.answers import Answers, is_table
from forms.builder.checking import check_answers
from forms.builder.fields import Sources
from forms.builder.logic.outcome import LogicContext
from forms.builder.schema import FormSchema
from forms.builder.versions.comparing import Comparison
from forms.builder.versions.providers import AcceptedReport, reports
from forms.builder.versions.widening import carried
from forms.builder.versions.wording import title_of

if TYPE_CHECKING:
    from forms.builder.models import FormPage, FormVersion
    from portal.accounts.models import User

MOST_CHECKED = 500
"""Accepted reports that are checked against the new rules."""

MOST_CELLS = 100_000
"""Answers, cells of tables counted one by one, after which no further report is checked: some seconds' work."""

MOST_SHOWN = 20
"""Reports that are named."""

MOST_REASONS = 5
"""Reasons that are given for one report."""


@dataclass(frozen=True)
class Failing:
    """An accepted report that the new version would not take as it is."""

    report: AcceptedReport
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Recheck:
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


def recheck(
    page: "FormPage", comparison: Comparison, versions: "Mapping[int, FormVersion]", *, user: "User"
) -> Recheck:
    """Accepted reports checked against the new version; none where only words changed."""
    accepted = reports().accepted_count(page)
    if not accepted or comparison.only_texts:
        return Recheck(accepted, accepted, 0, (), ())
    schemas = {pk: version.form_schema for pk, version in versions.items()}
    found = reports().accepted(page, user=user, most=MOST_CHECKED)
    checker = Checker(comparison.new)
    shown: list[Failing] = []
    by_question: Counter[str] = Counter()
    checked = failing = cells = 0
    for one in found:
        if cells > MOST_CELLS:
            break
        checked, cells = checked + 1, cells + size_of_answers(one.answers)
        wrong = checker.wrong(one, carried(one.answers, schemas[one.version_id], comparison.new))
        if not wrong:
            continue
        failing += 1
        by_question.update({question for question, _message in wrong})
        if one.url and len(shown) < MOST_SHOWN:
            shown.append(Failing(one, tuple(message for _question, message in wrong[:MOST_REASONS])))
    return Recheck(accepted, checked, failing, tuple(shown), tuple(by_question.most_common()))


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


def size_of_answers(answers: Answers) -> int:
    """Answers, cells of tables counted one by one."""
    return sum(sum(map(len, one)) if one and is_table(one) else 1 for one in answers.values())
