"""Creating, renaming and moving units; names keep leading to them."""

import datetime
import threading

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from portal.audit.models import AuditEvent
from portal.units.enums import Role
from portal.units.models import Unit
from portal.units.naming import resolve
from portal.units.services import UnitFields, create_unit, move_unit, rename_unit, update_unit
from tests.factories.units import UnitFactory, person

pytestmark = pytest.mark.django_db


def fields(name: str, **others: object) -> UnitFields:
    return UnitFields(name=name, **others)  # type: ignore[arg-type]


def sound_tree() -> bool:
    return not any(Unit.find_problems())


def test_a_unit_is_added_below_its_parent_and_recorded() -> None:
    user = person(Role.ADMINISTRATOR)
    city = create_unit(fields=fields("甲市人民政府"), user=user)
    bureau = create_unit(fields=fields("甲市民政局"), parent=city, aliases=["民政", "民 政"], user=user)
    assert bureau.get_parent() == city
    assert [alias.name for alias in bureau.aliases.all()] == ["民 政"]
    assert AuditEvent.objects.filter(user=user, action="create", target_type="units.unit").count() == 2
    assert sound_tree()


def test_a_second_unit_of_the_same_name_is_refused_beside_its_field() -> None:
    create_unit(fields=fields("甲市民政局", code="A1"))
    with pytest.raises(ValidationError) as refused:
        create_unit(fields=fields("甲市民政局", code="A1"))
    assert set(refused.value.message_dict) == {"name", "code"}


def test_many_units_may_have_no_code() -> None:
    assert create_unit(fields=fields("甲局", code="")).code is None
    assert create_unit(fields=fields("乙局", code="")).code is None


def test_a_name_belongs_to_one_unit_be_it_full_or_other() -> None:
    create_unit(fields=fields("甲市卫生健康委员会"), aliases=["市卫健委"])
    with pytest.raises(ValidationError) as refused:
        create_unit(fields=fields("乙局"), aliases=["市卫健委"])
    assert "aliases" in refused.value.message_dict
    with pytest.raises(ValidationError):
        create_unit(fields=fields("市卫健委"))


def test_a_renamed_unit_is_still_found_by_its_old_name() -> None:
    unit = create_unit(fields=fields("甲市卫生和计划生育委员会"))
    renamed = rename_unit(unit=unit, name="甲市卫生健康委员会", short_name="市卫健委")
    assert (renamed.pk, str(renamed)) == (unit.pk, "市卫健委")
    assert resolve(["甲市卫生和计划生育委员会"]) == {"甲市卫生和计划生育委员会": renamed}


def test_moving_takes_the_whole_branch_and_never_below_itself() -> None:
    city, other = UnitFactory(), UnitFactory()
    bureau = create_unit(fields=fields("甲局"), parent=city)
    division = create_unit(fields=fields("甲科"), parent=bureau)
    move_unit(unit=bureau, parent=other)
    assert Unit.objects.get(pk=division.pk).get_root().pk == other.pk
    with pytest.raises(ValidationError):
        move_unit(unit=other, parent=division)
    top = move_unit(unit=bureau, parent=None)
    assert top.is_root()
    assert sound_tree()


def test_a_unit_that_stays_where_it_is_leaves_no_trace_in_the_log() -> None:
    unit = UnitFactory()
    move_unit(unit=unit, parent=None)
    update_unit(unit=unit, fields=fields(unit.name))
    assert not AuditEvent.objects.filter(action="change").exists()


def test_a_save_does_not_undo_a_move_that_somebody_else_made_meanwhile() -> None:
    unit, parent = UnitFactory(), UnitFactory()
    stale = Unit.objects.get(pk=unit.pk)
    move_unit(unit=unit, parent=parent)
    rename_unit(unit=stale, name="新名称局")
    assert Unit.objects.get(pk=unit.pk).get_parent() == parent
    assert sound_tree()


def test_names_are_resolved_in_two_queries_however_many() -> None:
    for number in range(5):
        create_unit(fields=fields(f"第{number}局"), aliases=[f"{number}局"])
    with CaptureQueriesContext(connection) as queries:
        found = resolve([f"{number}局" for number in range(5)] + ["没有局"])
    assert len(queries) == 2
    assert found["没有局"] is None
    assert all(found[f"{number}局"] for number in range(5))


@time_machine.travel("2026-11-24 04:00:00+00:00", tick=False)
def test_a_unit_of_today_comes_before_one_that_has_ended() -> None:
    old = create_unit(fields=fields("老扶贫办", short_name="市扶贫办", valid_until=datetime.date(2021, 12, 31)))
    assert resolve(["市扶贫办"]) == {"市扶贫办": old}
    new = create_unit(fields=fields("甲市乡村振兴局"), aliases=["市扶贫办"])
    assert resolve(["市扶贫办"]) == {"市扶贫办": new}


@pytest.mark.django_db(transaction=True)
def test_two_people_adding_units_at_once_do_not_get_the_same_place() -> None:
    if connection.vendor != "postgresql":
        # SQLite lets one transaction write at a time from its first statement on.
        assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
        return
    barrier = threading.Barrier(4)
    problems: list[Exception] = []

    def add(number: int) -> None:
        try:
            barrier.wait(timeout=10)
            for turn in range(5):
                create_unit(fields=fields(f"并行{number}-{turn}局"))
        except Exception as error:  # noqa: BLE001
            problems.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=add, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert Unit.objects.count() == 20
    assert sound_tree()
