"""The log in the Wagtail admin."""

import csv
import io

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from openpyxl import load_workbook

from portal.audit.enums import AuditAction
from portal.audit.models import AuditEvent
from portal.audit.services import Target, record
from portal.units.enums import Role
from tests.factories.units import UserFactory, person

pytestmark = pytest.mark.django_db
LIST = "audit_log_modeladmin_index"
INSPECT = "audit_log_modeladmin_inspect"


def signed_in(role: Role) -> Client:
    client = Client()
    client.force_login(person(role))
    return client


@pytest.fixture
def auditor() -> Client:
    return signed_in(Role.AUDITOR)


@pytest.mark.parametrize("role", list(Role))
def test_only_auditors_and_administrators_read_the_log(role: Role) -> None:
    client, event = signed_in(role), record(action=AuditAction.EXPORT)
    expected = 200 if role in {Role.AUDITOR, Role.ADMINISTRATOR} else 302
    assert client.get(reverse(LIST)).status_code == expected
    assert client.get(reverse(INSPECT, args=[event.pk])).status_code == expected
    assert client.get(reverse(LIST), {"export": "csv"}).status_code == expected


@pytest.mark.parametrize("action", ["create", "edit", "delete"])
def test_no_address_writes_the_log(action: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(f"audit_log_modeladmin_{action}", args=[] if action == "create" else [1])


def test_the_log_is_searched_by_person_and_target_and_filtered_by_action_and_time(auditor: Client) -> None:
    user = UserFactory(name="赵某")
    with time_machine.travel("2026-01-05 04:00:00+00:00", tick=False):
        old = record(action=AuditAction.EXPORT, user=user, target=Target("units.unit", "7", "临江市民政局"))
    with time_machine.travel("2026-11-24 04:00:00+00:00", tick=False):
        new = record(action=AuditAction.DOWNLOAD, user=user)

    def shown(**query: str) -> set[int]:
        return {event.pk for event in auditor.get(reverse(LIST), query).context["object_list"]}

    assert shown(q="赵某") == {old.pk, new.pk}
    assert shown(q="民政局") == {old.pk}
    assert shown(q="赵某", action__exact="download") == {new.pk}
    with time_machine.travel("2026-11-24 05:00:00+00:00", tick=False):
        auditor.force_login(person(Role.AUDITOR))
        assert shown(q="赵某", when="today") == {new.pk}
        assert shown(q="赵某", when="year") == {old.pk, new.pk}


def test_the_log_speaks_chinese_and_beijing_time(auditor: Client) -> None:
    with time_machine.travel("2026-11-23 23:03:00+00:00", tick=False):
        event = record(
            action=AuditAction.PERMISSION_CHANGE, summary="membership.granted", target=Target("units.unit", "7", "甲")
        )
    page = auditor.get(reverse(INSPECT, args=[event.pk])).content.decode()
    assert "2026-11-24 07:03:00" in page
    assert "权限变更" in page
    assert "新增任职" in page
    assert "单位" in page


def test_an_export_is_itself_in_the_log_has_beijing_time_and_runs_no_formula(auditor: Client) -> None:
    with time_machine.travel("2026-11-23 23:03:00+00:00", tick=False):
        record(action=AuditAction.CHANGE, user_name="=HYPERLINK(1)", target=Target("units.unit", "7", "+1"))
    response = auditor.get(reverse(LIST), {"export": "csv", "q": "HYPERLINK"})
    lines = list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))  # type: ignore[attr-defined]
    assert lines[1][:3] == ["2026-11-24 07:03:00", "修改", "'=HYPERLINK(1)"]
    assert "'+1" in lines[1]
    book = load_workbook(io.BytesIO(auditor.get(reverse(LIST), {"export": "xlsx", "q": "HYPERLINK"}).content))
    cells = next(book.worksheets[0].iter_rows(min_row=2))
    assert str(cells[0].value) == "2026-11-24 07:03:00"
    assert all(cell.data_type != "f" for cell in cells)
    exports = AuditEvent.objects.filter(action=AuditAction.EXPORT)
    assert [event.details["format"] for event in exports.order_by("pk")] == ["csv", "xlsx"]
    assert exports.first().details["filters"] == {"q": "HYPERLINK"}  # type: ignore[union-attr]


def test_a_longer_log_costs_no_further_query(auditor: Client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            auditor.get(reverse(LIST))
        return len(queries)

    record(action=AuditAction.EXPORT, user=UserFactory())
    cost()
    few = cost()
    for _number in range(10):
        record(action=AuditAction.EXPORT, user=UserFactory())
    assert cost() <= few
