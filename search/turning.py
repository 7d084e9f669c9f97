"""Validity that turns with the calendar: what takes effect or expires is indexed anew when the day has come."""

import datetime

from django.db.models import Q
from django.utils import timezone

from home.policies.models import PolicyPage
from search.kinds import POLICY
from search.outbox import note

LOOKED_BACK = datetime.timedelta(days=8)
"""A worker that stood still for a week misses nothing."""


def turn() -> None:
    """Note the policies whose day has come lately; noting one again does no harm."""
    today = timezone.localdate()
    lately = (today - LOOKED_BACK, today)
    turned = PolicyPage.objects.live().filter(Q(effective_on__range=lately) | Q(expires_on__range=lately))
    note(POLICY, turned.values_list("pk", flat=True))
