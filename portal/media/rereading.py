"""Documents that a former reader gave up on, read again by night: the portal reads more kinds than it did."""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from portal.media.extraction import READER
from portal.media.models import PortalDocument
from portal.media.tasks import read_document
from portal.ops.queues import LONG
from portal.ops.schedule import is_small_hours

MOST_AT_ONCE = 20
"""Files that are queued in one turn; reading one may take a minute."""


def read_again(now: datetime.datetime | None = None) -> int:
    """By night, have documents read that a former reader gave up on; gives how many are queued.

    Each is queued once: whether this reader can read it or not, or its file is gone, the next turn takes others.
    """
    if not is_small_hours(timezone.localtime(now)):
        return 0
    with transaction.atomic():
        pks = take_given_up(PortalDocument.objects.exclude(extraction_error=""))
        for pk in pks:
            read_document.using(queue_name=LONG).enqueue(pk)
    return len(pks)


def take_given_up(faulty: QuerySet[Any]) -> list[Any]:
    """Keys of at most `MOST_AT_ONCE` of these that a former reader left without text; no turn takes them again.

    To be called in the transaction that queues them.
    """
    keys = list(faulty.filter(reader__lt=READER).order_by("pk").values_list("pk", flat=True)[:MOST_AT_ONCE])
    faulty.model.objects.filter(pk__in=keys).update(reader=None)
    return keys
