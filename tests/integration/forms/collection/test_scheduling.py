"""Periods made ahead by a schedule, units that come and go, dates of single units."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from forms.collection.enums import RequirementState
from forms.collection.expecting import keep_all_up
from forms.collection.models import ExpectedReport, ReportingPeriod, Requirement
from forms.collection.scheduling.enums import Anchor, Frequency, Roll
from forms.collection.scheduling.rules import Schedule
from forms.collection.services import RequirementRefusedError, open_requirement, set_due_date
from portal.audit.models import AuditEvent
from portal.calendars.enums import DayKind, LengthUnit
from portal.calendars.rules import Limit
from portal.calendars.services import enter_notice
from portal.programmes.enums import UnitRole
from portal.programmes.models import TaskUnit
from portal.units.enums import Role
from tests.factories.collection import ExpectedReportFactory, PeriodFactory, RequirementFactory
from tests.factories.programmes import TaskFactory
from tests.factories.submissions import report_in
from tests.factories.units import UnitFactory, person

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)
MONTHLY = Schedule(
    Frequency.MONTHLY,
    datetime.date(2026, 10, 1),
    datetime.date(2027, 3, 31),
    due=Limit(5, LengthUnit.WORKING_DAYS),
    closes=Limit(10),
)


def at(text: str) -> datetime.datetime:
    """An instant in the site's zone."""
    return timezone.make_aware(datetime.datetime.fromisoformat(text))


def scheduled(schedule: Schedule = MONTHLY, **fields: Any) -> Requirement:
    """A requirement that is being collected by a schedule, without a period so far."""
    return RequirementFactory.create(schedule=schedule.to_json(), **fields)


def test_a_year_of_periods_is_made_and_reports_are_expected_a_month_ahead() -> None:
    unit = UnitFactory.create()
    requirement = scheduled(units=[unit])
    now = at("2026-10-10T09:00")
    keep_all_up(now)
    assert requirement.periods.count() == 6
    expected = ExpectedReport.objects.values_list("period__name", flat=True)
    assert sorted(expected) == ["2026年10月", "2026年11月"]
    assert keep_all_up(now) == 0
    keep_all_up(now + 60 * DAY)  # the worker was down for two months
    assert ExpectedReport.objects.count() == 4


def test_periods_that_have_opened_keep_their_dates_and_the_others_follow_the_schedule() -> None:
    requirement = scheduled(units=[UnitFactory.create()])
    keep_all_up(at("2026-11-10T09:00"))
    dues = dict(requirement.periods.values_list("name", "due_at"))
    requirement.schedule = MONTHLY.to_json() | {"due": [10, "working_days"]}
    requirement.save()
    keep_all_up(at("2026-11-10T09:00"))
    after = dict(requirement.periods.values_list("name", "due_at"))
    assert after["2026年11月"] == dues["2026年11月"]
    assert after["2026年12月"] > dues["2026年12月"]


def test_estimates_are_reckoned_again_once_the_notice_is_entered() -> None:
    requirement = scheduled(units=[UnitFactory.create()])
    now = at("2026-11-10T09:00")
    keep_all_up(now)
    period = requirement.periods.get(name="2026年12月")
    assert period.is_estimate
    assert timezone.localdate(period.due_at) == datetime.date(2027, 1, 7)
    enter_notice(
        user=person(Role.ADMINISTRATOR),
        year=2027,
        notice="甲号",
        days={datetime.date(2027, 1, 1): (DayKind.HOLIDAY, "元旦")},
    )
    keep_all_up(now)
    period.refresh_from_db()
    assert not period.is_estimate
    assert timezone.localdate(period.due_at) == datetime.date(2027, 1, 8)


def test_what_the_schedule_names_no_more_goes_unless_it_has_opened() -> None:
    requirement = scheduled(units=[UnitFactory.create()])
    now = at("2026-11-10T09:00")
    keep_all_up(now)
    requirement.schedule = MONTHLY.to_json() | {"last": "2026-12-31"}
    requirement.save()
    keep_all_up(now)
    assert requirement.periods.count() == 3


def test_a_schedule_does_not_touch_periods_entered_by_hand_even_of_the_same_name() -> None:
    requirement = scheduled(units=[UnitFactory.create()])
    own = PeriodFactory.create(requirement=requirement, name="2026年12月")
    keep_all_up(at("2026-11-10T09:00"))
    assert ReportingPeriod.objects.filter(pk=own.pk, first_day=None).exists()
    assert requirement.periods.count() == 7


