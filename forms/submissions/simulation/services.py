"""A simulated programme year: the portal's own services are driven through time, and its figures are recounted.

Everything happens inside one transaction that is rolled back: nothing of the simulation stays.
"""

import datetime
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from forms.collection.expecting import keep_up
from forms.collection.models import ExpectedReport, ReportingPeriod
from forms.collection.progress import Tally, tallies
from forms.submissions.models import Submission
from forms.submissions.simulation.clock import at
from forms.submissions.simulation.journal import Figures, Journal, Life, Terms
from forms.submissions.simulation.players import Players
from forms.submissions.simulation.world import FIRST_DAY, LAST_DAY, World, build
from portal.units.access import forget_access
from portal.units.models import Unit

MORNING = datetime.time(10, 0)
EVERY = 7
"""The figures are compared once a week, and on the last day."""


@dataclass
class Outcome:
    """What the simulation found."""

    checked: int = 0
    mismatches: list[dict[str, Any]] = field(default_factory=list)
    expected: int = 0
    submissions: int = 0

    @property
    def agree(self) -> bool:
        """Whether every figure was the same both ways."""
        return self.checked > 0 and not self.mismatches


AtEnd = Callable[[World, Journal, Sequence[datetime.datetime]], None]
"""Looks at the whole year before it is gone; is told the instants at which the figures were compared."""


def simulate_year(*, units: int, seed: int, days: int | None = None, at_end: AtEnd | None = None) -> Outcome:
    """Run the year (or its first `days`) and compare; the same seed gives the same year."""
    compared: list[datetime.datetime] = []
    dice, outcome, journal = random.Random(seed), Outcome(), Journal()  # noqa: S311 - dice, not secrets
    with transaction.atomic():
        with at(_instant(FIRST_DAY)):
            world = build(units, dice)
        players = Players(world, journal, dice)
        last = min(LAST_DAY, FIRST_DAY + datetime.timedelta(days=(days or 366) - 1))
        day = FIRST_DAY
        while day <= last:
            now = _instant(day, minutes=dice.randrange(8 * 60))
            with at(now):
                _live_through(world, players, now, dice)
                if (day - FIRST_DAY).days % EVERY == EVERY - 1 or day == last:
                    _compare(world, journal, now, outcome)
                    compared.append(now)
            day += datetime.timedelta(days=1)
        requirements = [one.pk for one in world.requirements]
        outcome.expected = ExpectedReport.objects.filter(period__requirement__in=requirements).count()
        outcome.submissions = Submission.objects.filter(expected__period__requirement__in=requirements).count()
        if at_end is not None:
            at_end(world, journal, compared)
        transaction.set_rollback(True)
    return outcome


def _live_through(world: World, players: Players, now: datetime.datetime, dice: random.Random) -> None:
    """One day: the periodic work (which is down now and then), then whoever is moved to act."""
    for person in (*world.coordinators, *world.reporters.values(), *world.reviewers.values()):
        forget_access(person)
    if dice.random() < 0.9:
        for requirement in world.requirements:
            keep_up(requirement=requirement, now=now)
    living = ExpectedReport.objects.filter(
        period__requirement__in=[one.pk for one in world.requirements],
        period__opens_at__lte=now,
        period__opens_at__gt=now - datetime.timedelta(days=150),
    )
    today = timezone.localdate(now)
    for expected in living.with_names().select_related("submission").order_by("pk"):
        if Life(expected.unit.valid_from, expected.unit.valid_until).covers(today):
            players.act(expected, now)


def _compare(world: World, journal: Journal, now: datetime.datetime, outcome: Outcome) -> None:
    """Every figure of every period that has opened, counted both ways."""
    for requirement in world.requirements:
        keep_up(requirement=requirement, now=now)
    lives = {unit.pk: Life(unit.valid_from, unit.valid_until) for unit in _units(world)}
    periods = ReportingPeriod.objects.filter(
        requirement__in=[one.pk for one in world.requirements], opens_at__lte=now
    ).order_by("pk")
    shown = tallies(ExpectedReport.objects.filter(period__in=periods), now=now)
    for period in periods:
        terms = Terms(
            period.opens_at, period.due_at, period.late_after or period.due_at, timezone.localdate(period.due_at)
        )
        counted = journal.figures(period.pk, terms, lives, now)
        dashboard = _figures(shown.get(period.pk, Tally({}, 0, 0)))
        for name in ("expected", "arrived", "timely", "overdue", "by_state"):
            outcome.checked += 1
            if getattr(counted, name) != getattr(dashboard, name):
                outcome.mismatches.append(
                    {
                        "period": f"{period.requirement} {period}",
                        "at": now.isoformat(),
                        "figure": name,
                        "dashboard": getattr(dashboard, name),
                        "recounted": getattr(counted, name),
                    }
                )


def _figures(tally: Tally) -> Figures:
    states = {(state.value if state else ""): number for state, number in tally.by_state.items() if number}
    return Figures(
        tally.expected, tally.completeness.part, tally.timeliness.part, tally.overdue, tuple(sorted(states.items()))
    )


def _units(world: World) -> list[Unit]:
    return list(Unit.objects.filter(pk__in=world.reporters))


def _instant(day: datetime.date, minutes: int = 0) -> datetime.datetime:
    morning = datetime.datetime.combine(day, MORNING, timezone.get_default_timezone())
    return morning + datetime.timedelta(minutes=minutes)
