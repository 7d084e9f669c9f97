"""``manage.py import_form FILE --slug NEW [--json]``."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from forms.exchange.formats import read_form
from forms.exchange.imported import ImportRefusedError
from forms.exchange.json_format import MAX_BYTES
from forms.exchange.services import create_form


class Command(BaseCommand):
    help = (
        "Make a form from a JSON or XLSForm file. It is published if nothing speaks against it; else it stays a draft "
        "and the warnings say why. What the portal does not have is left out and listed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="JSON or XLSX")
        parser.add_argument("--slug", required=True, metavar="NEW", help="the new form's name in addresses")
        parser.add_argument("--json", action="store_true", help="print one JSON document about the new form")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            with path.open("rb") as file:
                form = read_form(file.read(MAX_BYTES + 1))
            made = create_form(form=form, slug=options["slug"])
        except (OSError, ImportRefusedError) as error:
            raise CommandError(str(error)) from error
        warnings = [*form.warnings, *made.problems]
        if options["json"]:
            document = {
                "slug": made.page.slug,
                "title": form.schema.title,
                "fields": len(form.schema.fields),
                "unsupported": list(form.unsupported),
                "warnings": warnings,
            }
            self.stdout.write(json.dumps(document, ensure_ascii=False, indent=2))
            return
        state = "published" if made.page.live else "draft"
        self.stdout.write(f"{made.page.slug}: {form.schema.title} ({len(form.schema.fields)}, {state})")
        for sentence in form.unsupported:
            self.stdout.write(f"- {sentence}")
        for sentence in warnings:
            self.stderr.write(sentence)
