"""Importing the organisation tree from a table."""

import datetime
import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from portal.audit.enums import AuditAction
from portal.audit.models import AuditEvent
from portal.units.importing.results import ImportResult
from portal.units.importing.units import import_units
from portal.units.models import Unit, UnitAlias
from tests.factories.tables import UNITS, csv_bytes, unit_rows, xlsx_bytes

pytestmark = pytest.mark.django_db
CITY = ("甲市人民政府", "市政府", "", "市")
CIVIL = ("甲市民政局", "市民政局", "民政", "局", "市政府", "MZ", "2019-03-01", "")
STATION = ("甲市救助管理站", "", "救助站、市站", "事业单位", "市民政局")


def wrong(result: ImportResult) -> set[tuple[int, str]]:
    return {(error.row, error.column) for error in result.errors}


@pytest.fixture(autouse=True)
def _english() -> object:
    with translation.override("en"):
        yield


def test_a_tree_is_imported_in_whatever_order_its_rows_stand() -> None:
    result = import_units(rows=unit_rows(STATION, CIVIL, CITY))
    assert (result.applied, result.created) == (True, 3)
    civil = Unit.objects.get(code="MZ")
    assert civil.valid_from == datetime.date(2019, 3, 1)
    assert [unit.name for unit in Unit.objects.get(name="甲市救助管理站").get_ancestors()] == [
        "甲市人民政府",
        "甲市民政局",
    ]
    assert set(UnitAlias.objects.filter(unit__name="甲市救助管理站").values_list("name", flat=True)) == {
        "救助站",
        "市站",
    }
    assert not any(Unit.find_problems())


def test_the_same_table_a_second_time_changes_nothing() -> None:
    rows = unit_rows(CITY, CIVIL, STATION)
    import_units(rows=rows)
    before = list(Unit.objects.values())
    result = import_units(rows=rows)
    assert (result.created, result.changed, result.unchanged) == (0, 0, 3)
    assert list(Unit.objects.values()) == before
    assert UnitAlias.objects.count() == 3


def test_a_dry_run_writes_nothing_and_says_what_would_happen() -> None:
    import_units(rows=unit_rows(CITY))
    result = import_units(rows=unit_rows(CITY, CIVIL), dry_run=True)
    assert (result.created, result.unchanged, result.applied) == (1, 1, False)
    assert Unit.objects.count() == 1
    assert AuditEvent.objects.filter(action=AuditAction.IMPORT).count() == 1


def test_empty_cells_leave_a_known_unit_as_it_is() -> None:
    import_units(rows=unit_rows(CITY, CIVIL))
    result = import_units(rows=unit_rows(("甲市民政局",)))
    assert result.unchanged == 1
    assert Unit.objects.get(code="MZ").short_name == "市民政局"


def test_rows_rename_move_and_end_units() -> None:
    import_units(rows=unit_rows(CITY, CIVIL, STATION))
    result = import_units(
        rows=unit_rows(
            ("甲市民政与社会保障局", "市民社局", "", "", "", "MZ"),
            ("甲市救助管理站", "", "", "", "市政府", "", "", "2026-12-31"),
        )
    )
    assert result.changed == 2
    civil = Unit.objects.get(code="MZ")
    assert civil.name == "甲市民政与社会保障局"
    assert civil.aliases.filter(name="甲市民政局").exists()
    station = Unit.objects.get(name="甲市救助管理站")
    assert station.get_parent().name == "甲市人民政府"
    assert station.valid_until == datetime.date(2026, 12, 31)
    assert not any(Unit.find_problems())


def test_every_error_of_every_row_is_reported_and_nothing_is_written() -> None:
    import_units(rows=unit_rows(CITY, ("甲市卫健委", "", "市卫健局")))
    result = import_units(
        rows=unit_rows(
            ("", "无名"),
            ("乙局", "", "", "火星", "火星政府", "", "2026-13-01", ""),
            ("丙局", "", "", "", "", "", "2026-05-01", "2026-04-01"),
            ("丁局", "", "市卫健局"),
            ("戊局",),
            ("戊局",),
            ("己" * 121,),
            ("好局",),
        )
    )
    assert wrong(result) == {
        (2, "full name"),
        (3, "kind"),
        (3, "parent unit"),
        (3, "valid from"),
        (4, "valid until"),
        (5, "other names"),
        (7, "full name"),
        (8, "full name"),
    }
    assert (result.applied, result.failed, result.created) == (False, 6, 2)
    assert all(error.message.endswith(".") for error in result.errors)
    assert Unit.objects.count() == 2


