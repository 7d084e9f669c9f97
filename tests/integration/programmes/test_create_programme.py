"""A proposal becomes a programme, all of it or nothing."""

import datetime
from pathlib import Path
from unittest import mock

import pytest
from django.core.management import call_command
from django.utils import translation

from portal.audit.enums import AuditAction
from portal.audit.models import AuditEvent
from portal.programmes.enums import ProgrammeState
from portal.programmes.models import Action, Programme, Task, TaskUnit
from portal.programmes.services import change_state, create_programme, unknown_units
from portal.units.enums import Role, UnitKind
from portal.units.models import Unit, UnitAlias
from tests.factories.programmes import (
    PLAN,
    ProgrammeFactory,
    proposed_citation,
    proposed_deadline,
    proposed_phase,
    proposed_plan,
    proposed_reporting,
    proposed_task,
    proposed_unit,
    read_out_of,
)
from tests.factories.units import UnitFactory, person

pytestmark = pytest.mark.django_db


def test_everything_proposed_is_in_the_programme() -> None:
    plan = proposed_plan(
        proposed_task(
            "排查摊点",
            proposed_unit("市教育局", "lead"),
            proposed_unit("市公安局", "assisting"),
            number="1",
            action="集中整治行动",
            words="1. 排查摊点。2026年3月20日前完成。",
            deadlines=(
                proposed_deadline("2026-03-20", "day", text="2026年3月20日前"),
                proposed_deadline(None, "month", "recurring", "每月至少1次"),
                proposed_deadline(None, None, "long-term", "长期坚持"),
            ),
        ),
        proposed_task("安全教育", proposed_unit("市教育局")),
        title="整治方案",
        actions=("集中整治行动", "宣传行动"),
        phases=(proposed_phase("动员阶段", None, "2026-02-28"), proposed_phase("实施阶段", "2026-03-01", "2026-06-30")),
        reporting=(proposed_reporting("2026-06-20", "市教育局", "6月20日前"), proposed_reporting(None, None, "每季度")),
        citations=(proposed_citation("湘教发〔2025〕9号"), proposed_citation("临政办〔2026〕1号", own=True)),
    )
    programme = create_programme(proposal=plan, source="plan.txt")

    assert (programme.title, programme.state) == ("整治方案", ProgrammeState.DRAFT)
    assert programme.citations == ["湘教发〔2025〕9号"]
    assert [(one.title, one.start, one.end) for one in programme.phases.all()] == [
        ("动员阶段", None, datetime.date(2026, 2, 28)),
        ("实施阶段", datetime.date(2026, 3, 1), datetime.date(2026, 6, 30)),
    ]
    assert [one.title for one in programme.actions.all()] == ["集中整治行动", "宣传行动"]
    first, second = programme.tasks.all()
    assert (first.number, first.title, first.text) == ("1", "排查摊点", "1. 排查摊点。2026年3月20日前完成。")
    assert first.action is not None
    assert first.action.title == "集中整治行动"
    assert (second.number, second.action) == ("", None)
    assert [(one.unit.name, one.role) for one in first.task_units.all()] == [
        ("市教育局", "lead"),
        ("市公安局", "assisting"),
    ]
    assert [(one.kind, one.date, one.precision, one.text) for one in first.milestones.all()] == [
        ("due", datetime.date(2026, 3, 20), "day", "2026年3月20日前"),
        ("recurring", None, "month", "每月至少1次"),
        ("long-term", None, "", "长期坚持"),
    ]
    duties = {(one.date, one.recipient, one.text) for one in programme.reporting_duties.all()}
    assert duties == {(datetime.date(2026, 6, 20), "市教育局", "6月20日前"), (None, "", "每季度")}


def test_a_plan_read_from_its_text_becomes_a_programme_with_the_plans_words() -> None:
    programme = create_programme(proposal=read_out_of(PLAN))
    assert [task.title for task in programme.tasks.all()] == ["排查周边摊点", "加强日常巡查", "开展安全教育"]
    assert [task.text in PLAN for task in programme.tasks.all()] == [True, True, True]
    assert programme.reporting_duties.get().date == datetime.date(2026, 6, 20)


def test_known_units_are_used_by_name_short_name_and_alias() -> None:
    education = UnitFactory(name="临湖市教育局", short_name="市教育局")
    police = UnitFactory(name="临湖市公安局")
    UnitAlias.objects.create(unit=police, name="市公安")
    plan = proposed_plan(
        proposed_task("任务", proposed_unit("市教育局"), proposed_unit("市公安"), proposed_unit("临湖市教育局", "lead"))
    )
    assert unknown_units(proposal=plan) == []
    create_programme(proposal=plan)
    assert Unit.objects.count() == 2
    assert [(one.unit, one.role) for one in TaskUnit.objects.all()] == [
        (education, "responsible"),
        (police, "responsible"),
        (education, "lead"),
    ]


