"""Until when reports that came back are due, as expressions for the database."""

import datetime

from django.db.models import Case, DateTimeField, OuterRef, Q, Subquery, When

from forms.collection.enums import OWED
from forms.submissions.review.models import Return

CAME_BACK = Q(submission__state__in=OWED, submission__first_sent_at__isnull=False)
"""Of expected reports: those that lie with their unit once more."""


def newest_due(before: datetime.datetime | None = None) -> Subquery:
    """The instant by which a report was last said to be due again, null where it never came back from review.

    For expected reports and for reports alike; `before`: as it was known at that instant.
    """
    returns = Return.objects.filter(submission=OuterRef("pk")).order_by("-at", "-pk")
    return Subquery((returns.filter(at__lte=before) if before else returns).values("due_at")[:1])


def due_again() -> Case:
    """Of expected reports: the same for those that lie with their unit once more, null for others.

    Nothing is looked up for those others, which are nearly all.
    """
    return Case(When(CAME_BACK, then=newest_due()), default=None, output_field=DateTimeField())
