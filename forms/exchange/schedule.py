"""Periodic work of this room."""

import datetime

from django.utils import timezone

from forms.exchange.models import FormUpload
from portal.ops.schedule import every

KEPT = datetime.timedelta(days=1)


@every(seconds=24 * 3600, name="exchange.forgotten_uploads")
def forget_uploaded_forms() -> int:
    """Delete forms that were uploaded and neither created nor given up within a day; how many."""
    count, _rows = FormUpload.objects.filter(uploaded_at__lt=timezone.now() - KEPT).delete()
    return count
