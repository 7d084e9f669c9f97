"""Tasks of the plan."""

import pytest

from portal.programmes.enums import DeadlineKind, ProgrammeState, UnitRole
from portal.programmes.models import Milestone, Programme, Task, TaskUnit
from portal.units.enums import Role
from tests.factories.units import UnitFactory, person
from tests.integration.search.asking import found, found_by, settle

pytestmark = pytest.mark.django_db


def _task(state: ProgrammeState = ProgrammeState.RUNNING) -> Task:
    programme = Programme.objects.create(title="救助管理服务质量大提升专项行动", state=state)
    return Task.objects.create(programme=programme, number="1", title="开展安全隐患排查", text="对照标准逐项排查")


def test_a_task_of_a_running_programme_is_found_by_insiders_only() -> None:
    _task()
    settle()
    assert found_by(person(Role.STAFF), "逐项排查") == ["1. 开展安全隐患排查"]
    assert found_by(person(Role.SUPERVISOR), "逐项排查") == found("逐项排查") == []


def test_a_programme_in_preparation_is_found_once_it_begins() -> None:
    task = _task(ProgrammeState.DRAFT)
    settle()
    assert found_by(person(Role.STAFF), "隐患排查") == []
    task.programme.state = ProgrammeState.RUNNING
    task.programme.save()
    settle()
    assert found_by(person(Role.STAFF), "隐患排查") == ["1. 开展安全隐患排查"]


def test_a_task_is_found_by_its_units_and_time_limits() -> None:
    task = _task()
    TaskUnit.objects.create(task=task, unit=UnitFactory(name="市应急管理局"), role=UnitRole.LEAD)
    Milestone.objects.create(task=task, kind=DeadlineKind.DUE, text="2020年6月25日前")
    settle()
    reader = person(Role.STAFF)
    assert found_by(reader, "应急管理局") == ["1. 开展安全隐患排查"]
    assert found_by(reader, "2020年6月25日") == ["1. 开展安全隐患排查"]


def test_a_deleted_task_is_gone() -> None:
    task = _task()
    settle()
    task.delete()
    assert found_by(person(Role.STAFF), "隐患排查") == []
    settle()
    assert found_by(person(Role.STAFF), "隐患排查") == []
