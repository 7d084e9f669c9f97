"""Where the scenarios take place: one requirement, and for every killing a report of its own with people of its own."""

import datetime
import time
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.test import Client
from django.utils import timezone

from forms.builder.schema import FormSchema
from forms.collection.models import ReportingPeriod
from forms.exchange.hooks.enums import HookEvent
from forms.exchange.hooks.models import Hook
from forms.exchange.hooks.services import save_hook
from forms.submissions.models import Submission
from portal.accounts.middleware import SEEN
from portal.accounts.models import User
from portal.units.enums import Role
from tests.factories.collection import (
    SCHEMA,
    ExpectedReportFactory,
    PeriodFactory,
    RequirementFactory,
    published_form,
)
from tests.factories.submissions import Sides
from tests.factories.units import UnitFactory, person

ROLES = {"reporter": Role.REPORTER, "colleague": Role.REPORTER, "reviewer": Role.UNIT_REVIEWER}


@dataclass
class World:
    """What all reports share."""

    notes: Path
    """A folder for what browsers remember; no part of the portal's data."""
    coordinator: User
    second: User
    """Another coordinator: petitions are not decided on by whoever asks."""
    plain: ReportingPeriod
    signed: ReportingPeriod
    """Its reports are signed off inside the unit."""
    cookies: dict[int, str] = field(default_factory=dict)
    """Sessions by the person's number."""

    @property
    def schema(self) -> FormSchema:
        """What is asked."""
        return SCHEMA


@dataclass
class Case:
    """One report, whoever works on it, and what its browser posts both times."""

    world: World
    found: Sides
    people: dict[str, User]
    key: uuid.UUID = field(default_factory=uuid.uuid4)
    prepared: dict[str, Any] = field(default_factory=dict)

    @property
    def number(self) -> int:
        """The report's."""
        return int(self.found.expected.pk)

    @property
    def report(self) -> Submission:
        """The report as it is stored now."""
        return self.found.report

    def browser(self, name: str) -> Client:
        """A signed-in browser of one of the people, or of the coordinators."""
        client = Client()
        client.cookies["sessionid"] = self.world.cookies[self._person(name).pk]
        return client

    def sign_in(self, *names: str) -> None:
        """Let people sign in, before anything is killed."""
        for user in {self._person(name) for name in names}:
            if user.pk not in self.world.cookies:
                client = Client()
                client.force_login(user)
                session = client.session
                session[SEEN] = time.time() + 24 * 3600  # noting that somebody is here is no step of what they do
                session.save()
                self.world.cookies[user.pk] = client.cookies["sessionid"].value

    def _person(self, name: str) -> User:
        others = {"coordinator": self.world.coordinator, "second": self.world.second}
        return (self.people | others)[name]


def nothing(case: Case) -> None:
    """Nothing."""


@dataclass(frozen=True)
class Scenario:
    """What was there, and what is done twice: until it is killed, and once more."""

    before: Callable[[Case], object]
    act: Callable[[Case], str]
    """Gives what came of it."""
    people: Iterable[str] = ("reporter",)
    """Who signs in."""
    signed: bool = False
    """Whether reports are signed off inside the unit."""
    unit: tuple[str, ...] = ("reporter",)
    """Who serves in the unit."""
    after: Callable[[Case], object] = nothing
    """What follows once that has been done."""


def world(notes: Path, address: str) -> World:
    """Two requirements of one unit, which tells the address of everything."""
    form = published_form(SCHEMA)
    owner = UnitFactory.create()
    # Far behind the days that are looked at: what is due on the next morning is reminded of even at night.
    due = timezone.now() + datetime.timedelta(days=60)
    plain, signed = (
        PeriodFactory.create(requirement=RequirementFactory.create(form=form, owner=owner, **asks), due_at=due)
        for asks in ({"allows_nil": True}, {"needs_sign_off": True})
    )
    made = World(notes, person(Role.COORDINATOR, owner), person(Role.COORDINATOR, owner), plain, signed)
    hook = Hook(name="数据中台", unit=owner, events=list(HookEvent.values), address=address)
    save_hook(user=made.coordinator, hook=hook)
    return made


def case(made: World, period: ReportingPeriod, names: Iterable[str]) -> Case:
    """A unit's report that nobody has begun."""
    unit = UnitFactory.create()
    people = {name: person(ROLES[name], unit, email=f"{name}-{unit.pk}@example.gov.cn") for name in names}
    expected = ExpectedReportFactory.create(period=period, unit=unit)
    return Case(made, Sides(expected, people["reporter"], made.coordinator), people)


def prepared(made: World, scenario: Scenario) -> Case:
    """A report as the scenario finds it."""
    found = case(made, made.signed if scenario.signed else made.plain, scenario.unit)
    scenario.before(found)
    found.sign_in(*scenario.people)
    return found
