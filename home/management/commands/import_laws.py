"""``manage.py import_laws FILE``: laws and regulations become policy pages."""

import json
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from home.policies.lawimport import LawsImported, import_laws


class Command(BaseCommand):
    help = "Make a policy page of each law in a file (JSON Lines, may be gzipped). Begun again, it goes on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="laws.jsonl or laws.jsonl.gz")
        parser.add_argument("--limit", type=int, metavar="N", help="Look at the first N documents only.")
        parser.add_argument("--json", action="store_true", help="Print one JSON document.")

    def handle(self, *args: Any, **options: Any) -> None:
        begun, self.quiet, self.said = time.monotonic(), options["json"], 0.0
        try:
            done = import_laws(options["file"], limit=options["limit"], told=self._say)
        except (OSError, EOFError) as error:
            raise CommandError(str(error)) from error
        seconds = time.monotonic() - begun
        if options["json"]:
            rate = round(done.created / seconds, 1) if seconds else 0.0
            self.stdout.write(
                json.dumps(
                    {
                        "created": done.created,
                        "present": done.present,
                        "failed": [asdict(one) for one in done.failed],
                        "seconds": round(seconds, 1),
                        "pages_per_second": rate,
                    },
                    ensure_ascii=False,
                )
            )
            return
        for one in done.failed:
            self.stderr.write(f"line {one.line}, {one.key} {one.title}: {one.error}")
        self.stdout.write(
            f"{done.created} pages made, {done.present} were there, {len(done.failed)} could not be taken; "
            f"{seconds:.0f} s."
        )

    def _say(self, done: LawsImported) -> None:
        if not self.quiet and time.monotonic() - self.said >= 5:
            self.said = time.monotonic()
            self.stderr.write(f"{done.created} made, {done.present} were there, {len(done.failed)} could not be taken")
