"""Background work of this room."""

from django_tasks import task

from portal.media import texts


@task()
def read_document(pk: int) -> None:
    """Extract the text of a document."""
    texts.read_document(pk=pk)
