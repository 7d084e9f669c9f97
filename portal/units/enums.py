"""Closed vocabularies of units and roles."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class UnitKind(models.TextChoices):
    """What sort of body a unit is."""

    CITY = "city", _("City")
    PARTY = "party", _("Party body")
    BUREAU = "bureau", _("Bureau")
    DIVISION = "division", _("Division")
    DISTRICT = "district", _("District")
    STREET = "street", _("Town or street office")
    INSTITUTION = "institution", _("Institution")
    COLLECTIVE = "collective", _("Group of units")
    OTHER = "other", _("Other")


class Role(models.TextChoices):
    """What a person does in a unit."""

    REPORTER = "reporter", _("Reporter")
    UNIT_REVIEWER = "unit_reviewer", _("Unit reviewer")
    COORDINATOR = "coordinator", _("Coordinator")
    EDITOR = "editor", _("Editor")
    LEADER = "leader", _("Leader")
    AUDITOR = "auditor", _("Auditor")
    SUPERVISOR = "external_supervisor", _("External supervisor")
    ADMINISTRATOR = "administrator", _("Administrator")
    STAFF = "staff", _("Staff member")


class ImportKind(models.TextChoices):
    """What an imported table lists."""

    UNITS = "units", _("Units")
    PEOPLE = "people", _("People and memberships")


INSIDERS = frozenset(Role) - {Role.SUPERVISOR}
"""Roles that belong to the administration itself; a third-party supervisor sees only what is given to that role."""

DELEGABLE = (Role.REPORTER, Role.UNIT_REVIEWER, Role.COORDINATOR, Role.EDITOR, Role.LEADER)
"""Roles that a person may have another hold during an absence. Who runs the portal and who audits it is not among them:
that is for administrators to say."""

REPORTING_ROLES = frozenset({Role.REPORTER, Role.UNIT_REVIEWER})
"""Who works on a unit's own reports."""

SEES_EVERY_REPORT = frozenset({Role.LEADER, Role.AUDITOR, Role.ADMINISTRATOR})
"""Who may read every accepted report of every unit."""

ADMIN_INTERFACE = frozenset({Role.EDITOR, Role.COORDINATOR, Role.AUDITOR, Role.ADMINISTRATOR})
"""Who may enter the Wagtail admin."""
