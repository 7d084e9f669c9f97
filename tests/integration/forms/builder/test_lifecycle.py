"""Opening and closing forms, and what follows for units."""

import datetime
import uuid

import pytest
from django.test import Client
from django.utils import timezone

from forms.builder.lifecycle.models import FormLifecycle
from forms.builder.lifecycle.rules import Stage
from forms.builder.lifecycle.services import set_lifecycle
from forms.collection.enums import ReportState, RequirementState
from forms.collection.services import RequirementRefusedError, open_requirement, save_requirement
from forms.submissions.errors import WindowClosedError
from forms.submissions.services import begin, save_draft, submit
from portal.audit.models import AuditEvent
from portal.units.enums import Role
from tests.factories.builder import form_page
from tests.factories.collection import ANSWERS, SCHEMA, PeriodFactory, RequirementFactory
from tests.factories.submissions import Sides, report_in, sides
from tests.factories.units import UnitFactory, person

pytestmark = pytest.mark.django_db


def set_stage(found: Sides, stage: Stage, *units: object, **dates: datetime.date) -> None:
    form = found.expected.period.requirement.form
    lifecycle = FormLifecycle(form=form, stage=stage, **dates)
    set_lifecycle(user=person(Role.EDITOR), lifecycle=lifecycle, units=units)  # type: ignore[arg-type]


def fresh(found: Sides) -> Sides:
    """The same people in front of rows read anew, as in a later request."""
    return Sides(type(found.expected).objects.with_names().get(pk=found.expected.pk), found.reporter, found.coordinator)


@pytest.mark.parametrize("stage", [Stage.CLOSING, Stage.CLOSED])
def test_nothing_new_is_begun_with_a_form_that_is_closing(stage: Stage) -> None:
    found = sides()
    set_stage(found, stage)
    with pytest.raises(WindowClosedError):
        begin(user=found.reporter, expected=fresh(found).expected)


def test_a_draft_is_finished_while_the_form_is_closing() -> None:
    found = report_in(ReportState.DRAFT)
    set_stage(found, Stage.CLOSING)
    sent = submit(
        user=found.reporter,
        expected=fresh(found).expected,
        answers=ANSWERS,
        revision=found.report.revision,
        key=uuid.uuid4(),
    )
    assert sent.version.number == 1


def test_a_closed_form_takes_nothing_and_loses_nothing() -> None:
    found = report_in(ReportState.DRAFT)
    kept = found.report.answers
    set_stage(found, Stage.OPEN, closed_on=timezone.localdate())
    later = fresh(found)
    with pytest.raises(WindowClosedError):
        save_draft(user=found.reporter, expected=later.expected, answers={}, revision=found.report.revision)
    with pytest.raises(WindowClosedError):
        submit(
            user=found.reporter,
            expected=later.expected,
            answers=ANSWERS,
            revision=found.report.revision,
            key=uuid.uuid4(),
        )
    assert found.report.answers == kept


def test_a_form_that_opens_later_says_when() -> None:
    found = sides()
    day = timezone.localdate() + datetime.timedelta(days=3)
    set_stage(found, Stage.OPEN, opens_on=day)
    with pytest.raises(WindowClosedError, match=str(day.day)):
        begin(user=found.reporter, expected=fresh(found).expected)


def test_a_form_for_some_units_is_for_those_below_them_too() -> None:
    found = sides()
    below = found.expected.unit.add_child(instance=UnitFactory.build())
    other = UnitFactory.create()
    set_stage(found, Stage.OPEN, found.expected.unit)
    begin(user=found.reporter, expected=fresh(found).expected)
    requirement = RequirementFactory.create(
        form=found.expected.period.requirement.form, state=RequirementState.DRAFT, units=[below]
    )
    PeriodFactory.create(requirement=requirement)
    coordinator = person(Role.COORDINATOR, requirement.owner)
    assert open_requirement(user=coordinator, requirement=requirement) == 1
    refused = RequirementFactory.create(
        form=found.expected.period.requirement.form,
        owner=requirement.owner,
        state=RequirementState.DRAFT,
        units=[other],
    )
    PeriodFactory.create(requirement=refused)
    with pytest.raises(RequirementRefusedError, match=other.name):
        open_requirement(user=coordinator, requirement=refused)


