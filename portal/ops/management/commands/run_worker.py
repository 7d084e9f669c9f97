"""``manage.py run_worker``: background tasks and periodic work in one process."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from portal.ops.garbage import collect_less
from portal.ops.worker import LongRunner, PeriodicRunner, run_tasks


class Command(BaseCommand):
    help = "Run background tasks and periodic work until stopped (Ctrl-C or SIGTERM)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--batch", action="store_true", help="Do what is waiting, run each periodic job once, and stop."
        )
        parser.add_argument("--interval", type=float, default=0.5, help="Seconds between looks at the queue.")

    def handle(self, *args: Any, **options: Any) -> None:
        collect_less()
        runner = PeriodicRunner()
        if options["batch"]:
            run_tasks(batch=True, interval=options["interval"])
            runner.run_once()
            run_tasks(batch=True, interval=options["interval"])
            return
        long_tasks = LongRunner(interval=options["interval"])
        runner.start()
        long_tasks.start()
        try:
            run_tasks(batch=False, interval=options["interval"])
        finally:
            long_tasks.stop()
            runner.stop()