def test_the_good_rows_are_imported_when_the_person_chooses_so() -> None:
    result = import_units(rows=unit_rows(("好局",), ("坏局", "", "", "火星")), only_good=True)
    assert (result.applied, result.created, result.failed) == (True, 1, 1)
    assert list(Unit.objects.values_list("name", flat=True)) == ["好局"]


def test_what_hangs_on_a_bad_row_is_bad_too() -> None:
    result = import_units(rows=unit_rows(("子局", "", "", "", "父局"), ("父局", "", "", "火星")), only_good=True)
    assert result.failed == 2
    assert not Unit.objects.exists()


@pytest.mark.parametrize(
    "lines",
    [
        [("甲局", "", "", "", "甲局")],
        [("甲局", "", "", "", "乙局"), ("乙局", "", "", "", "丙局"), ("丙局", "", "", "", "甲局")],
    ],
)
def test_units_in_a_circle_are_refused(lines: list[tuple[str, ...]]) -> None:
    result = import_units(rows=unit_rows(*lines), only_good=True)
    assert result.failed == len(lines)
    assert not Unit.objects.exists()


def test_a_circle_through_a_unit_outside_the_table_is_refused() -> None:
    import_units(rows=unit_rows(CITY, CIVIL, STATION))
    result = import_units(rows=unit_rows((*CITY, "甲市救助管理站")))
    assert wrong(result) == {(2, "parent unit")}


def test_an_ambiguous_parent_is_asked_back() -> None:
    import_units(rows=unit_rows(("甲区教育局",), ("乙区教育局",)))
    result = import_units(rows=unit_rows(("某科", "", "", "", "教育局")))
    assert wrong(result) == {(2, "parent unit")}


def test_a_code_that_contradicts_the_unit_is_asked_back() -> None:
    import_units(rows=unit_rows(CITY, CIVIL))
    assert wrong(import_units(rows=unit_rows(("甲市民政局", "", "", "", "", "XX")))) == {(2, "code")}


def test_an_end_before_the_beginning_that_the_unit_already_has_is_refused() -> None:
    import_units(rows=unit_rows(CITY, CIVIL))
    result = import_units(rows=unit_rows(("甲市民政局", "", "", "", "", "", "", "2010-01-01")))
    assert wrong(result) == {(2, "valid until")}


def test_the_import_is_in_the_log_with_its_counts() -> None:
    import_units(rows=unit_rows(CITY, CIVIL), file_name="单位.xlsx")
    event = AuditEvent.objects.get(action=AuditAction.IMPORT)
    assert event.target_label == "单位.xlsx"
    assert event.details == {"created": 2, "changed": 0, "unchanged": 0, "failed": 0}


def test_the_command_imports_a_file_and_reports_in_json(tmp_path: Path) -> None:
    file = tmp_path / "units.xlsx"
    file.write_bytes(xlsx_bytes([UNITS, [*CITY], [*CIVIL]]))
    out = io.StringIO()
    call_command("import_units", file, "--json", stdout=out)
    assert json.loads(out.getvalue())["created"] == 2
    assert Unit.objects.count() == 2


def test_the_command_names_row_and_column_and_fails_where_nothing_was_written(tmp_path: Path) -> None:
    file = tmp_path / "units.csv"
    file.write_bytes(csv_bytes([UNITS, ["甲局", "", "", "火星"], ["乙局"]]))
    errors = io.StringIO()
    with pytest.raises(CommandError):
        call_command("import_units", file, stdout=io.StringIO(), stderr=errors)
    assert "units.csv:2: kind:" in errors.getvalue()
    call_command("import_units", file, "--dry-run", stdout=io.StringIO(), stderr=io.StringIO())
    assert not Unit.objects.exists()
    call_command("import_units", file, "--good-rows", stdout=io.StringIO(), stderr=io.StringIO())
    assert Unit.objects.count() == 1


def test_the_command_says_what_is_wrong_with_a_file(tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        call_command("import_units", tmp_path / "missing.csv")
