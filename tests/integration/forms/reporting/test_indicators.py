"""Indicators worked out from accepted reports: what counts, what does not, and what it is made of."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from forms.builder.schema import FieldSchema, FormSchema
from forms.collection.enums import ReportState
from forms.collection.models import ReportingPeriod, Requirement
from forms.reporting.indicators.enums import Aggregation, Split
from forms.reporting.indicators.models import Indicator
from forms.reporting.indicators.services import Result, worked_out
from forms.reporting.matrix.services import Choice
from forms.submissions.nil import report_nothing
from forms.submissions.review.services import accept
from forms.submissions.simulation.clock import at
from portal.accounts.models import User
from portal.units.enums import Role
from portal.units.models import Unit
from tests.factories.collection import (
    ExpectedReportFactory,
    PeriodFactory,
    RequirementFactory,
    publish_version,
    published_form,
)
from tests.factories.submissions import report_in, send, sides
from tests.factories.units import UnitFactory, person

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
ALL = Choice(datetime.date(2000, 1, 1), datetime.date(2100, 1, 1))

KINDS = [{"code": "1", "label": "街面"}, {"code": "2", "label": "车站"}]
SCHEMA = FormSchema(
    title="月报",
    fields=(
        FieldSchema(key="people", type="number", label="救助人次", options={"unit": "人次", "decimals": 2}),
        FieldSchema(key="7", type="money", label="支出"),
        FieldSchema(key="drill", type="yes_no", label="是否演练", options={"na": True}),
        FieldSchema(key="where", type="choice", label="地点", options={"choices": KINDS}),
        FieldSchema(key="ways", type="multiple_choice", label="方式", options={"choices": KINDS}),
        FieldSchema(key="secret", type="number", label="敏感", options={"sensitive": True}),
        FieldSchema(
            key="problems",
            type="table",
            label="问题清单",
            columns=(
                FieldSchema(key="cost", type="number", label="费用"),
                FieldSchema(key="kind", type="choice", label="类别", options={"choices": KINDS}),
            ),
        ),
    ),
)


class City:
    """A requirement with periods, and reports sent to it."""

    def __init__(self) -> None:
        self.requirement: Requirement = RequirementFactory.create(form=published_form(SCHEMA), allows_nil=True)
        self.leader: User = person(Role.LEADER)
        self.periods = [self._period(number) for number in range(2)]

    def _period(self, number: int) -> ReportingPeriod:
        due = timezone.now() + (5 + 30 * number) * DAY
        return PeriodFactory.create(requirement=self.requirement, name=f"{number + 1}月", due_at=due)

    def report(self, unit: Unit, period: int = 0, state: ReportState = ReportState.ACCEPTED, **answers: Any) -> None:
        expected = ExpectedReportFactory.create(period=self.periods[period], unit=unit)
        report_in(state, expected, answers)

    def figure(self, question: str, aggregation: Aggregation, split: Split = Split.UNIT, **more: Any) -> Result:
        given = {"requirement": self.requirement, "form": self.requirement.form, **more}
        made = Indicator.objects.create(title="指标", question=question, aggregation=aggregation, split=split, **given)
        (found,) = worked_out([made], user=self.leader, choice=ALL)
        return found


@pytest.fixture
def city() -> City:
    return City()


def values(found: Result) -> dict[str, Decimal | None]:
    return {line.label: line.figure.value for line in found.lines}


def test_only_accepted_reports_count_and_units_add_up(city: City) -> None:
    first, second = UnitFactory(), UnitFactory()
    city.report(first, people=0.1)
    city.report(first, period=1, people=0.2)
    city.report(second, people=12)
    city.report(UnitFactory(), state=ReportState.SUBMITTED, people=1000)
    city.report(UnitFactory(), state=ReportState.RETURNED, people=1000)
    found = city.figure("people", Aggregation.SUM)
    assert values(found) == {str(first): Decimal("0.3"), str(second): 12}
    assert found.total.value == Decimal("12.3")
    assert (found.total.accepted, found.total.answered) == (3, 3)
    assert found.measure == "人次"
    trend = city.figure("people", Aggregation.SUM, Split.PERIOD)
    assert values(trend) == {"1月": Decimal("12.1"), "2月": Decimal("0.2")}


def test_missing_answers_and_nil_reports_are_told_apart(city: City) -> None:
    city.report(UnitFactory(), people=4)
    city.report(UnitFactory(), people=None)
    nil = sides(ExpectedReportFactory.create(period=city.periods[0]))
    report_nothing(user=nil.reporter, expected=nil.expected, note="本期无", revision=0, key=_key())
    accept(user=nil.coordinator, submission=nil.report, version=1)
    total = city.figure("people", Aggregation.AVERAGE).total
    assert (total.accepted, total.answered, total.nil) == (3, 1, 1)
    assert (total.value, total.total, total.number) == (4, 4, 1)


def test_the_latest_value_is_that_of_the_newest_period(city: City) -> None:
    first, second = UnitFactory(), UnitFactory()
    city.report(first, period=1, people=3)
    city.report(first, period=0, people=50)
    city.report(second, people=7)
    found = city.figure("people", Aggregation.LATEST)
    assert values(found) == {str(first): 3, str(second): 7}
    assert found.total.value == 10


def test_a_key_of_digits_and_a_code_of_digits_are_what_they_are(city: City) -> None:
    first: dict[str, Any] = {"7": 10.25, "where": "1", "ways": ["1", "2"]}
    second: dict[str, Any] = {"7": 0.75, "where": "2", "ways": ["2"]}
    city.report(UnitFactory(), **first)
    city.report(UnitFactory(), **second)
    assert city.figure("7", Aggregation.SUM).total.value == 11
    assert values(city.figure("where", Aggregation.CHOICE, Split.CHOICE)) == {"街面": 1, "车站": 1}
    ways = city.figure("ways", Aggregation.COUNT, Split.CHOICE)
    assert values(ways) == {"街面": 1, "车站": 2}
    assert {line.figure.number for line in ways.lines} == {2}
    assert city.figure("ways", Aggregation.CHOICE, choice="2").total.value == 2


def test_a_share_of_yes_leaves_out_what_does_not_apply(city: City) -> None:
    for answer in (True, True, False, "na"):
        city.report(UnitFactory(), drill=answer)
    total = city.figure("drill", Aggregation.SHARE_YES).total
    assert (total.hits, total.number) == (2, 3)


def test_columns_of_a_table_are_counted_row_by_row_and_picked_by_a_choice(city: City) -> None:
    rows = [{"cost": 1.5, "kind": "1"}, {"cost": 2, "kind": "2"}, {"cost": None, "kind": "1"}]
    city.report(UnitFactory(), problems=rows, where="1")
    city.report(UnitFactory(), problems=rows[:1], where="2")
    assert city.figure("problems", Aggregation.COUNT).total.value == 4
    assert city.figure("problems.cost", Aggregation.SUM).total.value == 5
    picked: dict[str, Any] = {"filter_question": "problems.kind", "filter_choice": "1"}
    assert city.figure("problems.cost", Aggregation.SUM, **picked).total.value == 3
    assert city.figure("problems", Aggregation.COUNT, **picked).total.value == 3
    assert city.figure("problems.cost", Aggregation.SUM, filter_question="where", filter_choice="2").total.value == 1.5
    assert values(city.figure("problems.kind", Aggregation.CHOICE, Split.CHOICE)) == {"街面": 3, "车站": 1}


def test_each_person_counts_what_that_person_may_read(city: City) -> None:
    first, second = UnitFactory(), UnitFactory()
    city.report(first, people=1)
    city.report(second, people=2)
    made = city.figure("people", Aggregation.SUM).indicator
    seen = {
        role: worked_out([made], user=person(role, unit), choice=ALL)[0].total.value
        for role, unit in (
            (Role.REPORTER, first),
            (Role.STAFF, city.requirement.owner),
            (Role.COORDINATOR, city.requirement.owner),
            (Role.AUDITOR, UnitFactory()),
            (Role.COORDINATOR, UnitFactory()),
            (Role.SUPERVISOR, first),
        )
    }
    assert seen[Role.REPORTER] == 1
    assert seen[Role.STAFF] == seen[Role.AUDITOR] == 3
    assert seen[Role.COORDINATOR] is None, "of another unit"
    assert seen[Role.SUPERVISOR] is None


def test_as_of_an_instant_counts_what_was_accepted_then(city: City) -> None:
    now = timezone.now()
    found = sides(ExpectedReportFactory.create(period=city.periods[0]))
    send(found, {"people": 5})
    with at(now + 2 * DAY):
        accept(user=found.coordinator, submission=found.report, version=1)
    made = Indicator.objects.create(
        title="人次", form=city.requirement.form, question="people", aggregation=Aggregation.SUM
    )
    told = [worked_out([made], user=city.leader, choice=ALL, as_of=now + days * DAY)[0].total for days in (1, 3)]
    assert [(one.value, one.accepted) for one in told] == [(None, 0), (5, 1)]


def test_a_question_that_was_retired_says_so_and_keeps_its_past(city: City) -> None:
    city.report(UnitFactory(), people=5)
    changed = FormSchema(title="月报", fields=tuple(one for one in SCHEMA if one.key != "people"))
    publish_version(city.requirement.form, changed)
    found = city.figure("people", Aggregation.SUM)
    assert found.total.value == 5
    assert "不再" in found.problems[0].words
    assert not found.problems[0].is_broken
    broken = city.figure("nothing", Aggregation.SUM)
    assert broken.problems[0].is_broken
    assert broken.lines == []


def test_a_sensitive_question_is_counted_and_nothing_else(city: City) -> None:
    city.report(UnitFactory(), secret=5)
    assert city.figure("secret", Aggregation.SUM).problems[0].is_broken
    assert city.figure("secret", Aggregation.COUNT).total.value == 1


def test_the_number_of_queries_is_that_of_one_indicator(city: City, django_assert_num_queries: Any) -> None:
    for number in range(3):
        city.report(UnitFactory(), people=number, problems=[{"cost": 1}])
    asked = [("people", Split.UNIT), ("people", Split.PERIOD), ("problems.cost", Split.UNIT), ("where", Split.UNIT)]
    made = [city.figure(question, Aggregation.COUNT, split).indicator for question, split in asked]
    with django_assert_num_queries(4):
        worked_out(made, user=city.leader, choice=ALL)


def _key() -> Any:
    import uuid

    return uuid.uuid4()
