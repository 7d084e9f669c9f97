"""A unit that owes a report on known days, and the people in it."""

import datetime
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from forms.collection.models import ExpectedReport
from portal.accounts.models import User
from portal.units.enums import Role
from portal.units.models import Unit
from tests.factories.collection import ExpectedReportFactory, PeriodFactory
from tests.factories.units import UnitFactory, person

ZONE = ZoneInfo("Asia/Shanghai")


def at(text: str) -> datetime.datetime:
    """An instant in Beijing time."""
    return datetime.datetime.fromisoformat(text).replace(tzinfo=ZONE)


OPENS, DUE = at("2026-08-03T09:00"), at("2026-08-21T17:30")
"""A Monday and a Friday without holidays around them."""


@dataclass
class Owing:
    """What is owed, and by whom."""

    expected: ExpectedReport
    reporter: User
    reviewer: User
    leader: User


def owing(unit: Unit | None = None) -> Owing:
    """A unit with a reporter, a reviewer and a leader owes a report from `OPENS` to `DUE`."""
    unit = unit or UnitFactory.create()
    period = PeriodFactory.create(opens_at=OPENS, due_at=DUE)
    people = [
        person(role, unit, email=f"{role}-{unit.pk}@example.gov.cn")
        for role in (Role.REPORTER, Role.UNIT_REVIEWER, Role.LEADER)
    ]
    return Owing(ExpectedReportFactory.create(period=period, unit=unit), *people)
