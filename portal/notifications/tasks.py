"""Background work of this room."""

from django_tasks import task

from portal.notifications import delivering


@task()
def deliver(pk: int) -> None:
    """Send one delivery."""
    delivering.deliver(pk=pk)
