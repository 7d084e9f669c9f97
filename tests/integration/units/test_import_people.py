"""Importing people and their memberships from a table."""

import datetime
import io
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import translation

from portal.accounts.models import User
from portal.audit.enums import AuditAction
from portal.audit.models import AuditEvent
from portal.units.enums import Role
from portal.units.importing.people import import_people
from portal.units.importing.results import ImportResult
from portal.units.models import Membership
from tests.factories.tables import PEOPLE, csv_bytes, people_rows
from tests.factories.units import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db
ZHAO = ("赵一", "zhaoyi", "13800000001", "zhao@example.cn", "市卫健委", "填报员", "2026-01-01", "2026-12-31")


@pytest.fixture(autouse=True)
def _english_and_a_unit() -> object:
    UnitFactory(name="临江市卫生健康委员会")
    with translation.override("en"):
        yield


def wrong(result: ImportResult) -> set[tuple[int, str]]:
    return {(error.row, error.column) for error in result.errors}


def test_people_get_an_account_without_password_and_their_memberships() -> None:
    result = import_people(
        rows=people_rows(ZHAO, ("赵一", "zhaoyi", "", "", "市卫生健康委", "审核人"), ("钱二", "qian2"))
    )
    assert (result.applied, result.created) == (True, 3)
    zhao = User.objects.get(username="zhaoyi")
    assert (zhao.name, zhao.phone, zhao.email) == ("赵一", "13800000001", "zhao@example.cn")
    assert not zhao.has_usable_password()
    assert {membership.role for membership in zhao.memberships.all()} == {Role.REPORTER, Role.UNIT_REVIEWER}
    reporter = zhao.memberships.get(role=Role.REPORTER)
    assert (reporter.valid_from, reporter.valid_until) == (datetime.date(2026, 1, 1), datetime.date(2026, 12, 31))
    assert not User.objects.get(username="qian2").memberships.exists()


def test_the_same_table_a_second_time_changes_nothing() -> None:
    rows = people_rows(ZHAO, ("钱二", "qian2"))
    import_people(rows=rows)
    before = list(User.objects.values()), list(Membership.objects.values())
    result = import_people(rows=rows)
    assert (result.created, result.changed, result.unchanged) == (0, 0, 2)
    assert (list(User.objects.values()), list(Membership.objects.values())) == before


def test_a_later_table_changes_contacts_and_ends_memberships() -> None:
    import_people(rows=people_rows(ZHAO))
    result = import_people(rows=people_rows((*ZHAO[:2], "13900000009", "", *ZHAO[4:7], "2026-06-30")))
    assert result.changed == 1
    zhao = User.objects.get(username="zhaoyi")
    assert (zhao.phone, zhao.email) == ("13900000009", "zhao@example.cn")
    assert zhao.memberships.get().valid_until == datetime.date(2026, 6, 30)


def test_a_user_name_of_somebody_else_is_asked_back_lest_roles_go_to_a_stranger() -> None:
    UserFactory(username="zhaoyi", name="另一人")
    result = import_people(rows=people_rows(ZHAO))
    assert wrong(result) == {(2, "user name")}
    assert not Membership.objects.exists()


def test_every_error_of_every_row_is_reported_and_nothing_is_written() -> None:
    UnitFactory(name="甲区教育局")
    UnitFactory(name="乙区教育局")
    result = import_people(
        rows=people_rows(
            ("", "noname"),
            ("甲", ""),
            ("乙", "有 空格"),
            ("丙", "bing", "电话", "no-mail", "火星局", "国王", "昨天", ""),
            ("丁", "ding", "", "", "教育局", "填报员"),
            ("戊", "wu", "", "", "", "填报员"),
            ("己", "ji", "", "", "市卫健委", ""),
            ("庚", "geng", "1380000", ""),
            ("辛", "geng", "1390000", ""),
            ("壬", "ren", "", "", "市卫健委", "编辑"),
            ("壬", "ren", "", "", "市卫健委", "编辑"),
        )
    )
    assert wrong(result) == {
        (2, "person's name"),
        (3, "user name"),
        (4, "user name"),
        (5, "telephone"),
        (5, "e-mail"),
        (5, "unit"),
        (5, "role"),
        (5, "valid from"),
        (6, "unit"),
        (7, "unit"),
        (8, "role"),
        (10, "person's name"),
        (12, "role"),
    }
    assert not result.applied
    assert not User.objects.exists()


def test_a_membership_that_overlaps_a_known_one_is_asked_back() -> None:
    import_people(rows=people_rows(ZHAO))
    result = import_people(rows=people_rows((*ZHAO[:6], "2026-03-01", "2027-03-01")))
    assert wrong(result) == {(2, "valid from")}
    assert import_people(rows=people_rows((*ZHAO[:6], "2027-01-01", ""))).created == 1


def test_the_import_is_in_the_log_with_every_account_and_membership() -> None:
    import_people(rows=people_rows(ZHAO, ("钱二", "qian2")), file_name="人员.csv")
    told = AuditEvent.objects.filter(target_type__in=["accounts.user", "units.membership"])
    actions = [event.action for event in told.order_by("pk")]
    assert actions == [
        AuditAction.CREATE,
        AuditAction.PERMISSION_CHANGE,
        AuditAction.CREATE,
        AuditAction.IMPORT,
    ]
    assert "13800000001" not in str(list(told.values()))


def test_the_command_imports_people(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes(csv_bytes([PEOPLE, [*ZHAO]], "gb18030"))
    call_command("import_people", file, stdout=io.StringIO())
    assert Membership.objects.get().user.username == "zhaoyi"