def test_a_closed_form_is_not_asked_for_any_more() -> None:
    found = sides()
    set_stage(found, Stage.CLOSED)
    requirement = RequirementFactory.create(
        form=found.expected.period.requirement.form, state=RequirementState.DRAFT, units=[found.expected.unit]
    )
    PeriodFactory.create(requirement=requirement)
    with pytest.raises(RequirementRefusedError):
        open_requirement(user=person(Role.COORDINATOR, requirement.owner), requirement=requirement)


def test_an_editor_closes_a_form_on_its_screen_and_it_is_written_down(client: Client) -> None:
    form = form_page(SCHEMA)
    client.force_login(person(Role.ADMINISTRATOR))
    address = f"/admin/form-pages/{form.pk}/lifecycle/"
    assert client.get(address).status_code == 200
    wrong = client.post(address, {"stage": "open", "opens_on": "2026-05-02", "closing_on": "2026-05-01"})
    assert wrong.status_code == 422
    assert not FormLifecycle.objects.exists()
    refused = client.post(address, {"stage": "closed", "opens_on": "2026-02-30"})
    assert refused.status_code == 422
    assert refused.context["stage"] == Stage.OPEN  # what holds, not what was refused
    assert 'value="2026-02-30"' in refused.content.decode()
    assert client.post(address, {"stage": "closed"}).status_code == 302
    assert FormLifecycle.objects.get(form=form).stage_now() == Stage.CLOSED
    assert AuditEvent.objects.filter(summary="form.lifecycle").exists()


def test_whoever_may_not_publish_the_form_may_not_close_it(client: Client) -> None:
    form = form_page(SCHEMA)
    client.force_login(person(Role.AUDITOR))
    assert client.post(f"/admin/form-pages/{form.pk}/lifecycle/", {"stage": "closed"}).status_code in (302, 403)
    assert not FormLifecycle.objects.exists()


@pytest.mark.parametrize("stage", [Stage.CLOSING, Stage.CLOSED])
def test_nobody_types_a_report_that_will_not_be_taken(client: Client, stage: Stage) -> None:
    found = sides()
    set_stage(found, stage)
    client.force_login(found.reporter)
    page = client.get(f"/reports/{found.expected.pk}/fill/")
    assert page.templates[0].name == "submissions/not_open.html"
    assert "form" not in page.context
    assert page.context["refusal"]


def test_a_draft_of_a_closed_form_is_read_and_one_of_a_closing_form_filled_in(client: Client) -> None:
    found = report_in(ReportState.DRAFT)
    client.force_login(found.reporter)
    set_stage(found, Stage.CLOSING)
    assert client.get(f"/reports/{found.expected.pk}/fill/").templates[0].name == "submissions/fill.html"
    FormLifecycle.objects.update(stage=Stage.CLOSED)
    closed = client.get(f"/reports/{found.expected.pk}/fill/")
    assert closed.templates[0].name == "submissions/not_open.html"
    assert f'href="/reports/{found.expected.pk}/"' in closed.content.decode()


def test_units_that_the_form_is_not_for_do_not_come_in_below_others_either() -> None:
    found = sides()
    set_stage(found, Stage.OPEN, found.expected.unit)
    requirement = found.expected.period.requirement
    other = UnitFactory.create()
    below = other.add_child(instance=UnitFactory.build())
    with pytest.raises(RequirementRefusedError, match=below.name):
        save_requirement(
            user=found.coordinator,
            requirement=requirement,
            units=[found.expected.unit],
            subtrees=[other],
            periods=(),
        )
    assert not requirement.subtrees.exists()
