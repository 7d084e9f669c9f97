"""Importing people and their memberships: check every row first, then write all of it or nothing."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.audit.enums import AuditAction
from portal.audit.services import Target, record
from portal.units.enums import ImportKind
from portal.units.importing.columns import COLUMNS
from portal.units.importing.people_rows import PersonRow, read_person_row
from portal.units.importing.results import ImportResult, RowError, RowOutcome
from portal.units.importing.tables import Row
from portal.units.models import Membership, Unit
from portal.units.naming import resolve, tidy

TITLES = {column.key: column.title for column in COLUMNS[ImportKind.PEOPLE]}
CONTACT = ("phone", "email")
Place = tuple[str, int, str]
"""User name, number of the unit, role."""


@dataclass
class Plan:
    """What the good rows will do."""

    rows: dict[int, PersonRow] = field(default_factory=dict)
    every_row: dict[int, PersonRow] = field(default_factory=dict)
    units: dict[int, Unit] = field(default_factory=dict)
    memberships: dict[int, Membership] = field(default_factory=dict)
    errors: list[RowError] = field(default_factory=list)

    def refuse(self, number: int, key: str, message: str) -> None:
        """Note what is wrong with a cell; the row takes no further part."""
        self.errors.append(RowError(number, str(TITLES.get(key, "")), message))
        self.rows.pop(number, None)


@transaction.atomic
def import_people(
    *,
    rows: Sequence[Row],
    user: User | None = None,
    dry_run: bool = False,
    only_good: bool = False,
    file_name: str = "",
) -> ImportResult:
    """Create accounts and memberships as the rows say; the same table a second time changes nothing.

    New accounts have no usable password: an administrator gives one in the account's form. An account that exists is
    recognised by its user name and must have the same person's name, lest somebody's roles go to a stranger.
    """
    plan = Plan()
    for row in rows:
        wanted, errors = read_person_row(row)
        plan.rows[row.number] = plan.every_row[row.number] = wanted
        for key, message in errors:
            plan.refuse(row.number, key, message)
    people = {
        person.username: person
        for person in User.objects.filter(username__in={row.username for row in plan.rows.values()})
    }
    _one_person_each(plan, people)
    _find_units(plan)
    _match_memberships(plan, people)
    result = ImportResult(errors=sorted(plan.errors))
    seen = set(people)
    for number, person_row in sorted(plan.rows.items()):
        result.outcomes.append(_outcome(plan, number, people, is_new=person_row.username not in seen))
        seen.add(person_row.username)
    if dry_run or (plan.errors and not only_good):
        return result
    _write(plan, people, result, user)
    result.applied = True
    target = Target("accounts.user", "", file_name)
    record(action=AuditAction.IMPORT, user=user, target=target, summary="people", details=result.counts())
    return result


def _one_person_each(plan: Plan, people: dict[str, User]) -> None:
    """A user name belongs to one person, in the portal and in the table."""
    first: dict[str, int] = {}
    for number, row in list(plan.rows.items()):
        owner = people.get(row.username)
        if owner and tidy(str(owner)) != tidy(row.name):
            message = _(
                "The user name belongs to %(name)s. Choose another one, or correct the name in the account first."
            )
            plan.refuse(number, "username", message % {"name": owner})
            continue
        earlier = plan.rows.get(first.setdefault(row.username, number), row)
        for key in ("name", *CONTACT):
            here, there = getattr(row, key), getattr(earlier, key)
            if here and there and tidy(here) != tidy(there):
                message = _("Row %(row)d says otherwise of the same user name. Make the two rows agree.")
                plan.refuse(number, key, message % {"row": first[row.username]})
                break


def _find_units(plan: Plan) -> None:
    known = resolve({row.unit for row in plan.every_row.values() if row.unit})
    for number, row in plan.every_row.items():
        if not row.unit:
            continue
        unit = known[row.unit]
        if unit is None:
            message = _("No single unit is called “%(name)s”. Write its full name, or import the unit first.")
            plan.refuse(number, "unit", message % {"name": row.unit})
        else:
            plan.units[number] = unit


def _match_memberships(plan: Plan, people: dict[str, User]) -> None:
    """The membership that a row repeats or ends; one that overlaps it otherwise is a contradiction."""
    held: dict[Place, list[Membership]] = defaultdict(list)
    for membership in Membership.objects.own().filter(user__in=people.values()).select_related("user"):
        held[(membership.user.username, membership.unit_id, membership.role)].append(membership)
    rows_of: dict[Place, list[int]] = defaultdict(list)
    for number, row in list(plan.rows.items()):
        if row.role is None or number not in plan.units:
            continue
        place = (row.username, plan.units[number].pk, row.role.value)
        for other in rows_of[place]:
            if other in plan.rows and _overlap(row, plan.rows[other]):
                message = _("Row %(row)d has the same person, unit and role. Keep one of the two.")
                plan.refuse(number, "role", message % {"row": other})
                break
        else:
            rows_of[place].append(number)
            _match_one(plan, number, row, held[place])


def _match_one(plan: Plan, number: int, row: PersonRow, held: list[Membership]) -> None:
    for membership in held:
        if membership.valid_from == row.valid_from:
            plan.memberships[number] = membership
            return
    for membership in held:
        if _overlap(row, membership):
            message = _(
                "The person already has this role in this unit at that time. Correct the dates, or change the "
                "membership in the list of memberships."
            )
            plan.refuse(number, "valid_from", message)
            return


def _overlap(one: "PersonRow | Membership", other: "PersonRow | Membership") -> bool:
    return (one.valid_from or datetime.date.min) <= (other.valid_until or datetime.date.max) and (
        other.valid_from or datetime.date.min
    ) <= (one.valid_until or datetime.date.max)


def _outcome(plan: Plan, number: int, people: dict[str, User], *, is_new: bool) -> RowOutcome:
    row, person = plan.rows[number], people.get(plan.rows[number].username)
    changes = [] if person is None else [key for key in CONTACT if getattr(row, key) not in ("", getattr(person, key))]
    title = row.name
    outcome = "created" if is_new else "unchanged"
    if row.role is not None:
        title = f"{row.name} · {plan.units[number]} · {row.role.label}"
        membership = plan.memberships.get(number)
        if membership is None:
            outcome = "created"
        elif row.valid_until and membership.valid_until != row.valid_until:
            changes.append("valid_until")
    if changes and outcome == "unchanged":
        outcome = "changed"
    return RowOutcome(number, outcome, title, tuple(str(TITLES[key]) for key in changes))


def _write(plan: Plan, people: dict[str, User], result: ImportResult, user: User | None) -> None:
    for outcome in result.outcomes:
        if outcome.outcome == "unchanged":
            continue
        row = plan.rows[outcome.row]
        person = people.get(row.username) or _new_account(row, user)
        people[row.username] = person
        contact = {key: getattr(row, key) for key in CONTACT if getattr(row, key) not in ("", getattr(person, key))}
        if contact:
            for key, value in contact.items():
                setattr(person, key, value)
            person.save(update_fields=list(contact))
            record(action=AuditAction.CHANGE, user=user, target=person, details={"fields": sorted(contact)})
        if row.role is None:
            continue
        membership = plan.memberships.get(outcome.row)
        if membership is None:
            Membership.objects.create(
                user=person,
                unit=plan.units[outcome.row],
                role=row.role,
                valid_from=row.valid_from,
                valid_until=row.valid_until,
            )
        elif row.valid_until and membership.valid_until != row.valid_until:
            membership.valid_until = row.valid_until
            membership.save()


def _new_account(row: PersonRow, user: User | None) -> User:
    person = User(username=row.username, name=row.name, phone=row.phone, email=row.email)
    person.set_unusable_password()
    person.save()
    record(action=AuditAction.CREATE, user=user, target=person)
    return person
