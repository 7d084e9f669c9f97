"""``manage.py export_form SLUG --format json|xlsform [--output FILE] [--draft]``."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from forms.exchange.formats import FORMATS, write_form
from forms.exchange.querysets import NoSuchFormError, asked_now, draft_schema, form_by_slug


class Command(BaseCommand):
    help = "Write a form as JSON or XLSForm: its published version, or its draft."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="the form's name in addresses; see list_forms")
        parser.add_argument("--format", choices=sorted(FORMATS), default="json")
        parser.add_argument("--output", type=Path, metavar="FILE", help="write to the file and not to the output")
        parser.add_argument("--draft", action="store_true", help="the form as its editors have left it")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            page = form_by_slug(options["slug"])
        except NoSuchFormError as error:
            raise CommandError(str(error)) from error
        schema = draft_schema(page) if options["draft"] else asked_now(page)
        data = write_form(schema, slug=page.slug, format_name=options["format"])
        path: Path | None = options["output"]
        if path is None:
            self.write(data)
            return
        try:
            path.write_bytes(data)
        except OSError as error:
            raise CommandError(str(error)) from error

    def write(self, data: bytes) -> None:
        """The bytes as they are; where the output takes only text (call_command), as text if they are some."""
        binary = getattr(self.stdout, "buffer", None)
        if binary is None:
            self.stdout.write(data.decode(), ending="")
        else:
            self.stdout.flush()
            binary.write(data)
            binary.flush()
