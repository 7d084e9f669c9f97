"""Background work of previews."""

from django_tasks import task

from portal.ops.queues import LONG
from search.previewing import running


@task(queue_name=LONG)
def work_out(pk: int) -> None:
    """Work one preview out."""
    running.run(pk)
