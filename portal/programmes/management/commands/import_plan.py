"""``import_plan FILE``: propose a programme from a plan's text, print it, and on request make it."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.programmes.plan_import import (
    PlanFileError,
    PlanProposal,
    days_to,
    first_reporting_date,
    propose,
    read_document,
    shift_proposal,
)


class Command(BaseCommand):
    """Read a plan (TXT or DOCX) and propose its phases, actions, tasks, units, deadlines and reporting dates.

    Without ``--create`` nothing is written and the database is not asked. ``--json`` prints one JSON document on
    standard output and nothing else; a file that cannot be read ends the command with status 1 and a sentence on
    standard error.
    """

    help = gettext_lazy("Propose a programme from the text of a plan (TXT or DOCX).")  # type: ignore[assignment]
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help=_("The plan: a .txt or .docx file."))
        parser.add_argument("--json", action="store_true", help=_("Print the proposal as JSON and nothing else."))
        parser.add_argument("--create", action="store_true", help=_("Create the programme from the proposal."))
        parser.add_argument(
            "--shift-to",
            metavar="DATE",
            help=_("Move all dates by whole days so that the first reporting date falls on DATE (YYYY-MM-DD)."),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"])
        target = _date(options["shift_to"]) if options["shift_to"] else None
        try:
            proposal = propose(read_document(path))
        except PlanFileError as error:
            raise CommandError(f"{path.name}: {error}") from error
        if target is not None:
            if first_reporting_date(proposal) is None:
                raise CommandError(_("The plan holds no date, so it cannot be moved."))
            try:
                proposal = shift_proposal(proposal, days_to(proposal, target))
            except OverflowError as error:
                raise CommandError(_("The dates would leave the calendar.")) from error
        if options["json"]:
            self.stdout.write(json.dumps(proposal.as_json(), ensure_ascii=False, indent=1))
        else:
            self._print_summary(proposal)
        if options["create"]:
            from portal.programmes.services import create_programme, unknown_units

            new_units = unknown_units(proposal=proposal)
            programme = create_programme(proposal=proposal, source=path.name)
            self.stderr.write(self.style.SUCCESS(_("Created: %(title)s") % {"title": programme}))
            if new_units:
                self.stderr.write(_("New units: %(names)s") % {"names": "、".join(new_units)})

    def _print_summary(self, proposal: PlanProposal) -> None:
        """Print what a person wants to see first: how much was found, and every task in one line."""
        self.stdout.write(proposal.title.title if proposal.title else _("(no title found)"))
        counts = {
            "phases": len(proposal.phases),
            "actions": len(proposal.actions),
            "tasks": len(proposal.tasks),
            "reporting": len(proposal.reporting),
        }
        self.stdout.write(
            _("%(phases)s phases, %(actions)s actions, %(tasks)s tasks, %(reporting)s reporting dates") % counts
        )
        for task in proposal.tasks:
            units = "、".join(unit.name for unit in task.units)
            dates = "、".join(deadline.date or deadline.text for deadline in task.deadlines)
            self.stdout.write(f"{task.number or '-'}\t{task.title}\t{units}\t{dates}")


def _date(text: str) -> date:
    """Return the day ``text`` names; CommandError with a sentence when it names none."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(_("%(text)s is no date. Write it as YYYY-MM-DD.") % {"text": text}) from error
