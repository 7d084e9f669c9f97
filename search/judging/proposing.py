"""What might answer a question, out of the log of searches."""

from typing import TYPE_CHECKING

from django.db.models import Count

from search.evaluation.naming import names_of
from search.judging.rules import TOP
from search.learning.models import AskedQuestion, Click
from search.learning.rules import key_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User

MOST_PROPOSED = 5


def opened_after(question: str, user: "User | AnonymousUser") -> dict[str, int]:
    """Name → grade of what was opened most after this question; nothing for who may not read the log."""
    asked = AskedQuestion.objects.visible_to(user).filter(key=key_of(question))
    opened = Click.objects.filter(question__in=asked).values("object_id").annotate(times=Count("pk"))
    objects = [row["object_id"] for row in opened.order_by("-times", "object_id")[:MOST_PROPOSED]]
    names = names_of(objects)
    return {names[one]: TOP for one in objects if one in names}
