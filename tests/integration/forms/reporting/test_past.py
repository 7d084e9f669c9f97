"""The past, recomputed: the matrix as of an instant agrees with the events recounted up to that instant."""

import datetime
from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forms.collection.models import ReportingPeriod
from forms.collection.services import set_due_date
from forms.collection.waiving import ask_again, waive
from forms.reporting.matrix.enums import CellKind
from forms.reporting.matrix.services import Choice, Matrix, matrix
from forms.submissions.bin.services import bin_report, restore
from forms.submissions.review.services import accept, return_report
from forms.submissions.simulation.clock import at
from forms.submissions.simulation.journal import Figures, Journal, Life, Terms
from forms.submissions.simulation.services import simulate_year
from forms.submissions.simulation.world import FIRST_DAY, LAST_DAY, World
from portal.units.enums import Role
from portal.units.models import Unit
from tests.factories.collection import ExpectedReportFactory, PeriodFactory
from tests.factories.submissions import send, sides
from tests.factories.units import person

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
ALL = Choice(datetime.date(2000, 1, 1), datetime.date(2100, 1, 1))


def figures_of(found: Matrix) -> dict[int, Figures]:
    """The matrix in the words of the journal, by number of the period."""
    told = {}
    for number, column in enumerate(found.columns):
        counted = [row.cells[number].verdict for row in found.rows]
        live = [one for one in counted if one.kind not in {CellKind.WAIVED, CellKind.NOT_EXPECTED}]
        states = Counter(one.state.value if one.state else "" for one in live)
        count = column.count
        told[column.period.pk] = Figures(
            count.expected, count.arrived, count.timely, count.overdue, tuple(sorted(states.items()))
        )
    return told


@pytest.mark.slow
@pytest.mark.parametrize("seed", [7, pytest.param(11, marks=pytest.mark.once)])
def test_every_figure_of_the_past_is_the_one_recounted_from_the_events(seed: int) -> None:
    """Looked at from the end of the simulation, at every instant at which it had been compared on the day itself."""
    checked = 0

    def look_back(world: World, journal: Journal, instants: Sequence[datetime.datetime]) -> None:
        nonlocal checked
        leader = person(Role.LEADER)
        lives = {
            unit.pk: Life(unit.valid_from, unit.valid_until) for unit in Unit.objects.filter(pk__in=world.reporters)
        }
        periods = ReportingPeriod.objects.filter(requirement__in=[one.pk for one in world.requirements])
        choice = Choice(
            FIRST_DAY - 400 * DAY, LAST_DAY + 400 * DAY, requirement_ids=tuple(one.pk for one in world.requirements)
        )
        end = instants[-1] + DAY
        for instant in instants:
            told = figures_of(matrix(user=leader, choice=choice, now=end, as_of=instant))
            for period in periods.filter(opens_at__lte=instant):
                terms = Terms(
                    period.opens_at,
                    period.due_at,
                    period.late_after or period.due_at,
                    timezone.localdate(period.due_at),
                )
                counted = journal.figures(period.pk, terms, lives, instant)
                assert told.get(period.pk, Figures(0, 0, 0, 0, ())) == counted, (period, instant)
                checked += 1

    simulate_year(units=11, seed=seed, days=110, at_end=look_back)
    assert checked > 60


def test_now_and_as_of_now_are_the_same() -> None:
    def look(world: World, journal: Journal, instants: Sequence[datetime.datetime]) -> None:
        leader, now = person(Role.LEADER), instants[-1]
        current = matrix(user=leader, choice=ALL, now=now)
        recomputed = matrix(user=leader, choice=ALL, now=now, as_of=now)
        assert current.rows == recomputed.rows
        assert current.count == recomputed.count
        assert current.count.arrived > 20

    simulate_year(units=8, seed=5, days=90, at_end=look)


def test_a_waiver_taken_back_is_still_known_for_the_days_on_which_it_held() -> None:
    found, start = sides(), timezone.now() + DAY
    with at(start):
        waive(user=found.coordinator, expected=found.expected, reason="机构搬迁")
    with at(start + 2 * DAY):
        ask_again(user=found.coordinator, expected=found.expected)
    end = start + 9 * DAY

    def expected_on(when: datetime.datetime) -> int:
        return matrix(user=found.coordinator, choice=ALL, now=end, as_of=when).count.expected

    assert [expected_on(start + days * DAY) for days in (-0.5, 0, 1, 2, 5)] == [1, 0, 0, 1, 1]


