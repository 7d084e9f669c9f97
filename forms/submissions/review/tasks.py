"""Background work of review."""

from django_tasks import task

from forms.submissions.review import examining


@task()
def examine(version: int) -> None:
    """Flag a sent version."""
    examining.examine(version_id=version)
