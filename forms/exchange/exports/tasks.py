"""Background work of this room."""

import uuid

from django_tasks import task

from forms.exchange.exports import running
from portal.ops.queues import LONG


@task(queue_name=LONG)
def write(pk: str) -> None:
    """Write one export."""
    running.run(uuid.UUID(pk))
