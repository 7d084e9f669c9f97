"""One row of the table of people, cell by cell; rules without the database."""

import datetime
import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.units.enums import Role
from portal.units.importing.cells import read_word
from portal.units.importing.columns import ROLE_WORDS
from portal.units.importing.tables import Row
from portal.units.importing.unit_rows import Errors, read_validity

USERNAME = re.compile(r"^[\w.@+-]{1,150}$")
PHONE = re.compile(r"^[0-9+()（）\- ]{5,30}$")


@dataclass(frozen=True)
class PersonRow:
    """A person and, where unit and role are given, a membership."""

    name: str
    username: str
    phone: str = ""
    email: str = ""
    unit: str = ""
    role: Role | None = None
    valid_from: datetime.date | None = None
    valid_until: datetime.date | None = None


def read_person_row(row: Row) -> tuple[PersonRow, Errors]:
    """Values of the cells, and what is wrong with them as (column key, sentence)."""
    errors: Errors = []
    _check_identity(row, errors)
    role = read_word(row.get("role"), ROLE_WORDS) if row.get("role") else None
    if row.get("role") and role is None:
        roles = "、".join(str(label) for label in Role.labels)
        message = _("“%(word)s” is no role. Choose one of: %(roles)s.")
        errors.append(("role", message % {"word": row.get("role"), "roles": roles}))
    if row.get("unit") and not row.get("role"):
        errors.append(("role", _("The role in this unit is missing. Fill it in, or empty the unit as well.")))
    if row.get("role") and not row.get("unit"):
        errors.append(("unit", _("The unit of this role is missing. Fill it in, or empty the role as well.")))
    valid_from, valid_until = read_validity(row, errors)
    wanted = PersonRow(
        name=row.get("name"),
        username=row.get("username"),
        phone=row.get("phone"),
        email=row.get("email"),
        unit=row.get("unit"),
        role=role,
        valid_from=valid_from,
        valid_until=valid_until,
    )
    return wanted, errors


def _check_identity(row: Row, errors: Errors) -> None:
    limit = User._meta.get_field("name").max_length or 0
    if not row.get("name"):
        errors.append(("name", _("The person's name is missing. Fill it in.")))
    elif len(row.get("name")) > limit:
        errors.append(("name", _("The name is longer than %(limit)d characters. Shorten it.") % {"limit": limit}))
    if not row.get("username"):
        errors.append(("username", _("The user name is missing. Give each person one for signing in.")))
    elif not USERNAME.match(row.get("username")):
        errors.append(("username", _("A user name has only letters, digits and @ . + - _. Correct it.")))
    if row.get("phone") and not PHONE.match(row.get("phone")):
        errors.append(("phone", _("This is no telephone number. Write digits only, or leave the cell empty.")))
    if row.get("email"):
        try:
            validate_email(row.get("email"))
        except ValidationError:
            errors.append(("email", _("This is no e-mail address. Correct it, or leave the cell empty.")))
