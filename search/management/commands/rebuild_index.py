"""``manage.py rebuild_index``: fill a new index and switch to it."""

import dataclasses
import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.engines.base import EngineUnavailableError
from search.engines.registry import engine_names
from search.rebuilding import RebuildRunningError, rebuild


class Command(BaseCommand):
    help = (
        "Fill a new index and switch to it. Searches are answered from the old one until then; changes made meanwhile "
        "are in the new one. One that stopped in the middle is taken up within a day. Without --engine every index of "
        "this installation is rebuilt."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--engine", choices=engine_names(), help="rebuild the index of this engine only")
        parser.add_argument(
            "--restart", action="store_true", help="begin anew even if one can be taken up that stopped in the middle"
        )
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        results = []
        for name in [options["engine"]] if options["engine"] else engine_names():
            try:
                report = self._silent if options["json"] else self._say
                results.append(rebuild(name, report, restart=options["restart"]))
            except RebuildRunningError as error:
                raise CommandError(f"The index of {name} is being rebuilt by another process already.") from error
            except EngineUnavailableError as error:
                raise CommandError(
                    f"The engine {name} does not answer; its index is as it was. The same command goes on where this "
                    f"one stopped. {error}"
                ) from error
        if options["json"]:
            self.stdout.write(json.dumps([dataclasses.asdict(result) for result in results]))
            return
        for result in results:
            if result.resumed:
                self.stdout.write(f"{result.engine}: taken up where it had stopped, {result.taken_over} read before")
            self.stdout.write(
                f"{result.engine}: {result.documents} documents in {result.seconds:.1f} s, "
                f"{result.set_aside} set aside, index {result.target}"
            )

    def _say(self, source: str, count: int) -> None:
        if count and (self.stdout.isatty() or count % 1000 == 0):
            self.stdout.write(f"  {source}: {count}")

    def _silent(self, source: str, count: int) -> None:
        pass
