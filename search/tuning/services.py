"""Putting the draft live."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from portal.audit.enums import AuditAction
from portal.audit.services import record
from search.tuning.models import LiveTuning
from search.tuning.reading import ONLY, draft
from search.tuning.rules import digest

if TYPE_CHECKING:
    from portal.accounts.models import User


class DraftMovedError(Exception):
    """The draft is another one than was looked at."""


@transaction.atomic
def put_live(*, user: "User", seen: str) -> LiveTuning:
    """Let searches go by the draft from now on. `seen` is the digest of the draft that was looked at.

    Raises DraftMovedError where somebody changed the draft, or what is live, meanwhile.
    """
    LiveTuning.objects.get_or_create(pk=ONLY)
    row = LiveTuning.objects.select_for_update().get(pk=ONLY)
    content = draft()
    if digest(row.content, content) != seen:
        raise DraftMovedError
    row.content = content
    row.number += 1
    row.put_live_at = timezone.now()
    row.put_live_by = user
    row.save()
    details = {name: len(values) for name, values in content.items()}
    record(action=AuditAction.PUBLISH, user=user, target=row, summary=str(row.number), details=details)
    return row
