"""What the worker does once a report has been accepted, one task at a time; the others wait until that is over."""

from collections.abc import Callable

from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from portal.ops.worker import run_tasks
from search.draining import drain
from tests.integration.forms.submissions.killing.requests import accepted, accepted_with_file
from tests.integration.forms.submissions.killing.world import Case, Scenario

FAR = get_date_max().replace(year=9000)


def waits(task: str, number: int = 1, accept: Callable[[Case], None] = accepted) -> Scenario:
    """So many tasks of a kind, the newest; run as the worker runs them."""

    def before(case: Case) -> None:
        accept(case)
        ready = DBTaskResult.objects.filter(status="READY", run_after=get_date_max())
        own = ready.filter(task_path=task).order_by("-enqueued_at").values_list("pk", flat=True)[:number]
        ready.exclude(pk__in=list(own)).update(run_after=FAR)

    return Scenario(before, _work, ())


def _work(case: Case) -> str:
    run_tasks(batch=True, interval=0)
    return ""


def _index(case: Case) -> str:
    drain()
    return ""


def let_all_run() -> None:
    """What had to wait waits no longer."""
    DBTaskResult.objects.filter(run_after=FAR).update(run_after=timezone.now())


ROUNDS = {
    "mail": waits("portal.notifications.tasks.deliver"),
    "web hook": waits("forms.exchange.hooks.tasks.deliver"),
    "looking through": waits("forms.submissions.review.tasks.examine"),
    "reading files": waits("search.tasks.read_report_files", accept=accepted_with_file),
    "index": Scenario(waits("", 0).before, _index, ()),
}
