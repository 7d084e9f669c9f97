"""Importing the organisation tree: check every row first, then write all of it or nothing."""

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction

from portal.accounts.models import User
from portal.audit.enums import AuditAction
from portal.audit.services import Target, record
from portal.units.importing.results import ImportResult, RowOutcome
from portal.units.importing.tables import Row
from portal.units.importing.unit_plan import TITLES, Plan, find_parents, in_order, match, names_are_free, parents_now
from portal.units.importing.unit_rows import UnitRow, read_unit_row
from portal.units.models import Unit, UnitAlias
from portal.units.naming import tidy
from portal.units.services import STORED, UnitFields, create_unit, lock_tree, move_unit, update_unit


@transaction.atomic
def import_units(
    *,
    rows: Sequence[Row],
    user: User | None = None,
    dry_run: bool = False,
    only_good: bool = False,
    file_name: str = "",
) -> ImportResult:
    """Create, change, rename and move units as the rows say; the same table a second time changes nothing.

    With any error nothing is written, unless `only_good` leaves the bad rows out. Empty cells of a unit that exists
    leave it as it is. `dry_run` reports what would happen.
    """
    if not dry_run:
        lock_tree()
    plan = Plan()
    _read(plan, rows)
    units = list(Unit.objects.prefetch_related("aliases"))
    match(plan, units)
    names_are_free(plan, units)
    find_parents(plan, units)
    order = in_order(plan, units)
    result = ImportResult(errors=sorted(plan.errors))
    above = parents_now(units)
    for number in order:
        result.outcomes.append(_outcome(plan, number, above))
    if dry_run or (plan.errors and not only_good):
        return result
    _write(plan, order, result, user)
    result.applied = True
    target = Target("units.unit", "", file_name)
    record(action=AuditAction.IMPORT, user=user, target=target, summary="units", details=result.counts())
    return result


def _read(plan: Plan, rows: Sequence[Row]) -> None:
    for row in rows:
        wanted, errors = read_unit_row(row)
        plan.rows[row.number] = plan.every_row[row.number] = wanted
        for key, message in errors:
            plan.refuse(row.number, key, message)


def _fields(row: UnitRow, unit: Unit | None) -> UnitFields:
    """The row over what the unit has; empty cells change nothing."""
    base = UnitFields(**{name: getattr(unit, name) for name in STORED}) if unit else UnitFields(name=row.name)
    return replace(base, **{name: getattr(row, name) for name in STORED if getattr(row, name)})


def _outcome(plan: Plan, number: int, above: dict[int, Unit | None]) -> RowOutcome:
    row, unit = plan.rows[number], plan.targets.get(number)
    if unit is None:
        return RowOutcome(number, "created", row.name)
    fields = _fields(row, unit)
    changed = [name for name in STORED if getattr(unit, name) != getattr(fields, name)]
    held = {tidy(alias.name) for alias in unit.aliases.all()} | {tidy(unit.name)}
    if any(tidy(alias) not in held for alias in row.aliases):
        changed.append("aliases")
    if number in plan.parents and plan.parents[number] != above[unit.pk]:
        changed.append("parent")
    return RowOutcome(
        number, "changed" if changed else "unchanged", fields.name, tuple(str(TITLES[name]) for name in changed)
    )


def _write(plan: Plan, order: list[int], result: ImportResult, user: User | None) -> None:
    made: dict[int, Unit] = dict(plan.targets)
    todo = {outcome.row for outcome in result.outcomes if outcome.outcome != "unchanged"}
    for number in order:
        if number not in todo:
            continue
        row, unit = plan.rows[number], plan.targets.get(number)
        parent = plan.parents.get(number)
        parent_unit = made[parent] if isinstance(parent, int) else parent
        if unit is None:
            made[number] = create_unit(
                fields=_fields(row, None), parent=parent_unit, aliases=row.aliases, user=user, checked=True
            )
            continue
        aliases = [alias.name for alias in UnitAlias.objects.filter(unit=unit)] + list(row.aliases)
        made[number] = update_unit(unit=unit, fields=_fields(row, unit), aliases=aliases, user=user)
        if parent_unit is not None:
            move_unit(unit=unit, parent=parent_unit, user=user)
