"""What both import commands share: read the file, check, write, report."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError

from portal.units.enums import ImportKind
from portal.units.importing.people import import_people
from portal.units.importing.tables import MAX_BYTES, TableError, read_cells, read_table
from portal.units.importing.units import import_units


class ImportCommand(BaseCommand):
    """Checks a table and writes it unless a row is wrong; exit code 1 where nothing was written because of errors."""

    kind: ClassVar[ImportKind]

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file and how to treat it."""
        parser.add_argument("file", type=Path, help="XLSX or CSV")
        parser.add_argument("--json", action="store_true", help="print the report as JSON")
        parser.add_argument("--dry-run", action="store_true", help="check only, write nothing")
        parser.add_argument("--good-rows", action="store_true", help="leave rows with errors out and write the others")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the import."""
        path: Path = options["file"]
        run = import_units if self.kind == ImportKind.UNITS else import_people
        try:
            with path.open("rb") as file:
                table = read_table(self.kind, read_cells(file.read(MAX_BYTES + 1)))
        except (OSError, TableError) as error:
            raise CommandError(str(error)) from error
        result = run(rows=table.rows, dry_run=options["dry_run"], only_good=options["good_rows"], file_name=path.name)
        result.ignored_columns = table.ignored_columns
        if options["json"]:
            self.stdout.write(json.dumps(result.as_json(), ensure_ascii=False, indent=2))
        else:
            for fault in result.errors:
                self.stderr.write(f"{path.name}:{fault.row}: {fault.column}: {fault.message}")
            counts = ", ".join(f"{name} {number}" for name, number in result.counts().items())
            self.stdout.write(f"{counts}{'' if result.applied else ' (nothing written)'}")
        if result.errors and not result.applied and not options["dry_run"]:
            raise CommandError("Nothing was written. Mend the rows, or leave them out with --good-rows.")
