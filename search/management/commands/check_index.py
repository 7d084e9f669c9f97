"""``manage.py check_index``: whether the indexes hold what the database says."""

import dataclasses
import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.checking import Checked, check
from search.engines.registry import engine_names
from search.nightly import keep


class Command(BaseCommand):
    help = (
        "Compare every document of the indexes with the database and write anew what is missing, stale or too much. "
        "What waits in the outbox is no fault. Ends with 0 when nothing is wrong (any more), else with 1."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--engine", choices=engine_names(), help="check the index of this engine only")
        parser.add_argument("--no-repair", action="store_true", help="only say what differs")
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        names = [options["engine"]] if options["engine"] else engine_names()
        results = check(names, repair=not options["no_repair"])
        keep(results, repair=not options["no_repair"])
        if options["json"]:
            self.stdout.write(json.dumps([dataclasses.asdict(result) for result in results], ensure_ascii=False))
        else:
            for result in results:
                self._say(result)
        wrong = [result.engine for result in results if not result.is_right]
        if wrong:
            raise CommandError(f"Something is wrong with the index of {', '.join(wrong)}.", returncode=1)

    def _say(self, found: Checked) -> None:
        self.stdout.write(
            f"{found.engine}: {found.documents} documents of {found.expected}; {found.missing} missing, "
            f"{found.stale} stale, {found.extra} too much; {found.repaired} repaired, {found.left} left; "
            f"{found.waiting} waiting, {len(found.set_aside)} set aside; {found.seconds:.1f} s"
        )
        for one in found.set_aside:
            self.stdout.write(f"  {one.object_id} is set aside: {one.reason}")
        if found.fault:
            self.stdout.write(f"  {found.engine} does not answer as it should: {found.fault}")
        if found.outdated:
            self.stdout.write("  The index was made by a former definition; run rebuild_index.")