def test_unknown_units_are_told_beforehand_and_created_with_the_kind_their_name_suggests() -> None:
    plan = proposed_plan(
        proposed_task(
            "任务", *(proposed_unit(name) for name in ("市教育局", "天湖区政府", "市救助管理站", "各有关单位"))
        )
    )
    assert unknown_units(proposal=plan) == ["市教育局", "天湖区政府", "市救助管理站", "各有关单位"]
    create_programme(proposal=plan, new_kinds={"市教育局": UnitKind.INSTITUTION})
    assert dict(Unit.objects.values_list("name", "kind")) == {
        "市教育局": UnitKind.INSTITUTION,
        "天湖区政府": UnitKind.DISTRICT,
        "市救助管理站": UnitKind.INSTITUTION,
        "各有关单位": UnitKind.COLLECTIVE,
    }
    assert AuditEvent.objects.get(action=AuditAction.IMPORT).details["created_units"] == list(
        Unit.objects.order_by("pk").values_list("name", flat=True)
    )


def test_two_names_of_one_unknown_office_become_one_unit() -> None:
    plan = proposed_plan(
        proposed_task("一", proposed_unit("市卫生健康委员会")),
        proposed_task("二", proposed_unit("市卫健委"), proposed_unit("市卫生健康委员会")),
    )
    create_programme(proposal=plan)
    unit = Unit.objects.get()
    assert [alias.name for alias in unit.aliases.all()] == ["市卫健委"]
    assert TaskUnit.objects.filter(unit=unit).count() == 2


def test_a_name_means_the_unit_that_was_chosen_for_it() -> None:
    chosen = UnitFactory(name="临湖市教育体育局")
    create_programme(
        proposal=proposed_plan(proposed_task("任务", proposed_unit("市文体委"))), units={"市文体委": chosen}
    )
    assert TaskUnit.objects.get().unit == chosen
    assert Unit.objects.count() == 1


def test_a_title_of_ones_own_and_a_lead_unit_are_taken() -> None:
    owner = UnitFactory()
    programme = create_programme(proposal=proposed_plan(), title="另起的名称", owner=owner)
    assert (programme.title, programme.owner) == ("另起的名称", owner)


def test_words_longer_than_their_columns_are_cut_instead_of_failing() -> None:
    long = "长" * 400
    task = proposed_task(long, number=long, deadlines=(proposed_deadline(None, text=long),))
    programme = create_programme(
        proposal=proposed_plan(task, title=long, actions=(long,), phases=(proposed_phase(long, None, None),))
    )
    assert len(programme.title) == 255
    assert Task.objects.get().title == "长" * 255


def test_nothing_is_written_when_the_last_step_fails() -> None:
    with (
        mock.patch("portal.programmes.services.programmes.record", side_effect=RuntimeError),
        pytest.raises(RuntimeError),
    ):
        create_programme(proposal=read_out_of(PLAN))
    assert not Programme.objects.exists()
    assert not Action.objects.exists()
    assert not Unit.objects.exists()


def test_the_import_is_in_the_log_with_the_plans_name() -> None:
    user = person(Role.COORDINATOR)
    programme = create_programme(proposal=read_out_of(PLAN), user=user, source="整治方案.docx")
    event = AuditEvent.objects.get(action=AuditAction.IMPORT)
    assert (event.user_id, event.target_id, event.summary) == (user.pk, str(programme.pk), "整治方案.docx")
    assert event.details["tasks"] == 3


def test_a_changed_state_is_logged_once() -> None:
    user, programme = person(Role.COORDINATOR), ProgrammeFactory(state=ProgrammeState.DRAFT)
    for _ in range(2):
        change_state(programme=programme, state=ProgrammeState.RUNNING, user=user)
    programme.refresh_from_db()
    assert programme.state == ProgrammeState.RUNNING
    assert AuditEvent.objects.filter(action=AuditAction.CHANGE, target_type="programmes.programme").count() == 1


def test_the_command_tells_which_units_it_created(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    UnitFactory(name="市教育局")
    file = tmp_path / "plan.txt"
    file.write_text(PLAN, encoding="utf-8")
    with translation.override("en"):
        call_command("import_plan", file, "--create", "--json")
    assert "New units: 市城市管理局、各区政府" in capsys.readouterr().err
    assert Programme.objects.get().tasks.count() == 3
