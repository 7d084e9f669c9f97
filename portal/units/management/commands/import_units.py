"""``manage.py import_units FILE``."""

from portal.units.enums import ImportKind
from portal.units.importing.command import ImportCommand


class Command(ImportCommand):
    help = "Import the organisation tree from XLSX or CSV; the same file twice changes nothing."
    kind = ImportKind.UNITS
