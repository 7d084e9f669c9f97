"""Writes of web hooks: making, changing, what they say, replaying."""

import datetime
import uuid
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from forms.collection.enums import ReportState
from forms.collection.models import ExpectedReport
from forms.exchange.api.reports import Answers
from forms.exchange.hooks.enums import HookEvent, MessageState
from forms.exchange.hooks.models import Hook, HookMessage, new_nonce
from forms.exchange.hooks.querysets import that_hear_of
from forms.submissions.models import Submission, SubmissionVersion
from portal.audit.enums import AuditAction
from portal.audit.services import record
from portal.units.access import access_for
from portal.units.enums import Role

if TYPE_CHECKING:
    from portal.accounts.models import User

GRACE = datetime.timedelta(minutes=5)
"""How long a message waits for its task before another one is queued for it."""


COUNTING = frozenset({HookEvent.ACCEPTED, HookEvent.RESTORED})
"""Events after which a report counts that did not before: where the answers go along, if they are accepted."""


class HookRefusedError(Exception):
    """Something that may not be done; the message says why, in the reader's language. Nothing was changed."""


def tell(*, event: HookEvent, expected: ExpectedReport, submission: Submission | None) -> int:
    """Write what the web hooks that hear of this have to say; call it in the transaction of the step. How many."""
    requirement = expected.period.requirement
    hooks = [hook for hook in that_hear_of(requirement) if event.value in hook.events]
    if not hooks:
        return 0
    now = timezone.now()
    version = submission.versions.select_related("form_version").first() if submission else None
    plain = payload(event, expected, submission, version, now)
    messages = []
    for hook in hooks:
        number, said = uuid.uuid4(), dict(plain)
        if hook.with_answers and event in COUNTING and version is not None and plain["report"]["accepted"]:
            said["answers"] = Answers(sensitive=False).of(version)
        messages.append(
            HookMessage(
                pk=number,
                hook=hook,
                event=event,
                payload={"id": str(number), **said},
                not_before=now + GRACE,
                created_at=now,
            )
        )
    for message in HookMessage.objects.bulk_create(messages):
        queue(message)
    return len(messages)


def payload(
    event: HookEvent,
    expected: ExpectedReport,
    submission: Submission | None,
    version: SubmissionVersion | None,
    now: datetime.datetime,
) -> dict[str, Any]:
    """Numbers and states; what the report says is read through the API by whoever may."""
    base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    state = submission.state if submission and event != HookEvent.BINNED else None  # what is in the bin has none
    report = {
        "id": expected.pk,
        "requirement_id": expected.period.requirement_id,
        "period_id": expected.period_id,
        "unit_id": expected.unit_id,
        "state": str(state) if state else None,
        "accepted": state == ReportState.ACCEPTED,
        "version": version.number if version else None,
        "receipt": version.receipt if version else None,
        "url": base + reverse("submissions:detail", args=[expected.pk]),
    }
    return {"event": event.value, "at": timezone.localtime(now).isoformat(), "report": report}


@transaction.atomic
def save_hook(*, user: "User", hook: Hook, now: datetime.datetime | None = None) -> Hook:
    """Store a new or changed web hook. HookRefusedError for whoever does not look after the unit's requirements."""
    access = access_for(user)
    if not (access.has(Role.ADMINISTRATOR) or hook.unit_id in access.unit_ids(Role.COORDINATOR)):
        raise HookRefusedError(_("Only coordinators of the collecting unit and administrators set web hooks up."))
    created = hook.pk is None
    if created:
        hook.created_by, hook.created_at = user, now or timezone.now()
    hook.save()
    action, summary = (AuditAction.CREATE, "hook.created") if created else (AuditAction.CHANGE, "hook.changed")
    details = {"address": hook.address, "events": hook.events, "answers": hook.with_answers, "active": hook.is_active}
    record(action=action, user=user, target=hook, summary=summary, details=details)
    return hook


@transaction.atomic
def renew_secret(*, user: "User", hook: Hook) -> Hook:
    """Make a new secret; signatures with the old one end at once."""
    hook.nonce = new_nonce()
    hook.save(update_fields=["nonce"])
    record(action=AuditAction.CHANGE, user=user, target=hook, summary="hook.secret_renewed")
    return hook


@transaction.atomic
def delete_hook(*, user: "User", hook: Hook) -> None:
    """Remove a web hook with its messages; that it was there stays in the log."""
    record(action=AuditAction.DELETE, user=user, target=hook, summary="hook.deleted")
    hook.delete()


@transaction.atomic
def replay(*, user: "User", hook: Hook, number: uuid.UUID | None = None, since: datetime.date | None = None) -> int:
    """Send one message once more, sent or not; without a number all that failed (since a day). Gives how many."""
    rows = HookMessage.objects.filter(hook=hook)
    if number is not None:
        rows = rows.filter(pk=number, state__in=(MessageState.SENT, MessageState.FAILED))
    else:
        rows = rows.filter(state=MessageState.FAILED)
        if since is not None:
            first = timezone.make_aware(datetime.datetime.combine(since, datetime.time.min))
            rows = rows.filter(created_at__gte=first)
    messages = list(rows.select_for_update().order_by("created_at", "pk"))
    now = timezone.now()
    HookMessage.objects.filter(pk__in=[one.pk for one in messages]).update(
        state=MessageState.QUEUED, attempts=0, not_before=now + GRACE, error=""
    )
    for message in messages:
        queue(message)
    if messages:
        details = {"messages": len(messages)}
        record(action=AuditAction.CHANGE, user=user, target=hook, summary="hook.replayed", details=details)
    return len(messages)


def queue(message: HookMessage) -> None:
    """A task for it, in the same transaction."""
    from forms.exchange.hooks.tasks import deliver

    deliver.enqueue(str(message.pk))
