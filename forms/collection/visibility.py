"""Who has to do with a report: the two sides of it and those who oversee everything, as conditions for the database.

`way` is the path of lookups from the asking model to the expected report: "" for expected reports themselves,
"expected__" for what hangs on them. What each side sees of a *report* is decided in `forms.submissions.visibility`.
"""

from django.db.models import Q

from portal.units.access import Access
from portal.units.enums import SEES_EVERY_REPORT, Role

EVERYTHING = Q()
NOTHING = Q(pk__in=())


def own(access: Access, way: str = "") -> Q:
    """Reports owed by a unit in which the person serves as an insider."""
    return Q(**{f"{way}unit_id__in": access.unit_ids()})


def collected(access: Access, *roles: Role, way: str = "") -> Q:
    """Reports that are collected by a unit in which the person has one of the roles."""
    return Q(**{f"{way}period__requirement__owner_id__in": access.unit_ids(*roles)})


def oversees(access: Access) -> bool:
    """Whether the person may read every unit's reports."""
    return access.has(*SEES_EVERY_REPORT)
