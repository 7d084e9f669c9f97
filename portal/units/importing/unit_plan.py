"""What a table of units would do: which unit each row means, whether its names are free, and where it hangs."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from portal.units.enums import ImportKind
from portal.units.importing.columns import COLUMNS
from portal.units.importing.results import RowError
from portal.units.importing.unit_rows import UnitRow
from portal.units.models import Unit
from portal.units.naming import NameIndex, resolve, tidy

TITLES = {column.key: column.title for column in COLUMNS[ImportKind.UNITS]}


@dataclass
class Plan:
    """What the good rows will do."""

    rows: dict[int, UnitRow] = field(default_factory=dict)
    every_row: dict[int, UnitRow] = field(default_factory=dict)
    targets: dict[int, Unit] = field(default_factory=dict)
    parents: dict[int, "Unit | int | None"] = field(default_factory=dict)
    errors: list[RowError] = field(default_factory=list)

    def refuse(self, number: int, key: str, message: str) -> None:
        """Note what is wrong with a cell; the row takes no further part."""
        self.errors.append(RowError(number, str(TITLES.get(key, "")), message))
        self.rows.pop(number, None)


def match(plan: Plan, units: list[Unit]) -> None:
    """Find the unit that each row means, by code first, then by full name; two rows must not mean the same one."""
    by_code = {unit.code: unit for unit in units if unit.code}
    by_name = {tidy(unit.name): unit for unit in units}
    seen: dict[tuple[str, str], int] = {}
    for number, row in list(plan.rows.items()):
        unit = by_code.get(row.code) if row.code else None
        unit = unit or by_name.get(tidy(row.name))
        keys = [("name", tidy(row.name)), *([("code", row.code)] if row.code else [])]
        if unit:
            plan.targets[number] = unit
            keys.append(("unit", str(unit.pk)))
        for key in keys:
            if key in seen:
                column = key[0] if key[0] in TITLES else "name"
                plan.refuse(
                    number, column, _("Row %(row)d has the same unit. Keep one of the two.") % {"row": seen[key]}
                )
                break
        for key in keys:
            seen.setdefault(key, number)
        if unit and row.code and unit.code and unit.code != row.code:
            message = _(
                "The unit has the code %(code)s. Correct the cell, or change the code in the list of units first."
            )
            plan.refuse(number, "code", message % {"code": unit.code})
        first, last = (getattr(row, end) or getattr(unit, end, None) for end in ("valid_from", "valid_until"))
        if first and last and last < first:
            plan.refuse(number, "valid_until", _("The end lies before the beginning. Correct one of the two dates."))


def names_are_free(plan: Plan, units: list[Unit]) -> None:
    """Full names and aliases belong to one unit each."""
    owners: dict[str, object] = {}
    for owned in units:
        owners[tidy(owned.name)] = owned.pk
        owners.update({tidy(alias.name): owned.pk for alias in owned.aliases.all()})
    names = {owned.pk: owned.name for owned in units}
    for number, row in list(plan.rows.items()):
        unit = plan.targets.get(number)
        me: object = unit.pk if unit else f"row {number}"
        for key, name in [("name", row.name), *(("aliases", alias) for alias in row.aliases)]:
            owner = owners.setdefault(tidy(name), me)
            if owner != me:
                holder = names.get(owner) if isinstance(owner, int) else None
                where = holder or _("row %(row)s") % {"row": str(owner).removeprefix("row ")}
                message = _("“%(name)s” is already a name of %(unit)s. Correct one of the two.")
                plan.refuse(number, key, message % {"name": name, "unit": where})
                break


def find_parents(plan: Plan, units: list[Unit]) -> None:
    """The unit, or the row, that each row names as its parent."""
    in_table = NameIndex((row, row.aliases) for row in plan.every_row.values())
    number_of = {id(row): number for number, row in plan.every_row.items()}
    known = resolve({row.parent for row in plan.every_row.values() if row.parent})
    for number, row in plan.every_row.items():
        if not row.parent:
            continue
        here = in_table.find(row.parent)
        if known[row.parent]:
            plan.parents[number] = known[row.parent]
        elif here:
            plan.parents[number] = number_of[id(here)]
        else:
            message = _("No single unit is called “%(name)s”. Write its full name, or add it to the table.")
            plan.refuse(number, "parent", message % {"name": row.parent})


def in_order(plan: Plan, units: list[Unit]) -> list[int]:
    """Row numbers, parents before children; rows that hang on a bad row or go in a circle are refused."""
    row_of = {unit.pk: number for number, unit in plan.targets.items() if number in plan.rows}
    unit_above = parents_now(units)
    settled: dict[int, None] = {}
    for number in sorted(plan.rows):
        _settle(plan, number, row_of, unit_above, settled)
    return [number for number in settled if number in plan.rows]


def _settle(
    plan: Plan, number: int, row_of: dict[int, int], unit_above: dict[int, Unit | None], settled: dict[int, None]
) -> None:
    """Walk upwards from a row to one that is settled, or to the top, then settle the way back."""
    path: list[int] = []
    current: int | None = number
    while current is not None and current in plan.rows and current not in settled:
        if current in path:
            for looped in path[path.index(current) :]:
                plan.refuse(looped, "parent", _("A unit cannot be placed below itself or below one of its own units."))
            break
        path.append(current)
        current = _row_above(plan, current, row_of, unit_above)
    for step in reversed(path):
        parent = plan.parents.get(step)
        if step in plan.rows and isinstance(parent, int) and parent not in plan.rows:
            plan.refuse(step, "parent", _("Row %(row)d, the parent unit, has an error.") % {"row": parent})
        elif step in plan.rows:
            settled[step] = None


def _row_above(plan: Plan, number: int, row_of: dict[int, int], unit_above: dict[int, Unit | None]) -> int | None:
    """The next row upwards, also where units that are not in the table lie between."""
    parent = plan.parents.get(number)
    if isinstance(parent, int):
        return parent
    unit = parent or (unit_above.get(plan.targets[number].pk) if number in plan.targets else None)
    while unit is not None and unit.pk not in row_of:
        unit = unit_above.get(unit.pk)
    return row_of[unit.pk] if unit else None


def parents_now(units: list[Unit]) -> dict[int, Unit | None]:
    """Number of a unit → the unit that it is below now; no query."""
    by_path = {unit.path: unit for unit in units}
    return {unit.pk: by_path.get(unit.path[: -Unit.steplen]) for unit in units}
