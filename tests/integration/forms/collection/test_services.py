"""Preparing, announcing and ending requirements; expected reports."""

import datetime

import pytest
from django.utils import timezone

from forms.builder.models import FormPage
from forms.collection.enums import ReportState, RequirementState
from forms.collection.expecting import ensure_expected_reports
from forms.collection.models import ExpectedReport, ReportingPeriod, Requirement
from forms.collection.schedule import make_expected_reports
from forms.collection.services import (
    RequirementRefusedError,
    close_requirement,
    open_requirement,
    save_requirement,
)
from portal.accounts.models import User
from portal.audit.enums import AuditAction
from portal.audit.models import AuditEvent
from portal.ops.schedule import registered
from portal.units.enums import Role
from tests.factories.collection import SCHEMA, PeriodFactory, RequirementFactory, publish_version, published_form
from tests.factories.submissions import report_in
from tests.factories.units import UnitFactory, person

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def prepared(*, units: int = 3, periods: int = 2) -> tuple[Requirement, User]:
    """A requirement in preparation and a coordinator of its unit."""
    requirement = RequirementFactory.create(
        state=RequirementState.DRAFT, units=[UnitFactory.create() for _ in range(units)]
    )
    for _ in range(periods):
        PeriodFactory.create(requirement=requirement, version=None)
    return requirement, person(Role.COORDINATOR, requirement.owner)


def test_every_unit_owes_every_period_before_anybody_submits() -> None:
    requirement, coordinator = prepared()
    assert open_requirement(user=coordinator, requirement=requirement) == 6
    assert ExpectedReport.objects.filter(period__requirement=requirement).count() == 6


def test_announcing_twice_expects_nothing_twice() -> None:
    requirement, coordinator = prepared()
    open_requirement(user=coordinator, requirement=requirement)
    assert open_requirement(user=coordinator, requirement=requirement) == 0
    assert ensure_expected_reports(requirement=requirement) == 0
    assert ExpectedReport.objects.count() == 6


def test_nothing_is_expected_of_a_requirement_in_preparation() -> None:
    requirement, _coordinator = prepared()
    assert ensure_expected_reports(requirement=requirement) == 0
    assert not ExpectedReport.objects.exists()


def test_a_unit_added_later_owes_its_reports_after_the_periodic_job() -> None:
    requirement, coordinator = prepared()
    open_requirement(user=coordinator, requirement=requirement)
    requirement.units.add(UnitFactory.create())
    assert make_expected_reports() == 2
    assert make_expected_reports() == 0
    assert "collection.expected_reports" in {job.name for job in registered()}


