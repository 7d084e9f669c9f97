"""``manage.py verify_receipt NUMBER [--json]``."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from forms.submissions.models import SubmissionVersion
from forms.submissions.receipts.numbers import NotANumberError, WrongCheckError, parse_number
from forms.submissions.receipts.verifying import recount


class Command(BaseCommand):
    help = "Compute the hash of a sent report anew from what is stored, and say whether it is still what was filed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", help="the receipt's number, with or without dashes")
        parser.add_argument("--json", action="store_true", dest="as_json", help="write JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        version = self.version(options["number"])
        found = recount(version)
        said = {
            "number": version.receipt,
            "report": version.submission_id,
            "version": version.number,
            "sent_at": version.sent_at.isoformat(),
            "agrees": found.agrees,
            "stored": found.stored,
            "computed": found.computed,
            "broken_files": list(found.broken_files),
        }
        if options["as_json"]:
            self.stdout.write(json.dumps(said))
        else:
            for name, value in said.items():
                self.stdout.write(f"{name}: {value}")
        if not found.agrees:
            raise CommandError(f"{version.receipt}: what is stored is not what was filed.", returncode=2)

    def version(self, typed: str) -> SubmissionVersion:
        """The sent version of a number as it was typed; CommandError says what is wrong with it."""
        try:
            number = parse_number(typed)
        except NotANumberError as error:
            raise CommandError(f"{typed} is not a receipt's number.") from error
        except WrongCheckError as error:
            raise CommandError(f"{typed} is mistyped: its check character does not agree.") from error
        versions = SubmissionVersion.objects.select_related("form_version")
        version = versions.filter(receipt_number=number).first()
        if version is None:
            raise CommandError(f"No report was sent under {typed}.")
        return version
