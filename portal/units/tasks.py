"""Periodic work of this room."""

import datetime

from django.utils import timezone

from portal.units.models import TableImport

KEPT = datetime.timedelta(days=1)


def forget_uploaded_tables() -> None:
    """Delete tables that were uploaded and neither imported nor given up within a day: they hold people's data."""
    TableImport.objects.filter(uploaded_at__lt=timezone.now() - KEPT).delete()
