"""Periodic work of this room."""

import datetime

from django.utils import timezone

from forms.exchange.workbook.models import ReturnedWorkbook
from portal.ops.schedule import every

KEPT_FOR = datetime.timedelta(days=1)


@every(seconds=3600, name="workbook.forget")
def forget_workbooks() -> int:
    """Workbooks that were sent in and neither taken nor given up."""
    gone, _by_model = ReturnedWorkbook.objects.filter(uploaded_at__lt=timezone.now() - KEPT_FOR).delete()
    return gone
