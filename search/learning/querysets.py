"""Reads of what was asked: counted by the question, in the database."""

from typing import TYPE_CHECKING, Any

from django.db.models import Avg, Count, FloatField, Max, Min, Q, QuerySet, Sum
from django.db.models.functions import Cast, NullIf, TruncDate

from search.learning.permissions import may_read_questions

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User

PLAIN = Q(is_filtered=False)
ASKED_AGAIN = 2
"""So often a question must have been asked before "nobody opened anything" says something."""
ASKERS = 2
"""So many people must have opened something before a question is anybody's, not one person's."""


class QuestionQuerySet(QuerySet[Any]):
    """Rows of the log."""

    def visible_to(self, user: "User | AnonymousUser") -> "QuestionQuerySet":
        """Every row for editors of the library and administrators; none for anybody else."""
        return self if may_read_questions(user) else self.none()

    def by_question(self) -> "QuestionQuerySet":
        """One row a question, most asked first.

        `times` counts askings without filters, `corrected` those that were answered in other words than were typed,
        `askers` the different people of each day (their names change daily),
        `results` is the mean number of results, `opened` the share of askings of which a result was opened (0 to 1),
        `position` the mean place of what was opened (None where nothing was).
        """
        return (
            self.values("key")
            .annotate(
                question=Min("text"),
                times=Count("pk", filter=PLAIN),
                corrected=Count("pk", filter=PLAIN & Q(is_corrected=True)),
                askers=Count("asker", filter=PLAIN, distinct=True),
                results=Avg("total", filter=PLAIN),
                opened=_number(Count("pk", filter=Q(clicks__gt=0))) / _number(Count("pk")),
                position=_number(Sum("positions")) / NullIf(_number(Sum("clicks")), 0.0),
                last_asked=Max("asked_at"),
            )
            .filter(times__gt=0)
            .order_by("-times", "-last_asked", "key")
        )

    def found_nothing(self) -> "QuestionQuerySet":
        """Of `by_question`: those that never had a result."""
        return self.filter(results=0)

    def opened_nothing(self) -> "QuestionQuerySet":
        """Of `by_question`: asked at least twice, with results, of which nobody opened any."""
        return self.filter(times__gte=ASKED_AGAIN, results__gt=0, opened=0)

    def shared(self) -> "QuestionQuerySet":
        """Keys of questions after which two people or more opened something on one and the same day.

        Over several days the names of askers do not tell one person from two.
        """
        days = self.filter(clicks__gt=0).annotate(day=TruncDate("asked_at")).values("key", "day")
        return days.annotate(askers=Count("asker", distinct=True)).filter(askers__gte=ASKERS).order_by().values("key")


def _number(expression: Any) -> Cast:
    return Cast(expression, FloatField())
