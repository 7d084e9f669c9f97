"""Judged questions as they are asked."""

from search.evaluation.judged import JudgedQuestion
from search.judging.models import Judgement, JudgementList


def questions_of(judgements: JudgementList) -> list[JudgedQuestion]:
    """The questions of a list that are switched on and have something to be found."""
    rows = Judgement.objects.active().filter(belongs_to=judgements).order_by("pk")
    return [JudgedQuestion(row.question, row.relevant, row.why) for row in rows if row.relevant]


def questions_called(name: str) -> list[JudgedQuestion] | None:
    """The questions of the list of that name; None where there is none."""
    found = JudgementList.objects.filter(name=name).first()
    return questions_of(found) if found else None


def names_of_lists() -> list[str]:
    """What the lists are called."""
    return list(JudgementList.objects.values_list("name", flat=True))
