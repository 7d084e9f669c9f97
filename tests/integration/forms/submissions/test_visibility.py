"""Who sees a report, its versions, files and history: the database's answer, the index's tokens and the table agree."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms.collection.enums import ReportState, RequirementState
from forms.collection.models import ExpectedReport, Requirement
from forms.submissions.models import Submission, SubmissionEvent, SubmissionFile, SubmissionVersion
from forms.submissions.review.services import accept, return_report
from forms.submissions.visibility import audience
from portal.accounts.models import User
from portal.units.access import access_for
from portal.units.enums import INSIDERS, SEES_EVERY_REPORT, Role
from portal.units.models import Unit
from tests.factories.collection import ExpectedReportFactory, PeriodFactory, RequirementFactory
from tests.factories.submissions import Sides, attach, report_in, send_with_file, sides
from tests.factories.units import MembershipFactory, UnitFactory, UserFactory, person

pytestmark = pytest.mark.django_db

appointments = st.lists(
    st.tuples(st.sampled_from(list(Role)), st.integers(0, 4), st.sampled_from(["in force", "ended", "to come"])),
    max_size=4,
    unique_by=lambda one: one[:2],
)


def appoint(user: User, role: Role, unit: Unit, when: str) -> None:
    """A membership in force, ended or to come."""
    today, day = timezone.localdate(), datetime.timedelta(days=1)
    dates: dict[str, Any] = {"ended": {"valid_until": today - day}, "to come": {"valid_from": today + day}}
    MembershipFactory.create(user=user, role=role, unit=unit, **dates.get(when, {}))


def sees_by_the_table(user: User, report: Submission) -> bool:
    """The table of `forms.submissions.visibility`, written a second time in plain Python."""
    held = [(one.role, one.unit_id) for one in user.memberships.active()]
    unit_id, owner_id = report.expected.unit_id, report.expected.period.requirement.owner_id
    sent, accepted = report.first_sent_at is not None, report.report_state == ReportState.ACCEPTED
    return any(
        (unit == unit_id and role in INSIDERS)
        or (unit == owner_id and role == Role.COORDINATOR and sent)
        or (unit == owner_id and role == Role.STAFF and accepted)
        or (role in SEES_EVERY_REPORT and sent)
        for role, unit in held
    )


@pytest.fixture
def units() -> list[Unit]:
    """Two units that collect, four that report; one collects from the other, too."""
    return [UnitFactory.create() for _ in range(6)]


@pytest.fixture
def reports(units: list[Unit]) -> list[Sides]:
    """Reports in every state, to both collecting units."""
    made = []
    for owner in units[:2]:
        period = PeriodFactory.create(requirement=RequirementFactory.create(owner=owner))
        for unit, state in zip([*units[1:], units[0]], [*ReportState, ReportState.ACCEPTED], strict=True):
            made.append(report_in(state, ExpectedReportFactory.create(period=period, unit=unit)))
    return made


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(held=appointments)
def test_the_database_the_tokens_and_the_table_agree(
    units: list[Unit], reports: list[Sides], held: list[tuple[Role, int, str]]
) -> None:
    user = UserFactory.create()
    for role, place, when in held:
        appoint(user, role, units[place], when)
    user = User.objects.get(pk=user.pk)
    visible = set(Submission.objects.visible_to(user))
    tokens = access_for(user).tokens()
    for report in Submission.objects.with_names():
        assert (report in visible) == sees_by_the_table(user, report)
        if report.report_state == ReportState.ACCEPTED:
            assert (report in visible) == bool(tokens & audience(report))
        else:
            assert audience(report) == frozenset()


def numbers(rows: Any) -> list[int]:
    """Version numbers, in order."""
    return sorted(rows.values_list("number", flat=True))


@pytest.fixture
def accepted_second() -> Sides:
    """A report of which the second version was accepted, each version with a file of its own."""
    found = sides()
    send_with_file(found)
    return_report(user=found.coordinator, submission=found.report, version=1, reason="请换照片。")
    send_with_file(found)
    accept(user=found.coordinator, submission=found.report, version=2)
    return found


def test_staff_of_the_collecting_unit_read_the_accepted_version_only(accepted_second: Sides) -> None:
    staff = person(Role.STAFF, accepted_second.expected.period.requirement.owner)
    assert numbers(SubmissionVersion.objects.visible_to(staff)) == [2]
    assert SubmissionFile.objects.visible_to(staff).get().versions.get().number == 2
    told = SubmissionEvent.objects.visible_to(staff).values_list("version__number", flat=True)
    assert set(told) == {2}


@pytest.mark.parametrize("role", sorted(SEES_EVERY_REPORT))
def test_overseers_and_coordinators_read_every_sent_version(accepted_second: Sides, role: Role) -> None:
    for reader in (person(role), accepted_second.coordinator):
        assert numbers(SubmissionVersion.objects.visible_to(reader)) == [1, 2]
        assert SubmissionFile.objects.visible_to(reader).count() == 2


def test_a_file_added_after_the_return_is_the_unit_s_alone_until_it_is_sent() -> None:
    found = report_in(ReportState.RETURNED)
    kept = attach(found)
    assert SubmissionFile.objects.visible_to(found.reporter).get() == kept
    for other in (found.coordinator, person(Role.LEADER), person(Role.ADMINISTRATOR)):
        assert not SubmissionFile.objects.visible_to(other).exists()


@pytest.mark.parametrize("state", list(ReportState))
def test_strangers_see_nothing_in_any_state(state: ReportState) -> None:
    found = report_in(state)
    owner = found.expected.period.requirement.owner
    strangers: list[User | AnonymousUser] = [
        AnonymousUser(),
        UserFactory.create(),
        person(Role.REPORTER),
        person(Role.COORDINATOR),
        person(Role.STAFF),
        person(Role.SUPERVISOR, found.expected.unit),
        person(Role.SUPERVISOR, owner),
        person(Role.EDITOR, owner),
    ]
    for stranger in strangers:
        assert not Submission.objects.visible_to(stranger).exists()
        assert not SubmissionVersion.objects.visible_to(stranger).exists()
        assert not SubmissionFile.objects.visible_to(stranger).exists()
        assert not SubmissionEvent.objects.visible_to(stranger).exists()


def test_what_is_expected_is_known_to_both_sides_and_to_overseers() -> None:
    expected = ExpectedReportFactory.create()
    owner = expected.period.requirement.owner
    knows = [person(Role.STAFF, expected.unit), person(Role.COORDINATOR, owner), *map(person, SEES_EVERY_REPORT)]
    knows_not = [person(Role.STAFF, owner), person(Role.COORDINATOR), person(Role.SUPERVISOR, expected.unit)]
    assert all(expected in ExpectedReport.objects.visible_to(user) for user in knows)
    assert not any(ExpectedReport.objects.visible_to(user).exists() for user in knows_not)


def test_a_requirement_in_preparation_is_hidden_from_the_units_it_will_ask() -> None:
    expected = ExpectedReportFactory.create(period__requirement__state=RequirementState.DRAFT)
    requirement = expected.period.requirement
    reporter, coordinator = person(Role.REPORTER, expected.unit), person(Role.COORDINATOR, requirement.owner)
    assert not Requirement.objects.visible_to(reporter).exists()
    assert not ExpectedReport.objects.visible_to(reporter).exists()
    assert Requirement.objects.visible_to(coordinator).get() == requirement
    requirement.state = RequirementState.OPEN
    requirement.save()
    assert Requirement.objects.visible_to(reporter).get() == requirement
    assert not Requirement.objects.visible_to(person(Role.REPORTER)).exists()
