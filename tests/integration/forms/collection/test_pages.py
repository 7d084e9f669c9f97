"""Pages on which coordinators prepare, announce and follow requirements."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from forms.collection.enums import RequirementState
from forms.collection.models import ExpectedReport, ReportingPeriod, Requirement
from portal.accounts.models import User
from portal.programmes.models import Programme, Task
from portal.units.enums import Role
from portal.units.models import Unit
from tests.factories.collection import ExpectedReportFactory, PeriodFactory, RequirementFactory, published_form
from tests.factories.units import UnitFactory, person

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 11, 24, 9, 0)


def signed_in(user: User) -> Client:
    """A browser."""
    client = Client()
    client.force_login(user)
    return client


def minute(day: int) -> str:
    """A day of November 2026 as the browser sends it."""
    return NOW.replace(day=day).strftime("%Y-%m-%dT%H:%M")


def typed(owner: Unit, units: list[Unit], *periods: dict[str, str], **fields: Any) -> dict[str, Any]:
    """What a coordinator types into the page."""
    data: dict[str, Any] = {
        "title": "进展小结",
        "instructions": "请如实填写。",
        "form": published_form().pk,
        "owner": owner.pk,
        "units": [unit.pk for unit in units],
        "periods-TOTAL_FORMS": len(periods),
        "periods-INITIAL_FORMS": 0,
    }
    for number, period in enumerate(periods):
        data |= {f"periods-{number}-{name}": value for name, value in period.items()}
    return data | fields


FIRST = {"name": "第一期", "opens_at": minute(1), "due_at": minute(20), "closes_at": ""}
SECOND = {"name": "第二期", "opens_at": minute(21), "due_at": minute(28), "closes_at": minute(30)}
EMPTY = {"name": "", "opens_at": "", "due_at": "", "closes_at": ""}


def test_a_coordinator_prepares_a_requirement_and_starts_collecting() -> None:
    owner, units = UnitFactory.create(), [UnitFactory.create(), UnitFactory.create()]
    client = signed_in(person(Role.COORDINATOR, owner))
    assert client.get(reverse("collection:new")).status_code == 200
    response = client.post(reverse("collection:new"), typed(owner, units, FIRST, SECOND, EMPTY))
    requirement = Requirement.objects.get()
    assert response["Location"] == reverse("collection:detail", args=[requirement.pk])
    assert [period.name for period in requirement.periods.all()] == ["第一期", "第二期"]
    assert requirement.state == RequirementState.DRAFT
    client.post(reverse("collection:open", args=[requirement.pk]))
    assert ExpectedReport.objects.count() == 4
    page = client.get(reverse("collection:detail", args=[requirement.pk])).content.decode()
    assert all(unit.name in page for unit in units)


def test_times_are_typed_in_beijing_time() -> None:
    owner = UnitFactory.create()
    client = signed_in(person(Role.COORDINATOR, owner))
    client.post(reverse("collection:new"), typed(owner, [UnitFactory.create()], FIRST))
    due = ReportingPeriod.objects.get().due_at
    assert due == datetime.datetime(2026, 11, 20, 1, 0, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("period", "field"),
    [
        (FIRST | {"due_at": minute(1)}, "due_at"),
        (FIRST | {"closes_at": minute(19)}, "closes_at"),
        (FIRST | {"name": ""}, "name"),
    ],
)
def test_faulty_dates_are_told_beside_the_field_and_nothing_typed_is_lost(period: dict[str, str], field: str) -> None:
    owner, unit = UnitFactory.create(), UnitFactory.create()
    client = signed_in(person(Role.COORDINATOR, owner))
    response = client.post(reverse("collection:new"), typed(owner, [unit], period))
    assert response.status_code == 422
    assert field in response.context["periods"].forms[0].errors
    assert "请如实填写。" in response.content.decode()
    assert not Requirement.objects.exists()


def test_two_periods_of_one_name_are_refused() -> None:
    owner = UnitFactory.create()
    client = signed_in(person(Role.COORDINATOR, owner))
    response = client.post(
        reverse("collection:new"), typed(owner, [UnitFactory.create()], FIRST, SECOND | {"name": "第一期"})
    )
    assert response.status_code == 422
    assert not Requirement.objects.exists()


def test_a_coordinator_collects_only_in_the_name_of_the_own_unit() -> None:
    client = signed_in(person(Role.COORDINATOR))
    response = client.post(reverse("collection:new"), typed(UnitFactory.create(), [UnitFactory.create()], FIRST))
    assert response.status_code == 422
    assert "owner" in response.context["form"].errors


def test_a_task_brings_its_programme_and_a_foreign_one_is_refused() -> None:
    owner = UnitFactory.create()
    client = signed_in(person(Role.COORDINATOR, owner))
    one, other = (Programme.objects.create(title=title) for title in ("甲行动", "乙行动"))
    task = Task.objects.create(programme=one, title="安全检查")
    refused = client.post(
        reverse("collection:new"), typed(owner, [UnitFactory.create()], FIRST, task=task.pk, programme=other.pk)
    )
    assert "task" in refused.context["form"].errors
    client.post(reverse("collection:new"), typed(owner, [UnitFactory.create()], FIRST, task=task.pk))
    assert Requirement.objects.get().programme == one


def test_an_announced_requirement_keeps_its_form_and_takes_a_new_unit_and_period() -> None:
    requirement = RequirementFactory.create(units=[UnitFactory.create()])
    kept = PeriodFactory.create(requirement=requirement, name="第一期")
    client = signed_in(person(Role.COORDINATOR, requirement.owner))
    added = UnitFactory.create()
    data = typed(requirement.owner, [*requirement.units.all(), added], FIRST, SECOND, title="改过的标题")
    data |= {"periods-INITIAL_FORMS": 1, "periods-0-id": kept.pk, "periods-1-id": ""}
    response = client.post(reverse("collection:edit", args=[requirement.pk]), data)
    assert response.status_code == 302
    form = requirement.form
    requirement.refresh_from_db()
    assert (requirement.title, requirement.form) == ("改过的标题", form)
    assert ExpectedReport.objects.count() == 4


def test_a_requirement_that_cannot_be_announced_says_why() -> None:
    requirement = RequirementFactory.create(state=RequirementState.DRAFT)
    client = signed_in(person(Role.COORDINATOR, requirement.owner))
    response = client.post(reverse("collection:open", args=[requirement.pk]), follow=True)
    assert [message.level_tag for message in response.context["messages"]] == ["error"]


def test_ending_a_requirement_keeps_what_was_reported_readable() -> None:
    expected = ExpectedReportFactory.create()
    requirement = expected.period.requirement
    client = signed_in(person(Role.COORDINATOR, requirement.owner))
    client.post(reverse("collection:close", args=[requirement.pk]))
    requirement.refresh_from_db()
    assert requirement.state == RequirementState.CLOSED
    assert client.get(reverse("collection:detail", args=[requirement.pk])).status_code == 200


MANAGERS = {Role.COORDINATOR, Role.ADMINISTRATOR}
READERS = {Role.COORDINATOR, Role.STAFF, Role.LEADER, Role.AUDITOR, Role.ADMINISTRATOR}


@pytest.mark.parametrize("role", list(Role))
def test_who_may_do_what_in_the_collecting_unit(role: Role) -> None:
    requirement = RequirementFactory.create(units=[UnitFactory.create()])
    PeriodFactory.create(requirement=requirement)
    client = signed_in(person(role, requirement.owner))
    outside, pk = role == Role.SUPERVISOR, requirement.pk
    assert client.get(reverse("collection:list")).status_code == (403 if outside else 200)
    assert client.get(reverse("collection:new")).status_code == (200 if role in MANAGERS else 403)
    reading = 200 if role in READERS else 403 if outside else 404
    assert client.get(reverse("collection:detail", args=[pk])).status_code == reading
    managing = 200 if role in MANAGERS else 403 if role in READERS or outside else 404
    assert client.get(reverse("collection:edit", args=[pk])).status_code == managing
    for name in ("open", "close"):
        status = client.post(reverse(f"collection:{name}", args=[pk])).status_code
        assert status == (302 if managing == 200 else managing)


def test_coordinators_of_other_units_and_the_anonymous_get_nothing() -> None:
    requirement = RequirementFactory.create()
    pk = requirement.pk
    stranger, anonymous = signed_in(person(Role.COORDINATOR)), Client()
    for name in ("detail", "edit"):
        assert stranger.get(reverse(f"collection:{name}", args=[pk])).status_code == 404
        assert anonymous.get(reverse(f"collection:{name}", args=[pk]))["Location"].startswith("/sign-in/")
    for name in ("open", "close"):
        assert stranger.post(reverse(f"collection:{name}", args=[pk])).status_code == 404
        assert anonymous.post(reverse(f"collection:{name}", args=[pk]))["Location"].startswith("/sign-in/")


def test_a_reporting_unit_sees_the_requirement_with_its_own_row_only() -> None:
    expected = ExpectedReportFactory.create()
    other = ExpectedReportFactory.create(period=expected.period)
    client = signed_in(person(Role.REPORTER, expected.unit))
    response = client.get(reverse("collection:detail", args=[expected.period.requirement_id]))
    assert [row.expected for row in response.context["rows"]] == [expected]
    assert response.context["may_manage"] is False
    assert other.unit.name not in response.content.decode()


def test_the_period_in_question_is_shown_first_and_any_other_on_demand() -> None:
    requirement = RequirementFactory.create()
    now, day = timezone.now(), datetime.timedelta(days=1)
    past = PeriodFactory.create(requirement=requirement, due_at=now - 2 * day, closes_at=now - day)
    present = PeriodFactory.create(requirement=requirement)
    client = signed_in(person(Role.COORDINATOR, requirement.owner))
    url = reverse("collection:detail", args=[requirement.pk])
    assert client.get(url).context["chosen"].period == present
    assert client.get(url, {"period": past.pk}).context["chosen"].period == past
    assert client.get(url, {"period": "x"}).context["chosen"].period == present
