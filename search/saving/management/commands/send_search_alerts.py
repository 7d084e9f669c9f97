"""``manage.py send_search_alerts``: what the worker does every minute for saved searches."""

import dataclasses
import json
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from search.saving.alerting import Alerted, send_alerts


class Command(BaseCommand):
    help = (
        "Look at what the indexes learnt since the last time, note what saved searches newly find, and tell those "
        "whose alert is due. Safe at any moment and beside the worker: nobody is told the same twice."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        begun, done = time.monotonic(), Alerted()
        for step in send_alerts():
            done = step
        seconds = round(time.monotonic() - begun, 2)
        if options["json"]:
            self.stdout.write(json.dumps({**dataclasses.asdict(done), "seconds": seconds}))
            return
        self.stdout.write(
            f"{done.surveyed} things read for the first time, {done.arrived} arrived; {done.found} new results; "
            f"{done.people} people told of {done.searches} searches; {seconds} s"
        )
