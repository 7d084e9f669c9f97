"""Writes of units. Roles and their permissions are in `portal.units.roles`, tables in `portal.units.importing`."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.audit.enums import AuditAction
from portal.audit.services import record
from portal.units.enums import UnitKind
from portal.units.models import Unit, UnitAlias
from portal.units.naming import tidy
from portal.units.roles import GROUP_PREFIX, apply_roles, ensure_role_permissions

__all__ = [
    "GROUP_PREFIX",
    "UnitFields",
    "apply_roles",
    "create_unit",
    "ensure_role_permissions",
    "lock_tree",
    "move_unit",
    "rename_unit",
    "update_unit",
]


@dataclass(frozen=True)
class UnitFields:
    """What a person may set on a unit, its place in the tree and its aliases aside."""

    name: str
    short_name: str = ""
    kind: str = UnitKind.BUREAU
    code: str | None = None
    valid_from: datetime.date | None = None
    valid_until: datetime.date | None = None


STORED = ("name", "short_name", "kind", "code", "valid_from", "valid_until")
"""Saved alone, so that a save never writes back the place in the tree that was read before somebody moved a branch."""


def lock_tree() -> None:
    """Let one transaction at a time change the tree; readers are not held up.

    Paths of the tree are worked out from neighbours: two writers who read the same neighbour would make the same path.
    SQLite's transactions here take the write lock as they begin, so nothing needs doing there.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE units_unit IN SHARE ROW EXCLUSIVE MODE")


@transaction.atomic
def create_unit(
    *,
    fields: UnitFields,
    parent: Unit | None = None,
    aliases: Iterable[str] = (),
    user: User | None = None,
    checked: bool = False,
) -> Unit:
    """Add a unit as the last below `parent`, or at the top; ValidationError by field where it cannot be.

    `checked` says that the caller holds the tree's lock and has made sure of all names, as an import of thousands does.
    """
    if not checked:
        lock_tree()
    unit = Unit(**{name: getattr(fields, name) for name in STORED})
    if not checked:
        _check(unit)
    if parent is None:
        Unit.add_root(instance=unit)
    else:
        Unit.objects.get(pk=parent.pk).add_child(instance=unit)
    if checked:
        UnitAlias.objects.bulk_create(UnitAlias(unit=unit, name=name) for name in _distinct(unit, aliases).values())
    else:
        set_aliases(unit=unit, names=aliases)
    record(action=AuditAction.CREATE, user=user, target=unit, details={"parent": parent.pk if parent else None})
    return unit


@transaction.atomic
def update_unit(
    *, unit: Unit, fields: UnitFields, aliases: Iterable[str] | None = None, user: User | None = None
) -> Unit:
    """Change what a unit is called and when it is valid. An old full name stays as an alias, so that old plans find it.

    Where the validity changes, the permissions of those who serve in the unit follow at once.
    """
    lock_tree()
    current = Unit.objects.get(pk=unit.pk)
    before = {name: getattr(current, name) for name in STORED}
    for name in STORED:
        setattr(current, name, getattr(fields, name))
    _check(current)
    changed = [name for name in STORED if before[name] != getattr(current, name)]
    wanted = list(aliases) if aliases is not None else [alias.name for alias in current.aliases.all()]
    if "name" in changed:
        wanted.append(before["name"])
    current.save(update_fields=STORED)
    if set_aliases(unit=current, names=wanted):
        changed.append("aliases")
    if changed:
        record(action=AuditAction.CHANGE, user=user, target=current, details={"fields": changed})
    if {"valid_from", "valid_until"} & set(changed):
        for person in User.objects.filter(memberships__unit=current).distinct():
            apply_roles(user=person)
    return current


def rename_unit(*, unit: Unit, name: str, short_name: str | None = None, user: User | None = None) -> Unit:
    """Give a unit another full name (and short name); the old one stays as an alias."""
    fields = UnitFields(**{field: getattr(unit, field) for field in STORED} | {"name": name})
    if short_name is not None:
        fields = UnitFields(**{field: getattr(fields, field) for field in STORED} | {"short_name": short_name})
    return update_unit(unit=unit, fields=fields, user=user)


@transaction.atomic
def move_unit(*, unit: Unit, parent: Unit | None, user: User | None = None) -> Unit:
    """Put a unit with all below it under another one, or at the top. Staying where it is changes nothing."""
    lock_tree()
    moving = Unit.objects.get(pk=unit.pk)
    above = moving.get_parent()
    old, new = above.pk if above else None, parent.pk if parent else None
    if old == new:
        return moving
    if parent is None:
        moving.move(Unit.get_last_root_node(), "last-sibling")
    else:
        target = Unit.objects.get(pk=parent.pk)
        if target.pk == moving.pk or target.is_descendant_of(moving):
            raise ValidationError({"parent": _("A unit cannot be placed below itself or below one of its own units.")})
        moving.move(target, "last-child")
    moved = Unit.objects.get(pk=unit.pk)
    details = {"fields": ["parent"], "before": old, "after": new}
    record(action=AuditAction.CHANGE, user=user, target=moved, details=details)
    return moved


def set_aliases(*, unit: Unit, names: Iterable[str]) -> bool:
    """Make these the unit's other names; True if that changed anything. ValidationError where another unit has one."""
    wanted = _distinct(unit, names)
    held = {tidy(alias.name): alias for alias in UnitAlias.objects.filter(unit=unit)}
    added = [UnitAlias(unit=unit, name=name) for key, name in wanted.items() if key not in held]
    for alias in added:
        alias.clean_fields(exclude=["unit"])
        other = UnitAlias.objects.filter(name=alias.name).exclude(unit=unit).select_related("unit").first()
        owner = other.unit if other else Unit.objects.filter(name=alias.name).exclude(pk=unit.pk).first()
        if owner:
            message = _("“%(alias)s” is already a name of %(unit)s. Remove it there first, or leave it out here.")
            raise ValidationError({"aliases": message % {"alias": alias.name, "unit": owner.name}})
    gone = [alias.pk for key, alias in held.items() if key not in wanted]
    UnitAlias.objects.filter(pk__in=gone).delete()
    UnitAlias.objects.bulk_create(added)
    return bool(added or gone)


def _distinct(unit: Unit, names: Iterable[str]) -> dict[str, str]:
    """Names worth keeping besides the full one, by what they look like."""
    return {tidy(name): name.strip() for name in names if tidy(name) not in ("", tidy(unit.name))}


def _check(unit: Unit) -> None:
    unit.clean_fields(exclude=["path", "depth"])
    unit.clean()
    unit.validate_unique(exclude=["path"])
    alias = UnitAlias.objects.filter(name=unit.name).exclude(unit_id=unit.pk).select_related("unit").first()
    if alias:
        message = _("“%(alias)s” is already a name of %(unit)s. Remove it there first, or leave it out here.")
        raise ValidationError({"name": message % {"alias": unit.name, "unit": alias.unit.name}})
