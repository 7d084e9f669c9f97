"""Background work of this room."""

import logging

from django.db.models import F
from django_tasks import task

from forms.submissions.models import SubmissionFile
from portal.media.texts import keep_text

logger = logging.getLogger(__name__)


@task()
def read_report_files(report: int) -> None:
    """Extract the text of the files of a report's accepted version; each that is known then is indexed anew.

    One that is not on the disk keeps no other from being read.
    """
    accepted = SubmissionFile.objects.filter(submission_id=report, versions=F("submission__accepted_version"))
    for kept in accepted:
        try:
            with kept.file.open("rb") as content:
                keep_text(sha256=kept.sha256, file=content.file, name=kept.name)
        except OSError:
            logger.exception("File %s of report %s cannot be read", kept.pk, report)
