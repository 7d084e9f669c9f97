"""One row of the table of units, cell by cell; rules without the database."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.units.enums import UnitKind
from portal.units.importing.cells import read_date, read_word, split_names
from portal.units.importing.columns import KIND_WORDS
from portal.units.importing.tables import Row


@dataclass(frozen=True)
class UnitRow:
    """A unit as the table has it; empty is "not said"."""

    name: str
    short_name: str = ""
    aliases: tuple[str, ...] = ()
    kind: str = ""
    parent: str = ""
    code: str | None = None
    valid_from: datetime.date | None = None
    valid_until: datetime.date | None = None


LIMITS = {"name": 120, "short_name": 60, "code": 40}
"""As in the models; a test compares them."""

Errors = list[tuple[str, str]]


def read_unit_row(row: Row) -> tuple[UnitRow, Errors]:
    """Values of the cells, and what is wrong with them as (column key, sentence)."""
    errors: Errors = []
    if not row.get("name"):
        errors.append(("name", _("The full name is missing. Fill it in, or empty the whole row.")))
    kind = read_word(row.get("kind"), KIND_WORDS) if row.get("kind") else None
    if row.get("kind") and kind is None:
        kinds = "、".join(str(label) for label in UnitKind.labels)
        message = _("“%(word)s” is no kind of unit. Choose one of: %(kinds)s.")
        errors.append(("kind", message % {"word": row.get("kind"), "kinds": kinds}))
    aliases = tuple(split_names(row.get("aliases")))
    for key, text in (("name", row.get("name")), ("short_name", row.get("short_name")), ("code", row.get("code"))):
        errors += _too_long(key, text, LIMITS[key])
    for alias in aliases:
        errors += _too_long("aliases", alias, LIMITS["name"])
    valid_from, valid_until = read_validity(row, errors)
    wanted = UnitRow(
        name=row.get("name"),
        short_name=row.get("short_name"),
        aliases=aliases,
        kind=kind.value if kind else "",
        parent=row.get("parent"),
        code=row.get("code") or None,
        valid_from=valid_from,
        valid_until=valid_until,
    )
    return wanted, errors


def read_validity(row: Row, errors: Errors) -> tuple[datetime.date | None, datetime.date | None]:
    """Both dates of a row; what is wrong with them is added to `errors`."""
    dates: dict[str, datetime.date | None] = {}
    for key in ("valid_from", "valid_until"):
        try:
            dates[key] = read_date(row.get(key))
        except ValueError:
            dates[key] = None
            errors.append((key, _("“%(text)s” is no date. Write it as 2026-11-24.") % {"text": row.get(key)}))
    first, last = dates["valid_from"], dates["valid_until"]
    if first and last and last < first:
        errors.append(("valid_until", _("The end lies before the beginning. Correct one of the two dates.")))
    return first, last


def _too_long(key: str, text: str, limit: int) -> Errors:
    if len(text) <= limit:
        return []
    message = _("The cell has %(length)d characters; at most %(limit)d fit. Shorten it.")
    return [(key, message % {"length": len(text), "limit": limit})]
