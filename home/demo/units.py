"""The plan's units and the invented people who serve in them."""

import json
from pathlib import Path

from portal.accounts.models import User
from portal.units.models import Membership, Unit
from portal.units.services import UnitFields, create_unit

DATA = Path(__file__).parent / "data"
PASSWORD = "demo-Portal-2026"  # noqa: S105
"""Known to everybody, which is why these accounts are marked and production refuses to start with them."""


def load_units() -> dict[str, Unit]:
    """Short name → unit; units that are there already stay as they are."""
    units: dict[str, Unit] = {}
    for row in json.loads((DATA / "units.json").read_text(encoding="utf-8")):
        existing = Unit.objects.filter(name=row["name"]).first()
        units[row["short_name"]] = existing or create_unit(
            fields=UnitFields(name=row["name"], short_name=row["short_name"], kind=row["kind"]),
            parent=units[row["parent"]] if "parent" in row else None,
            aliases=row.get("aliases", []),
        )
    return units


def load_people(units: dict[str, Unit]) -> dict[str, User]:
    """User name → person. A password that was changed is not set back."""
    people: dict[str, User] = {}
    for row in json.loads((DATA / "people.json").read_text(encoding="utf-8")):
        person, created = User.objects.get_or_create(
            username=row["username"], defaults={"name": row["name"], "is_demo": True}
        )
        if created:
            person.set_password(PASSWORD)
            person.save()
        Membership.objects.get_or_create(user=person, unit=units[row["unit"]], role=row["role"])
        people[person.username] = person
    return people


def shown_accounts() -> list[tuple[str, str, str]]:
    """(user name, role, unit) of the accounts that `load_demo` prints."""
    rows = [row for row in json.loads((DATA / "people.json").read_text(encoding="utf-8")) if row.get("shown")]
    memberships = {
        (membership.user.username, membership.role): membership
        for membership in Membership.objects.select_related("user", "unit").filter(
            user__username__in=[row["username"] for row in rows]
        )
    }
    return [
        (row["username"], str(found.get_role_display()), str(found.unit))
        for row in rows
        if (found := memberships.get((row["username"], row["role"])))
    ]
