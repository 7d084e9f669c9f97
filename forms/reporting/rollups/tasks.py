"""Background work of roll-ups."""

from django_tasks import task

from forms.reporting.rollups import files
from portal.ops.queues import LONG


@task(queue_name=LONG)
def write(pk: int) -> None:
    """Make one file."""
    files.run(pk)