def test_a_date_moved_for_one_unit_holds_from_the_day_on_which_it_was_moved() -> None:
    now = timezone.now()
    period = PeriodFactory.create(opens_at=now - 9 * DAY, due_at=now + DAY)
    found = sides(ExpectedReportFactory.create(period=period))
    with at(now + 3 * DAY):
        set_due_date(user=found.coordinator, expected=found.expected, due_at=now + 8 * DAY, reason="台风")
    with at(now + 6 * DAY):
        set_due_date(user=found.coordinator, expected=found.expected, due_at=None, reason="")

    def overdue_on(when: datetime.datetime) -> int:
        return matrix(user=found.coordinator, choice=ALL, now=now + 20 * DAY, as_of=when).count.overdue

    assert [overdue_on(now + days * DAY) for days in (0.5, 2, 4, 7)] == [0, 1, 0, 1]


def test_what_was_deleted_later_counts_as_it_stood_then_and_not_while_it_lay_in_the_bin() -> None:
    now = timezone.now()
    found = sides()
    send(found)
    with at(now + DAY):
        return_report(user=found.coordinator, submission=found.report, version=1, reason="请补充")
    with at(now + 2 * DAY):
        send(found)
        accept(user=found.coordinator, submission=found.report, version=2)
    with at(now + 3 * DAY):
        binned = bin_report(user=found.coordinator, submission=found.report, version=2, reason="报错单位")

    def on_days() -> list[CellKind]:
        kinds = []
        for days in (0.5, 1.5, 2.5, 3.5, 5.5, 6.5):
            told = matrix(user=found.coordinator, choice=ALL, now=now + 9 * DAY, as_of=now + days * DAY)
            kinds.append(told.rows[0].cells[0].verdict.kind)
        return kinds

    there = [CellKind.WAITING, CellKind.RETURNED, CellKind.ACCEPTED]
    away = on_days()[-1]
    assert away not in there
    assert on_days() == [*there, away, away, away]
    with at(now + 5 * DAY):
        restore(user=found.coordinator, binned=binned)
    assert on_days() == [*there, away, CellKind.ACCEPTED, CellKind.ACCEPTED]
    with at(now + 6 * DAY):
        bin_report(user=found.coordinator, submission=found.report, version=2, reason="报错单位")
        send(found)
    assert on_days() == [*there, away, CellKind.ACCEPTED, CellKind.WAITING]


def test_the_bin_costs_no_query(django_assert_max_num_queries: Any) -> None:
    found = sides()
    send(found)
    now = timezone.now()

    def look() -> None:
        matrix(user=found.coordinator, choice=ALL, now=now + 9 * DAY, as_of=now)

    with CaptureQueriesContext(connection) as before:
        look()
    with at(now + DAY):
        bin_report(user=found.coordinator, submission=found.report, version=1, reason="报错单位")
    with django_assert_max_num_queries(len(before)):
        look()


def test_the_state_is_that_of_the_day() -> None:
    now = timezone.now()
    found = sides()
    send(found)
    with at(now + DAY):
        return_report(user=found.coordinator, submission=found.report, version=1, reason="请补充")
    with at(now + 2 * DAY):
        send(found)
    with at(now + 3 * DAY):
        accept(user=found.coordinator, submission=found.report, version=2)

    def kind_on(when: datetime.datetime) -> CellKind:
        told = matrix(user=found.coordinator, choice=ALL, now=now + 9 * DAY, as_of=when)
        return told.rows[0].cells[0].verdict.kind

    days = [kind_on(now + days * DAY) for days in (0.5, 1.5, 2.5, 3.5)]
    assert days == [CellKind.WAITING, CellKind.RETURNED, CellKind.WAITING, CellKind.ACCEPTED]
    assert matrix(user=found.coordinator, choice=ALL, now=now, as_of=now - DAY).rows == [], "not expected yet"
