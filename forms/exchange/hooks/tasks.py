"""Background work of this room."""

import uuid

from django_tasks import task

from forms.exchange.hooks import delivering


@task()
def deliver(pk: str) -> None:
    """Send one message."""
    delivering.deliver(uuid.UUID(pk))
