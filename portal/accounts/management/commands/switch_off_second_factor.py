"""``manage.py switch_off_second_factor USERNAME``: for a person whose telephone and recovery codes are lost."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.accounts.second_factor import switch_off


class Command(BaseCommand):
    help = "Switch the second factor of an account off. Make sure first that it is the person who asks."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError(_("There is no account of that user name."))
        switch_off(user=user)
        self.stdout.write(_("The second factor was switched off."))
