"""Files of reports that a former reader gave up on, read again by night: the portal reads more kinds than it did."""

import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from forms.collection.enums import ReportState
from forms.submissions.models import SubmissionFile
from portal.media.models import FileText
from portal.media.rereading import take_given_up
from portal.ops.queues import LONG
from portal.ops.schedule import is_small_hours
from search.tasks import read_report_files


def read_again(now: datetime.datetime | None = None) -> int:
    """By night, have the files of accepted reports read that a former reader gave up on; gives how many contents.

    Each is queued once: whether this reader can read it or not, or its file is gone, the next turn takes others. What
    belongs to no accepted report is read when such a report is accepted.
    """
    if not is_small_hours(timezone.localtime(now)):
        return 0
    files = SubmissionFile.objects.filter(
        submission__state=ReportState.ACCEPTED, versions=F("submission__accepted_version")
    )
    with transaction.atomic():
        digests = take_given_up(FileText.objects.filter(sha256__in=files.values("sha256")).exclude(error=""))
        reports = files.filter(sha256__in=digests).order_by("submission_id").values_list("submission_id", flat=True)
        for report in reports.distinct():
            read_report_files.using(queue_name=LONG).enqueue(report)
    return len(digests)
