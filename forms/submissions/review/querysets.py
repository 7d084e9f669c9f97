"""Reads of what reviewers and units say to one another about a report."""

from typing import TYPE_CHECKING, Self

from django.db import models

from forms.submissions.kept import KeptQuerySet
from forms.submissions.visibility import sees_drafts, sees_sent
from portal.units.access import access_for

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from forms.submissions.review.models import Examination
    from portal.accounts.models import User


class ReturnQuerySet(KeptQuerySet):
    """Returns."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Those of reports of which the person sees every sent version."""
        access, way = access_for(user), "submission__"
        return self.filter(sees_drafts(access, way) | sees_sent(access, way))

    def newest_first(self) -> Self:
        """The return that holds now comes first."""
        return self.order_by("-at", "-pk")


class MarkQuerySet(KeptQuerySet):
    """Marks of returns."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Those of visible returns."""
        access, way = access_for(user), "returned__submission__"
        return self.filter(sees_drafts(access, way) | sees_sent(access, way))


class CommentQuerySet(KeptQuerySet):
    """What the two sides say to one another.

    | who                                              | reads | writes |
    |--------------------------------------------------|-------|--------|
    | reporters and reviewers of the reporting unit    | yes   | yes    |
    | other insiders of the reporting unit             | yes   | no     |
    | coordinators of the collecting unit              | yes   | yes    |
    | leaders, auditors, administrators                | yes   | no     |
    | staff of the collecting unit, everybody else     | no    | no     |
    """

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Those about reports of which the person sees every sent version."""
        access, way = access_for(user), "submission__"
        return self.filter(sees_drafts(access, way) | sees_sent(access, way))


class ExaminationQuerySet(models.QuerySet["Examination"]):
    """Flags. They are the reviewers' tool: the unit itself does not see what it is held against."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """For coordinators of the collecting unit and those who oversee every report."""
        return self.filter(sees_sent(access_for(user), "version__submission__"))
