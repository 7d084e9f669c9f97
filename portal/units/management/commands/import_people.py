"""``manage.py import_people FILE``."""

from portal.units.enums import ImportKind
from portal.units.importing.command import ImportCommand


class Command(ImportCommand):
    help = "Import people and their memberships from XLSX or CSV; the same file twice changes nothing."
    kind = ImportKind.PEOPLE
