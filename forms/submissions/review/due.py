"""Until when reports that came back are due, as an expression for the database."""

from django.db.models import OuterRef, Subquery

from forms.submissions.review.models import Return


def due_again(report: str = "pk") -> Subquery:
    """The instant by which a report is to be sent again, null where it never came back from review.

    `report` is the path of lookups from the asking model to the number of the report.
    """
    returns = Return.objects.filter(submission=OuterRef(report)).order_by("-at", "-pk")
    return Subquery(returns.values("due_at")[:1])