def test_units_below_others_and_units_of_the_task_report_whoever_they_are_on_the_day() -> None:
    district = UnitFactory.create()
    below = district.add_child(instance=UnitFactory.build())
    task = TaskFactory.create()
    leading = TaskUnit.objects.create(task=task, unit=UnitFactory.create(), role=UnitRole.LEAD)
    TaskUnit.objects.create(task=task, unit=UnitFactory.create(), role=UnitRole.ASSISTING)
    requirement = scheduled(task=task, task_roles=[UnitRole.LEAD.value])
    requirement.subtrees.add(district)
    now = at("2026-10-10T09:00")
    keep_all_up(now)
    units = set(ExpectedReport.objects.values_list("unit", flat=True))
    assert units == {below.pk, leading.unit_id}
    joined = district.add_child(instance=UnitFactory.build(valid_from=datetime.date(2026, 12, 1)))
    keep_all_up(now + DAY)
    assert set(joined.expected_reports.values_list("period__name", flat=True)) == {"2026年11月"}  # due in December


def test_a_unit_that_ends_owes_nothing_that_is_due_later_but_keeps_what_it_has_begun() -> None:
    unit, other = UnitFactory.create(), UnitFactory.create()
    requirement = scheduled(units=[unit, other])
    now = at("2026-10-10T09:00")
    keep_all_up(now)
    report_in("draft", ExpectedReport.objects.get(unit=other, period__name="2026年10月"))  # type: ignore[arg-type]
    type(unit).objects.filter(pk__in=[unit.pk, other.pk]).update(valid_until=datetime.date(2026, 10, 31))
    keep_all_up(now)
    assert not unit.expected_reports.exists()
    assert set(other.expected_reports.values_list("period__name", flat=True)) == {"2026年10月"}
    assert requirement.periods.count() == 6


def test_a_grace_counts_as_in_time_wherever_lateness_is_counted() -> None:
    now = timezone.now()
    period = PeriodFactory.create(
        opens_at=now - 5 * DAY, due_at=now - DAY, late_after=now + DAY, requirement__state=RequirementState.OPEN
    )
    expected = ExpectedReportFactory.create(period=period)
    assert not expected.window.is_late(now)
    annotated: Any = ExpectedReport.objects.with_window().get()
    assert annotated.late_after == now + DAY


def test_opening_a_requirement_by_schedule_needs_no_period_of_its_own() -> None:
    requirement = scheduled(state=RequirementState.DRAFT, units=[UnitFactory.create()])
    coordinator = person(Role.COORDINATOR, requirement.owner)
    assert open_requirement(user=coordinator, requirement=requirement, now=at("2026-10-10T09:00")) == 2


def test_one_unit_gets_a_date_of_its_own_with_a_reason_and_loses_it_again() -> None:
    expected = ExpectedReportFactory.create()
    coordinator = person(Role.COORDINATOR, expected.period.requirement.owner)
    later = expected.period.due_at + 3 * DAY
    with pytest.raises(RequirementRefusedError):
        set_due_date(user=coordinator, expected=expected, due_at=later, reason=" ")
    with pytest.raises(RequirementRefusedError):
        set_due_date(user=coordinator, expected=expected, due_at=expected.period.opens_at, reason="台风")
    with pytest.raises(RequirementRefusedError):
        set_due_date(user=person(Role.REPORTER, expected.unit), expected=expected, due_at=later, reason="台风")
    assert set_due_date(user=coordinator, expected=expected, due_at=later, reason="台风").window.due_at == later
    assert AuditEvent.objects.filter(summary="collection.due_date").count() == 1
    taken_back = set_due_date(user=coordinator, expected=expected, due_at=None, reason="")
    assert (taken_back.due_override, taken_back.due_reason) == (None, "")


# --- on screens ---

TYPED = {
    "schedule-frequency": "quarterly",
    "schedule-first": "2026-10-01",
    "schedule-last": "2027-03-31",
    "schedule-due_from": "end",
    "schedule-due_side": "after",
    "schedule-due_amount": "5",
    "schedule-due_unit": "working_days",
    "schedule-due_time": "17:30",
    "schedule-roll": "next",
    "schedule-opens_from": "due",
    "schedule-opens_side": "before",
    "schedule-opens_amount": "20",
    "schedule-opens_unit": "days",
    "schedule-closes_amount": "10",
    "schedule-closes_unit": "days",
}


def coordinators_browser(requirement: Requirement) -> Client:
    """A browser of a coordinator of the collecting unit, in Chinese."""
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(person(Role.COORDINATOR, requirement.owner))
    return client


def posted(requirement: Requirement, **typed: Any) -> dict[str, Any]:
    """What the page of the requirement posts."""
    unit = requirement.units.first()
    base = {
        "title": "季度小结",
        "form": requirement.form_id,
        "owner": requirement.owner_id,
        "units": [unit.pk if unit else ""],
    }
    return {**base, **TYPED, **typed}


