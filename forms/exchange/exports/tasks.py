"""Background work of this room."""

import uuid

from django_tasks import task

from forms.exchange.exports import running


@task()
def write(pk: str) -> None:
    """Write one export."""
    running.run(uuid.UUID(pk))
