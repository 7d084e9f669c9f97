"""The page of units and periods: what a cell says, who sees which, how many questions it asks the database."""

import datetime
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from forms.collection.enums import ReportState
from forms.collection.models import ExpectedReport
from forms.collection.progress import tallies
from forms.collection.waiving import waive
from forms.reporting.matrix.drawing import body
from forms.reporting.matrix.enums import CellKind
from forms.reporting.matrix.services import Choice, TooManyError, matrix
from portal.accounts.models import User
from portal.units.access import forget_access
from portal.units.enums import Role
from tests.factories.collection import ExpectedReportFactory, PeriodFactory
from tests.factories.submissions import report_in, sides
from tests.factories.units import UnitFactory, person

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
ALL = Choice(datetime.date(2000, 1, 1), datetime.date(2100, 1, 1))


def page(user: User, **asked: str) -> str:
    client = Client()
    client.force_login(user)
    answer = client.get(reverse("reporting:matrix"), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_figures_are_those_of_the_requirements_page() -> None:
    period = PeriodFactory.create()
    ExpectedReportFactory.create(period=period)
    for state in ReportState:
        report_in(state, ExpectedReportFactory.create(period=period))
    found = sides(ExpectedReportFactory.create(period=period))
    waive(user=found.coordinator, expected=found.expected, reason="机构已撤并")
    for now in (timezone.now(), period.due_at + DAY):
        told = matrix(user=person(Role.LEADER), choice=ALL, now=now)
        tally = tallies(ExpectedReport.objects.all(), now=now)[period.pk]
        (column,) = told.columns
        assert (column.count.completeness, column.count.timeliness) == (tally.completeness, tally.timeliness)
        assert column.count.overdue == tally.overdue
        assert told.count == column.count


def test_each_state_is_said_in_words_and_by_a_mark_of_its_own() -> None:
    period = PeriodFactory.create()
    for state in ReportState:
        report_in(state, ExpectedReportFactory.create(period=period))
    shown = page(person(Role.LEADER))
    for words in ("待审核", "退回", "草稿", "按时报送，已审核通过"):
        assert f'aria-label="{words}' in shown
    assert len({kind.mark for kind in CellKind}) == len(CellKind)


def test_a_cell_leads_to_the_report_only_for_whoever_may_read_it() -> None:
    period = PeriodFactory.create()
    sent = report_in(ReportState.SUBMITTED, ExpectedReportFactory.create(period=period))
    draft = report_in(ReportState.DRAFT, ExpectedReportFactory.create(period=period))
    to_sent, to_draft = (reverse("submissions:detail", args=[one.expected.pk]) for one in (sent, draft))
    coordinator = page(person(Role.COORDINATOR, period.requirement.owner))
    assert f'href="{to_sent}"' in coordinator
    assert f'href="{to_draft}"' not in coordinator
    assert str(draft.expected.unit) in coordinator
    own = page(draft.reporter)
    assert f'href="{to_draft}"' in own
    assert str(sent.expected.unit) not in re.sub(r"<select.*?</select>", "", own, flags=re.DOTALL)


def test_a_unit_counts_its_own_reports_only_and_is_told_so() -> None:
    found = report_in(ReportState.ACCEPTED)
    for _ in range(3):
        ExpectedReportFactory.create(period=found.expected.period)
    told = page(found.reporter)
    assert "1 / 1 = 100 %" in told
    assert "仅限您有权了解的报送" in told
    assert "1 / 4 = 25 %" in page(person(Role.LEADER))


def test_the_number_of_queries_does_not_grow() -> None:
    period = PeriodFactory.create()
    report_in(ReportState.ACCEPTED, ExpectedReportFactory.create(period=period))
    user, now = person(Role.LEADER), timezone.now() + 2 * DAY

    def queries(as_of: datetime.datetime | None) -> int:
        forget_access(user)
        with CaptureQueriesContext(
            connection,
        ) as caught:
            body(matrix(user=user, choice=ALL, now=now, as_of=as_of))
        return len(caught)

    few = queries(None), queries(now - DAY)
    for _ in range(3):
        other = PeriodFactory.create()
        for state in ReportState:
            report_in(state, ExpectedReportFactory.create(period=other))
    assert (queries(None), queries(now - DAY)) == few
    assert max(few) <= 6


def test_units_stand_in_the_order_of_the_tree_and_ended_ones_say_so() -> None:
    now = timezone.now()
    first, second = UnitFactory(), UnitFactory()
    below = UnitFactory(parent=first, valid_until=timezone.localdate(now) - DAY)
    period = PeriodFactory.create()
    for unit in (second, below, first):
        ExpectedReportFactory.create(period=period, unit=unit)
    leader = person(Role.LEADER)
    rows = matrix(user=leader, choice=ALL, now=now).rows
    assert [(row.unit, row.has_ended) for row in rows] == [(first, False), (below, True), (second, False)]
    assert "撤销" in page(leader)
    only = matrix(user=leader, choice=Choice(ALL.first, ALL.last, unit=first), now=now)
    assert [row.unit for row in only.rows] == [first, below]


def test_periods_that_have_not_opened_are_in_no_total_of_a_unit() -> None:
    now = timezone.now()
    period = PeriodFactory.create(opens_at=now + DAY, due_at=now + 2 * DAY)
    ExpectedReportFactory.create(period=period)
    told = matrix(user=person(Role.LEADER), choice=ALL, now=now)
    assert told.count.expected == 0
    assert told.rows[0].count.completeness.percent is None
    assert told.rows[0].cells[0].verdict.kind == CellKind.NOT_DUE


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"as_of": "2999-01-01T10:00"}, "该时间尚未到来"),
        ({"from": "2026-05-01", "to": "2026-04-01"}, "结束日期早于开始日期"),
        ({"as_of": "gestern"}, "invalid-feedback"),
        ({"unit": "x"}, "invalid-feedback"),
        ({"requirement": "999999"}, "invalid-feedback"),
    ],
)
def test_a_choice_that_makes_no_sense_is_explained_beside_its_field(asked: dict[str, str], said: str) -> None:
    client = Client()
    client.force_login(person(Role.LEADER))
    answer = client.get(reverse("reporting:matrix"), asked)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_more_than_a_page_holds_is_refused_with_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("forms.reporting.matrix.services.MOST_CELLS", 2)
    period = PeriodFactory.create()
    for _ in range(3):
        ExpectedReportFactory.create(period=period)
    leader = person(Role.LEADER)
    with pytest.raises(TooManyError):
        matrix(user=leader, choice=ALL, now=timezone.now())
    client = Client()
    client.force_login(leader)
    answer = client.get(reverse("reporting:matrix"))
    assert "一页显示不下" in answer.content.decode()


def test_names_are_text_in_the_table() -> None:
    ExpectedReportFactory.create(unit=UnitFactory(name="<script>alert(1)</script>"))
    assert "<script>alert(1)" not in page(person(Role.LEADER))


def test_in_english_there_is_no_chinese_but_names() -> None:
    report_in(ReportState.SUBMITTED)
    with translation.override("en"):
        told = body(matrix(user=person(Role.LEADER), choice=ALL, now=timezone.now()))
    assert 'aria-label="Waiting for review"' in told
    assert "Completeness 1 / 1 = 100 %" in told
