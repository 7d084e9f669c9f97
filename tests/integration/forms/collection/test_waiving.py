"""Freeing a unit from a report."""

import uuid

import pytest
from django.test import Client
from django.utils import timezone

from forms.collection.enums import ReportState
from forms.collection.models import ExpectedReport
from forms.collection.progress import tallies
from forms.collection.services import RequirementRefusedError
from forms.collection.waiving import ask_again, waive
from forms.submissions.errors import WindowClosedError
from forms.submissions.services import save_draft, submit
from forms.submissions.todo import todo_list
from portal.audit.models import AuditEvent
from portal.units.enums import Role
from tests.factories.collection import ANSWERS, ExpectedReportFactory
from tests.factories.submissions import Sides, report_in, sides
from tests.factories.units import person

pytestmark = pytest.mark.django_db


def waived(found: Sides) -> ExpectedReport:
    """The report, waived by a coordinator."""
    return waive(user=found.coordinator, expected=found.expected, reason="机构已撤并")


def test_a_waived_report_is_owed_no_more_and_is_in_no_rate() -> None:
    found = sides()
    ExpectedReportFactory.create(period=found.expected.period)
    now = timezone.now()
    assert len(todo_list(user=found.reporter, now=now).due) == 1
    waived(found)
    assert todo_list(user=found.reporter, now=now).is_empty
    tally = tallies(ExpectedReport.objects.all(), now=now)[found.expected.period_id]
    assert (tally.expected, tally.not_begun) == (1, 1)
    assert AuditEvent.objects.filter(summary="collection.waived").count() == 1


def test_nothing_is_written_in_a_waived_report_and_nothing_is_lost() -> None:
    found = report_in(ReportState.DRAFT)
    waived(found)
    with pytest.raises(WindowClosedError, match="机构已撤并"):
        save_draft(user=found.reporter, expected=found.expected, answers={}, revision=found.report.revision)
    with pytest.raises(WindowClosedError):
        submit(user=found.reporter, expected=found.expected, answers=ANSWERS, revision=1, key=uuid.uuid4())
    assert found.report.answers == ANSWERS
    ask_again(user=found.coordinator, expected=found.expected)
    save_draft(user=found.reporter, expected=found.expected, answers={}, revision=found.report.revision)


@pytest.mark.parametrize("state", [ReportState.SUBMITTED, ReportState.ACCEPTED])
def test_what_has_arrived_is_not_waived(state: ReportState) -> None:
    with pytest.raises(RequirementRefusedError):
        waived(report_in(state))


def test_a_waiver_needs_a_reason_and_a_coordinator() -> None:
    found = sides()
    with pytest.raises(RequirementRefusedError):
        waive(user=found.coordinator, expected=found.expected, reason=" ")
    with pytest.raises(RequirementRefusedError):
        waive(user=found.reporter, expected=found.expected, reason="不想报")
    with pytest.raises(RequirementRefusedError):
        ask_again(user=found.reporter, expected=found.expected)


def test_a_coordinator_waives_and_asks_again_on_the_page_and_the_unit_reads_why() -> None:
    found = sides()
    number, requirement = found.expected.pk, found.expected.period.requirement_id
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(found.coordinator)
    client.post(f"/requirements/expected/{number}/waive/", {"waive_reason": "机构已撤并"})
    assert "机构已撤并" in client.get(f"/requirements/{requirement}/").content.decode()
    unit = Client(headers={"accept-language": "zh-hans"})
    unit.force_login(found.reporter)
    assert "机构已撤并" in unit.get(f"/reports/{number}/fill/").content.decode()
    client.post(f"/requirements/expected/{number}/waive/", {"again": "1"})
    assert not ExpectedReport.objects.get().is_waived


def test_nobody_else_waives_on_the_page() -> None:
    found = sides()
    client = Client()
    client.force_login(found.reporter)
    assert client.post(f"/requirements/expected/{found.expected.pk}/waive/", {"waive_reason": "x"}).status_code == 403
    client.force_login(person(Role.REPORTER))
    assert client.post(f"/requirements/expected/{found.expected.pk}/waive/", {"waive_reason": "x"}).status_code == 404
