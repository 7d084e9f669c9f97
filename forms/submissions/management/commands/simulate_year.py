"""``manage.py simulate_year --units 60 --seed N [--json]``."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from forms.submissions.simulation.services import simulate_year


class Command(BaseCommand):
    help = "Drive the services through a programme year and recount every figure; nothing of it stays in the database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--units", type=int, default=60, help="how many units report")
        parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same year")
        parser.add_argument("--days", type=int, default=None, help="only so many days of it")
        parser.add_argument("--json", action="store_true", help="print the outcome as one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["units"] < 1 or (options["days"] is not None and options["days"] < 1):
            raise CommandError("--units and --days must be at least 1")
        found = simulate_year(units=options["units"], seed=options["seed"], days=options["days"])
        if options["json"]:
            told = {
                "agree": found.agree,
                "checked": found.checked,
                "mismatches": found.mismatches,
                "expected": found.expected,
                "submissions": found.submissions,
            }
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
            return
        self.stdout.write(f"{found.checked} figures compared, {len(found.mismatches)} differ")
        self.stdout.write(f"{found.expected} reports expected, {found.submissions} begun")
        for one in found.mismatches[:20]:
            self.stdout.write(str(one))
