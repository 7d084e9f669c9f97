"""Writes: what was set aside is tried once more."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from portal.audit.enums import AuditAction
from portal.audit.services import Target, record
from search.draining import thing_of
from search.engines.registry import engine_names
from search.models import OutboxEntry

if TYPE_CHECKING:
    from portal.accounts.models import User


@transaction.atomic
def try_again(*, user: "User", object_id: str = "") -> int:
    """Have the worker take up what was set aside, one thing or all of them, as if it had never failed.

    Gives how many things: none where they have been indexed, or somebody has done the same, meanwhile. The worker never
    holds an entry that is set aside, so neither can undo what the other does.
    """
    aside = OutboxEntry.objects.filter(destination__in=engine_names(), set_aside=True)
    if object_id:
        name, pk = thing_of(object_id)
        aside = aside.filter(source=name, object_pk=pk)
    entries = list(aside.values_list("pk", "source", "object_pk"))
    things = {f"{name}:{pk}" for _entry, name, pk in entries}
    aside.filter(pk__in=[entry for entry, _name, _pk in entries]).update(
        set_aside=False, attempts=0, next_attempt_at=timezone.now()
    )
    if things:
        target = Target(OutboxEntry._meta.label_lower, object_id, object_id or "*")
        record(action=AuditAction.CHANGE, user=user, target=target, details={"tried_again": len(things)})
    return len(things)