def test_a_coordinator_looks_at_a_schedule_before_storing_it_and_every_date_explains_itself() -> None:
    requirement = RequirementFactory.create(state=RequirementState.DRAFT, units=[UnitFactory.create()])
    client = coordinators_browser(requirement)
    page = client.post("/requirements/schedule/", TYPED).content.decode()
    assert "2026年第4季度" in page
    assert "2026-12-31 后第 5 个工作日 = 2027-01-07（估算" in page
    assert not requirement.periods.exists()
    stored = client.post(f"/requirements/{requirement.pk}/edit/", posted(requirement))
    assert stored.status_code == 302
    requirement.refresh_from_db()
    assert requirement.schedule["opens_from"] == "due"
    assert list(requirement.periods.values_list("name", flat=True)) == ["2026年第4季度", "2027年第1季度"]
    assert "后第 5 个工作日" in client.get(f"/requirements/{requirement.pk}/").content.decode()


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("last", "2026-09-01", "schedule-last"),
        ("last", "2200-01-01", "schedule-last"),
        ("due_amount", "五", "schedule-due_amount"),
        ("due_amount", "-3", "schedule-due_amount"),
        ("first", "", "schedule-first"),
    ],
)
def test_a_schedule_that_cannot_be_is_said_at_its_field_and_kept(field: str, typed: str, said: str) -> None:
    requirement = RequirementFactory.create(state=RequirementState.DRAFT, units=[UnitFactory.create()])
    client = coordinators_browser(requirement)
    wrong = posted(
        requirement, **{f"schedule-{field}": typed, **({"schedule-frequency": "weekly"} if "2200" in typed else {})}
    )
    answer = client.post(f"/requirements/{requirement.pk}/edit/", wrong)
    assert answer.status_code == 422
    body = answer.content.decode()
    assert f'id="id_{said}_error"' in body
    assert typed in body
    requirement.refresh_from_db()
    assert requirement.schedule is None


@pytest.mark.parametrize(("typed", "kept"), [("2026-12-10、2027年4月10日", 2), ("2026-12-10\n2026-12-10", 1)])
def test_dates_are_typed_as_people_write_them(typed: str, kept: int) -> None:
    requirement = RequirementFactory.create(state=RequirementState.DRAFT, units=[UnitFactory.create()])
    dates = {"schedule-frequency": "dates", "schedule-dates": typed}
    answer = coordinators_browser(requirement).post(
        f"/requirements/{requirement.pk}/edit/", posted(requirement, **dates)
    )
    assert answer.status_code == 302
    assert requirement.periods.count() == kept


def test_a_date_that_is_none_is_named() -> None:
    requirement = RequirementFactory.create(state=RequirementState.DRAFT, units=[UnitFactory.create()])
    dates = {"schedule-frequency": "dates", "schedule-dates": "2026-12-10、2027-02-30"}
    page = coordinators_browser(requirement).post("/requirements/schedule/", {**TYPED, **dates}).content.decode()
    assert "2027-02-30" in page


def test_somebody_must_report_and_roles_need_a_task() -> None:
    requirement = RequirementFactory.create(state=RequirementState.DRAFT)
    client = coordinators_browser(requirement)
    answer = client.post(f"/requirements/{requirement.pk}/edit/", posted(requirement, units=[]))
    assert answer.context["form"].errors["units"]
    answer = client.post(f"/requirements/{requirement.pk}/edit/", posted(requirement, units=[], task_roles=["lead"]))
    assert answer.context["form"].errors["task_roles"]


def test_a_coordinator_sets_the_date_of_a_unit_on_its_page() -> None:
    expected = ExpectedReportFactory.create()
    requirement = expected.period.requirement
    client = coordinators_browser(requirement)
    address = f"/requirements/expected/{expected.pk}/due/"
    later = timezone.localtime(expected.period.due_at + 3 * DAY).strftime("%Y-%m-%dT%H:%M")
    refused = client.post(address, {"due_at": later, "reason": ""})
    assert refused.status_code == 422
    assert later in refused.content.decode()
    assert client.post(address, {"due_at": later, "reason": "台风影响"}).status_code == 302
    assert "台风影响" in client.get(f"/requirements/{requirement.pk}/?period={expected.period_id}").content.decode()


def test_others_neither_preview_nor_change_dates() -> None:
    expected = ExpectedReportFactory.create()
    client = Client()
    client.force_login(person(Role.REPORTER, expected.unit))
    assert client.post("/requirements/schedule/", TYPED).status_code == 403
    assert client.post(f"/requirements/expected/{expected.pk}/due/", {"due_at": "", "reason": ""}).status_code == 403


def test_anchors_of_a_schedule_of_dates_are_its_dates() -> None:
    schedule = Schedule(
        Frequency.DATES, dates=(datetime.date(2026, 12, 10),), opens=Limit(-5), opens_from=Anchor.DUE, roll=Roll.NEXT
    )
    requirement = scheduled(schedule, units=[UnitFactory.create()])
    keep_all_up(at("2026-12-01T09:00"))
    period = requirement.periods.get()
    assert timezone.localdate(period.opens_at) == datetime.date(2026, 12, 5)
