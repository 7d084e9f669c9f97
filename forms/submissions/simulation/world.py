"""The city of a simulation: units that join and end, people, a form, requirements of several kinds."""

import datetime
import random
from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

from forms.builder.models import FormPage, FormVersion
from forms.builder.schema import FieldSchema, FormSchema
from forms.collection.models import Requirement
from forms.collection.scheduling.enums import Anchor, Frequency, Roll
from forms.collection.scheduling.rules import Schedule
from forms.collection.services import open_requirement, save_requirement
from portal.accounts.models import User
from portal.calendars.enums import LengthUnit
from portal.calendars.rules import Limit
from portal.units.enums import Role
from portal.units.models import Membership, Unit

SCHEMA = FormSchema(
    title="模拟小结", fields=(FieldSchema(key="people", type="integer", label="救助人次", required=True),)
)
FIRST_DAY, LAST_DAY = datetime.date(2025, 9, 1), datetime.date(2026, 8, 31)
"""A programme year of which every holiday is known."""

WORKING = LengthUnit.WORKING_DAYS


@dataclass(frozen=True)
class World:
    """Who and what there is."""

    coordinators: tuple[User, User]
    reporters: dict[int, User]
    reviewers: dict[int, User]
    requirements: list[Requirement]


def schedules() -> dict[str, Schedule]:
    """Monthly with a grace, quarterly, and three dates that never close."""
    year: dict[str, Any] = {"first": FIRST_DAY, "last": LAST_DAY}
    dates = tuple(datetime.date(*day) for day in ((2025, 12, 10), (2026, 4, 10), (2026, 8, 10)))
    return {
        "月报": Schedule(
            Frequency.MONTHLY, **year, due=Limit(5, WORKING), closes=Limit(12), grace=datetime.timedelta(hours=2)
        ),
        "季报": Schedule(Frequency.QUARTERLY, **year, due=Limit(10), roll=Roll.NEXT, closes=Limit(15, WORKING)),
        "小结": Schedule(Frequency.DATES, dates=dates, opens=Limit(-20), opens_from=Anchor.DUE),
    }


def build(units: int, dice: random.Random) -> World:
    """Make the city; every tenth unit joins in the course of the year, every tenth ends."""
    owner = Unit.add_root(name=f"模拟收报单位{dice.random():.12f}")
    coordinators = (_person(Role.COORDINATOR, owner, "甲"), _person(Role.COORDINATOR, owner, "乙"))
    root = Unit.add_root(name=f"模拟各单位{dice.random():.12f}")
    made = [_unit(root, number, dice) for number in range(units)]
    form = _form()
    requirements = []
    for name, schedule in schedules().items():
        requirement = Requirement(
            title=f"模拟{name}",
            form=form,
            owner=owner,
            schedule=schedule.to_json(),
            needs_sign_off=name == "季报",
            allows_nil=name == "月报",
        )
        save_requirement(user=coordinators[0], requirement=requirement, units=(), subtrees=[root], periods=())
        open_requirement(user=coordinators[0], requirement=requirement)
        requirements.append(requirement)
    return World(
        coordinators,
        {unit.pk: _person(Role.REPORTER, unit, "填报") for unit in made},
        {unit.pk: _person(Role.UNIT_REVIEWER, unit, "审核") for unit in made},
        requirements,
    )


def _unit(root: Unit, number: int, dice: random.Random) -> Unit:
    root.refresh_from_db()
    someday = FIRST_DAY + datetime.timedelta(days=dice.randrange(30, 330))
    joins, ends = number % 10 == 3, number % 10 == 7
    unit: Unit = root.add_child(
        instance=Unit(
            name=f"{root.name}{number:03d}",
            valid_from=someday if joins else None,
            valid_until=someday if ends else None,
        )
    )
    return unit


def _person(role: Role, unit: Unit, name: str) -> User:
    user = User(username=f"simulated-{unit.pk}-{role.value}-{name}", name=name)
    user.set_unusable_password()
    user.save()
    Membership.objects.create(user=user, unit=unit, role=role)
    return user


def _form() -> FormPage:
    root = Page.get_first_root_node()
    page: FormPage = root.add_child(instance=FormPage(title=SCHEMA.title, slug="simulated-form", live=True))
    FormVersion.objects.create(form=page, number=1, schema=SCHEMA.to_json(), digest=SCHEMA.digest())
    return page
