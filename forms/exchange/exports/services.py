"""Writes of exports that people ask for: asking, cancelling, asking again, deleting, taking the file."""

import datetime
import uuid
from functools import partial
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from forms.collection.models import Requirement
from forms.exchange.exports.enums import UNFINISHED, ExportFormat, ExportState, Values
from forms.exchange.exports.files import remove
from forms.exchange.exports.models import Export
from forms.exchange.exports.notices import seen
from forms.exchange.exports.rules import Reach, Selection
from forms.exchange.exports.selecting import contents_open_to, reach_of
from portal.audit.enums import AuditAction
from portal.audit.services import Target, record

if TYPE_CHECKING:
    from portal.accounts.models import User

MOST_AT_ONCE = 5
"""Unfinished exports of one person."""
GRACE = datetime.timedelta(minutes=2)
"""How long an export waits for its task before another one is queued for it."""


class ExportRefusedError(Exception):
    """Something that may not be done; the message says why, in the reader's language. Nothing was changed."""


@transaction.atomic
def ask(
    *,
    user: "User",
    requirement: Requirement,
    chosen: Selection,
    kind: ExportFormat,
    values: Values,
    sensitive: bool = False,
    key: uuid.UUID | None = None,
    now: datetime.datetime | None = None,
) -> Export:
    """Ask a worker for a file. The same `key` a second time gives the export that was asked for first.

    ExportRefusedError: not this person's reports, or too many exports under way.
    """
    from forms.exchange.exports.tasks import write

    now, key = now or timezone.now(), key or uuid.uuid4()
    own = Export.objects.visible_to(user)
    if (known := Export.objects.filter(pk=key).first()) is not None:
        if known.owner_id != user.pk:
            raise ExportRefusedError(_("This page was used by somebody else. Open it again, please."))
        return known
    if chosen.content not in contents_open_to(reach_of(user, requirement)):
        raise ExportRefusedError(_("You may not read these reports."))
    if own.unfinished().count() >= MOST_AT_ONCE:
        many = _("You have %(n)d exports under way; wait for one or cancel it.")
        raise ExportRefusedError(many % {"n": MOST_AT_ONCE})
    given = {
        "requirement": requirement,
        "selection": chosen.to_json(),
        "format": kind,
        "values": values,
        "sensitive": sensitive,
        "language": get_language() or settings.LANGUAGE_CODE,
        "asked_at": now,
        "not_before": now + GRACE,
    }
    export, created = Export.objects.get_or_create(pk=key, owner=user, defaults=given)
    if not created:
        return export
    record(action=AuditAction.EXPORT, user=user, target=target_of(export), details=details_of(export))
    write.enqueue(str(export.pk))
    return export


@transaction.atomic
def cancel(*, user: "User", export: Export) -> Export:
    """Give an unfinished export up; its worker stops at the next rows. One that has ended stays as it is."""
    mine = Export.objects.visible_to(user).filter(pk=export.pk, state__in=UNFINISHED)
    mine.update(state=ExportState.CANCELLED, claim=None, finished_at=timezone.now())
    return Export.objects.get(pk=export.pk)


@transaction.atomic
def again(*, user: "User", export: Export) -> Export:
    """Ask for the same once more, with what there is now. ExportRefusedError as for `ask`."""
    if not Requirement.objects.visible_to(user).filter(pk=export.requirement_id).exists():
        raise ExportRefusedError(_("You may not read these reports."))
    return ask(
        user=user,
        requirement=export.requirement,
        chosen=export.chosen,
        kind=ExportFormat(export.format),
        values=Values(export.values),
        sensitive=export.sensitive,
    )


@transaction.atomic
def delete(*, user: "User", export: Export) -> None:
    """Remove an export and its file; that it was made stays in the log."""
    locked = Export.objects.visible_to(user).select_for_update().filter(pk=export.pk).first()
    if locked is None:
        return
    transaction.on_commit(partial(remove, locked.file))
    record(action=AuditAction.DELETE, user=user, target=target_of(locked))
    locked.delete()


@transaction.atomic
def take(*, user: "User", export: Export) -> str:
    """Note that the person takes the file; gives its name in the storage.

    ExportRefusedError where there is no file (any more), and where the person has lost the right by which it was made.
    """
    if not export.is_ready:
        raise ExportRefusedError(_("There is no file to download."))
    if not reach_of(user, export.requirement).covers(Reach.from_json(export.reach)):
        raise ExportRefusedError(
            _("Your roles have changed since: you may not read all that is in this file any more. Export it again.")
        )
    seen(export)
    record(action=AuditAction.DOWNLOAD, user=user, target=target_of(export), details={"rows": export.done})
    return export.file


def target_of(export: Export) -> Target:
    """What the log calls it."""
    return Target(Export._meta.label_lower, str(export.pk), f"{export.requirement.title}.{export.format}")


def details_of(export: Export) -> dict[str, object]:
    """What was asked for, for the log."""
    return {
        "requirement": export.requirement_id,
        "format": export.format,
        "values": export.values,
        "sensitive": export.sensitive,
        "filters": export.selection,
    }
