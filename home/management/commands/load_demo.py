"""``manage.py load_demo``: the demonstration data."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from home.demo.loading import NotADemonstrationError, load
from home.demo.units import PASSWORD, shown_accounts


class Command(BaseCommand):
    help = "Load the demonstration: a real plan moved to today, its units, invented people, reports in every state."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            load()
        except NotADemonstrationError as error:
            message = _("Demo data are only for the development settings: their passwords are public.")
            raise CommandError(message) from error
        self.stdout.write(_("Demo accounts, all with the password %(password)s:") % {"password": PASSWORD})
        for username, role, unit in shown_accounts():
            self.stdout.write(f"  {username:16} {role}（{unit}）")