@pytest.mark.parametrize("at_once", [1, 3, 100])
def test_however_many_periods_are_looked_after_at_once_the_same_is_expected(
    at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("forms.collection.expecting.PERIODS_AT_ONCE", at_once)
    requirement, coordinator = prepared(periods=7)
    assert open_requirement(user=coordinator, requirement=requirement) == 21
    assert make_expected_reports() == 0
    ReportingPeriod.objects.filter(requirement=requirement).update(due_at=timezone.now() + 9 * DAY)
    requirement.units.remove(requirement.units.all()[0])
    make_expected_reports()
    assert ExpectedReport.objects.filter(period__requirement=requirement).count() == 14


def test_a_unit_that_no_longer_exists_on_the_due_day_owes_nothing() -> None:
    requirement, coordinator = prepared(units=1)
    requirement.units.add(UnitFactory.create(valid_until=timezone.localdate()))
    assert open_requirement(user=coordinator, requirement=requirement) == 2


def test_the_form_version_is_pinned_when_the_period_opens_and_stays() -> None:
    requirement, coordinator = prepared(periods=0)
    now = timezone.now()
    opened = PeriodFactory.create(requirement=requirement, version=None, opens_at=now - DAY)
    later = PeriodFactory.create(requirement=requirement, version=None, opens_at=now + DAY)
    first = requirement.form.current_version
    open_requirement(user=coordinator, requirement=requirement)
    second = publish_version(requirement.form, SCHEMA)
    ensure_expected_reports(requirement=requirement, now=now + 2 * DAY)
    opened.refresh_from_db()
    later.refresh_from_db()
    assert (opened.version, later.version) == (first, second)


@pytest.mark.parametrize(("units", "periods"), [(0, 1), (1, 0)])
def test_a_requirement_without_units_or_periods_is_not_announced(units: int, periods: int) -> None:
    requirement, coordinator = prepared(units=units, periods=periods)
    with pytest.raises(RequirementRefusedError):
        open_requirement(user=coordinator, requirement=requirement)
    requirement.refresh_from_db()
    assert requirement.state == RequirementState.DRAFT


def test_a_requirement_on_a_form_that_was_never_published_is_not_announced() -> None:
    requirement, coordinator = prepared()
    page = published_form()
    requirement.form = page.add_sibling("right", instance=FormPage(title="未发布", slug="unpublished"))
    requirement.save()
    with pytest.raises(RequirementRefusedError):
        open_requirement(user=coordinator, requirement=requirement)


@pytest.mark.parametrize("role", [Role.REPORTER, Role.STAFF, Role.LEADER, Role.EDITOR, Role.AUDITOR])
def test_only_coordinators_announce(role: Role) -> None:
    requirement, _coordinator = prepared()
    with pytest.raises(RequirementRefusedError):
        open_requirement(user=person(role, requirement.owner), requirement=requirement)


def test_a_coordinator_of_another_unit_changes_nothing_and_an_administrator_does() -> None:
    requirement, _coordinator = prepared()
    with pytest.raises(RequirementRefusedError):
        open_requirement(user=person(Role.COORDINATOR), requirement=requirement)
    assert open_requirement(user=person(Role.ADMINISTRATOR), requirement=requirement) == 6


def test_an_ended_requirement_expects_nothing_new() -> None:
    requirement, coordinator = prepared()
    open_requirement(user=coordinator, requirement=requirement)
    close_requirement(user=coordinator, requirement=requirement)
    requirement.units.add(UnitFactory.create())
    assert ensure_expected_reports(requirement=requirement) == 0
    with pytest.raises(RequirementRefusedError):
        close_requirement(user=coordinator, requirement=requirement)


def test_each_step_is_in_the_audit_log() -> None:
    requirement, coordinator = prepared()
    save_requirement(user=coordinator, requirement=requirement, units=requirement.units.all(), periods=[])
    open_requirement(user=coordinator, requirement=requirement)
    close_requirement(user=coordinator, requirement=requirement)
    told = (
        AuditEvent.objects.filter(target_type="collection.requirement").order_by("pk").values_list("action", flat=True)
    )
    assert list(told) == [AuditAction.CHANGE, AuditAction.PUBLISH, AuditAction.CHANGE]


def test_a_unit_taken_off_the_list_owes_nothing_unless_it_has_written_something() -> None:
    requirement, coordinator = prepared(units=2, periods=1)
    open_requirement(user=coordinator, requirement=requirement)
    begun, untouched = ExpectedReport.objects.filter(period__requirement=requirement)
    report_in(ReportState.DRAFT, begun)
    save_requirement(user=coordinator, requirement=requirement, units=[UnitFactory.create()], periods=[])
    left = ExpectedReport.objects.filter(period__requirement=requirement)
    assert begun in left
    assert untouched not in left
    assert left.count() == 2


def test_a_period_in_which_something_was_written_cannot_be_removed() -> None:
    requirement, coordinator = prepared(units=1, periods=2)
    open_requirement(user=coordinator, requirement=requirement)
    begun, other = requirement.periods.all()
    report_in(ReportState.SUBMITTED, begun.expected.get())
    units = list(requirement.units.all())
    with pytest.raises(RequirementRefusedError, match=begun.name):
        save_requirement(user=coordinator, requirement=requirement, units=units, periods=[], removed=[begun])
    save_requirement(user=coordinator, requirement=requirement, units=units, periods=[], removed=[other])
    assert list(ReportingPeriod.objects.all()) == [begun]
