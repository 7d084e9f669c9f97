"""Reads of reports, their versions and files."""

from typing import TYPE_CHECKING, Any, NoReturn, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from forms.submissions.kept import KeptError, KeptQuerySet
from forms.submissions.visibility import sees, sees_accepted, sees_drafts, sees_sent
from portal.units.access import access_for

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from forms.submissions.models import Submission, SubmissionFile
    from portal.accounts.models import User


LISTED = (
    *("state", "sent_at", "first_sent_at", "expected__due_override", "expected__open_until", "expected__period__name"),
    *(f"expected__period__{name}" for name in ("opens_at", "due_at", "closes_at", "late_after")),
    *("expected__period__requirement__title", "expected__period__requirement__owner_id", "expected__unit__path"),
    *(f"expected__unit__{name}" for name in ("name", "short_name", "code")),
)


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """Reports."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Reports of which a person may see at least one version (see `visibility`)."""
        return self.filter(sees(access_for(user)))

    def with_names(self) -> Self:
        """Fetch in the same query what a row shows."""
        return self.select_related(
            "expected__unit",
            "expected__period__requirement__owner",
            "expected__period__requirement__form",
            "updated_by",
        )

    def for_lists(self) -> Self:
        """Fetch what a row of a list shows, and nothing of what was answered."""
        return self.select_related("expected__unit", "expected__period__requirement").only(*LISTED)


class SubmissionVersionQuerySet(KeptQuerySet):
    """Sent versions."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Every sent version for the unit and the reviewers, the accepted one for those who see nothing else."""
        access, way = access_for(user), "submission__"
        accepted = Q(pk=F("submission__accepted_version_id")) & sees_accepted(access, way)
        return self.filter(sees_drafts(access, way) | sees_sent(access, way) | accepted)


class SubmissionEventQuerySet(KeptQuerySet):
    """What happened to reports."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """All for the unit; for others what concerns the versions they see, not the unit's own saving of drafts."""
        from forms.submissions.models import SubmissionVersion

        versions = SubmissionVersion.objects.visible_to(user).filter(pk=OuterRef("version_id"))
        return self.filter(sees_drafts(access_for(user), "submission__") | Q(Exists(versions)))


class SubmissionFileQuerySet(models.QuerySet["SubmissionFile"]):
    """Files of reports."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Files of the versions a person sees; to the unit itself also those not sent yet."""
        from forms.submissions.models import SubmissionVersion

        versions = SubmissionVersion.objects.visible_to(user).filter(files=OuterRef("pk"))
        return self.filter(sees_drafts(access_for(user), "submission__") | Q(Exists(versions)))

    def unsent(self) -> Self:
        """Files that belong to no sent version."""
        return self.filter(versions__isnull=True)

    def delete(self) -> NoReturn:
        """Refuse: files are removed one by one, where they were never sent."""
        raise KeptError

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse: a file is what it was when it came."""
        raise KeptError
