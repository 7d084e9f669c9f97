"""Writes of tokens: making, taking back, noting that one was used."""

import datetime
import hashlib
import secrets
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from portal.audit.enums import AuditAction
from portal.audit.services import current_address, record
from portal.tokens.enums import Scope
from portal.tokens.models import ApiToken
from portal.tokens.notices import tell_owner

if TYPE_CHECKING:
    from portal.accounts.models import User

PREFIX = "ap_"
SHOWN = 8
"""Characters by which a person tells tokens apart."""
LONGEST = 200
"""No token is as long as this."""
USE_NOTED_EVERY = datetime.timedelta(minutes=1)
USE_RECORDED_EVERY = datetime.timedelta(hours=1)


@transaction.atomic
def create_token(
    *, user: "User", name: str, scopes: Iterable[Scope], days: int, now: datetime.datetime | None = None
) -> tuple[ApiToken, str]:
    """A new token of the person, and what it is: that is shown now and never again."""
    now = now or timezone.now()
    secret = PREFIX + secrets.token_urlsafe(32)
    chosen = sorted(scope.value for scope in scopes)
    token = ApiToken.objects.create(
        owner=user,
        name=name,
        scopes=chosen,
        start=secret[:SHOWN],
        digest=digest_of(secret),
        created_at=now,
        expires_at=now + datetime.timedelta(days=days),
    )
    details = {"scopes": chosen, "days": days}
    record(action=AuditAction.PERMISSION_CHANGE, user=user, target=token, summary="token.created", details=details)
    return token, secret


@transaction.atomic
def revoke(*, user: "User", token: ApiToken, now: datetime.datetime | None = None) -> None:
    """Take a token back, one's own or as an administrator; one that has been taken back stays so.

    Whose it is stands in the log, and is told where it was somebody else's.
    """
    now = now or timezone.now()
    if not ApiToken.objects.visible_to(user).filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=now):
        return
    details = {"owner": token.owner.username}
    record(action=AuditAction.PERMISSION_CHANGE, user=user, target=token, summary="token.revoked", details=details)
    if token.owner_id != user.pk and token.owner.is_active:
        tell_owner(token, by=user)


@transaction.atomic
def revoke_all(*, owner: "User", now: datetime.datetime | None = None) -> int:
    """Take back all that a person has who has left; gives how many."""
    tokens = list(ApiToken.objects.select_for_update().filter(owner=owner, revoked_at__isnull=True).order_by("pk"))
    ApiToken.objects.filter(pk__in=[token.pk for token in tokens]).update(revoked_at=now or timezone.now())
    details = {"owner": owner.username, "because": "account_shut"}
    for token in tokens:
        record(action=AuditAction.PERMISSION_CHANGE, user=None, target=token, summary="token.revoked", details=details)
    return len(tokens)


def token_of(secret: str, *, now: datetime.datetime | None = None) -> ApiToken | None:
    """The token in force that the secret is; None for any other."""
    if not secret.startswith(PREFIX) or len(secret) > LONGEST:
        return None
    rows = ApiToken.objects.in_force(now or timezone.now()).select_related("owner")
    return rows.filter(digest=digest_of(secret)).first()


@transaction.atomic
def note_use(*, token: ApiToken, scope: Scope, path: str, now: datetime.datetime | None = None) -> None:
    """Note when it was last used, once a minute; in the log once an hour: who reads every minute fills no log."""
    now = now or timezone.now()
    if token.last_used_at and token.last_used_at > now - USE_NOTED_EVERY:
        return
    ApiToken.objects.filter(pk=token.pk).update(last_used_at=now, last_used_from=current_address.get())
    if token.recorded_at and token.recorded_at > now - USE_RECORDED_EVERY:
        return
    before = now - USE_RECORDED_EVERY
    due = ApiToken.objects.filter(pk=token.pk).exclude(recorded_at__gt=before)
    if due.update(recorded_at=now):
        details = {"scope": scope.value, "path": path, "sensitive": Scope.SENSITIVE.value in token.scopes}
        record(action=AuditAction.DOWNLOAD, user=token.owner, target=token, summary="token.used", details=details)


def digest_of(secret: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(secret.encode()).hexdigest()
