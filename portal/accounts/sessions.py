"""Sessions in the database, as Django keeps them; reading one is asked of every request."""

import datetime
from typing import TYPE_CHECKING

from django.contrib.sessions.backends import db
from django.utils import timezone

from portal.ops.compiled import Compiled

if TYPE_CHECKING:
    from django.contrib.sessions.models import Session
    from django.db.models import QuerySet


def _living(key: str, now: datetime.datetime) -> "QuerySet[Session]":
    from django.contrib.sessions.models import Session

    return Session.objects.filter(session_key=key, expire_date__gt=now)


LIVING = Compiled(_living, key=str, now=datetime.datetime)


class SessionStore(db.SessionStore):
    """Django's, whose query is compiled once."""

    def _get_session_from_db(self) -> "Session | None":
        for session in LIVING.rows(key=self.session_key or "", now=timezone.now()):
            return session
        self._session_key = None
        return None
