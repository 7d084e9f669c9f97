"""Units, tasks and people of the portal as choices."""

import datetime
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from forms.builder.fields import FIELD_TYPES, Sources
from forms.builder.logic.outcome import LogicContext
from forms.builder.rendering import AnswerForm, build_form, check_answers
from forms.builder.schema import FormSchema
from portal.programmes.enums import ProgrammeState
from portal.units.enums import Role, UnitKind
from portal.units.models import Unit
from tests.factories.builder import form_of, post_data, posted, question, table_of
from tests.factories.programmes import ProgrammeFactory, TaskFactory
from tests.factories.units import MembershipFactory, UnitFactory, UserFactory, person

pytestmark = pytest.mark.django_db

PERSON = form_of(question("person", "p"))
TASK = form_of(question("task", "t"))


def read(schema: FormSchema, known: dict[str, Any] | None = None, **values: str) -> Any:
    """The one answer that was typed; None where it is refused."""
    form = build_form(schema, data=posted(**values), **(known or {}))
    return next(iter(form.answers().values())) if form.is_valid() else None


def offered(schema: FormSchema, **known: Any) -> list[str]:
    """Labels that the one question offers."""
    form = build_form(schema, **known)
    fields: list[Any] = list(form.fields.values())
    return list(fields[0].offer.labels.values())


def test_a_task_is_one_of_the_requirements_programme() -> None:
    running = ProgrammeFactory(state=ProgrammeState.RUNNING)
    mine = TaskFactory(programme=running, number="12", title="开展街面巡查")
    other = TaskFactory(programme=ProgrammeFactory(state=ProgrammeState.RUNNING))
    known = {"programme_id": running.pk}
    assert read(TASK, known, t=str(mine.pk)) == {"task": mine.pk, "name": "12. 开展街面巡查"}
    assert read(TASK, known, t="12. 开展街面巡查") == {"task": mine.pk, "name": "12. 开展街面巡查"}
    assert read(TASK, known, t=str(other.pk)) is None


def test_without_a_programme_the_tasks_of_all_running_ones_are_offered() -> None:
    titles = {
        state: TaskFactory(programme=ProgrammeFactory(state=state), number="", title=f"任务{state}").title
        for state in ProgrammeState
    }
    assert titles[ProgrammeState.RUNNING] in offered(TASK)
    assert titles[ProgrammeState.DRAFT] not in offered(TASK)
    assert titles[ProgrammeState.CLOSED] not in offered(TASK)


def test_a_task_that_was_chosen_stays_choosable_by_its_old_name() -> None:
    answers = {"t": {"task": 99999, "name": "3. 已并入他项的任务"}}
    again = build_form(TASK, data=post_data(TASK, answers), answers=answers)
    assert again.is_valid()
    assert again.answers() == answers


def test_a_person_serves_in_the_reporting_unit_today() -> None:
    unit = UnitFactory()
    here = person(Role.REPORTER, unit, name="林晓")
    elsewhere = person(Role.REPORTER, UnitFactory(), name="王强")
    left = UserFactory(name="张远")
    MembershipFactory(user=left, unit=unit, valid_until=datetime.date(2020, 1, 1))
    known = {"unit_id": unit.pk}
    assert offered(PERSON, **known) == ["林晓"]
    assert read(PERSON, known, p=str(here.pk)) == {"person": here.pk, "name": "林晓"}
    assert read(PERSON, known, p=str(elsewhere.pk)) is None
    assert read(PERSON, known, p="王强") is None


def test_two_people_of_one_name_can_be_told_apart() -> None:
    unit = UnitFactory()
    people = [person(Role.REPORTER, unit, name="林晓") for _ in range(2)]
    person(Role.STAFF, unit, name="王强")
    labels = offered(PERSON, unit_id=unit.pk)
    assert len(set(labels)) == 3
    assert all(any(one.username in label for label in labels) for one in people)
    assert "王强" in labels


def test_a_person_with_two_roles_is_offered_once() -> None:
    unit = UnitFactory()
    one = person(Role.REPORTER, unit, name="林晓")
    MembershipFactory(user=one, unit=unit, role=Role.UNIT_REVIEWER)
    assert offered(PERSON, unit_id=unit.pk) == ["林晓"]


def test_others_may_be_named_where_the_editor_wishes_it() -> None:
    unit = UnitFactory()
    here = person(Role.REPORTER, unit, name="林晓")
    schema = form_of(question("person", "p", options={"others": True}))
    known = {"unit_id": unit.pk}
    assert read(schema, known, p="赵六") == {"person": None, "name": "赵六"}
    assert read(schema, known, p="林晓") == {"person": here.pk, "name": "林晓"}
    assert read(schema, known, p="长" * 201) is None
    answers = {"p": {"person": None, "name": "赵六"}}
    again = build_form(schema, data=post_data(schema, answers), answers=answers, **known)
    assert again.is_valid()
    assert again.answers() == answers
    strict = build_form(PERSON, data=post_data(PERSON, answers), answers=answers, **known)
    assert strict.is_valid(), "who was named once stays, though only people of the unit may be chosen now"
    assert strict.answers() == answers


def test_a_name_that_is_typed_brings_its_suggestions_along() -> None:
    unit = UnitFactory()
    person(Role.REPORTER, unit, name="林晓")
    schema = form_of(question("person", "p", options={"others": True}))
    drawn = str(build_form(schema, unit_id=unit.pk)["p"])
    assert 'list="id_p_list"' in drawn
    assert '<datalist id="id_p_list"><option value="林晓"' in drawn


def test_units_may_be_limited_by_kind_and_place() -> None:
    city = UnitFactory(kind=UnitKind.CITY)
    own = city.add_child(instance=Unit(name="市民政局", kind=UnitKind.BUREAU))
    below = own.add_child(instance=Unit(name="救助管理站", kind=UnitKind.INSTITUTION))
    beside = Unit.objects.get(pk=city.pk).add_child(instance=Unit(name="市公安局", kind=UnitKind.BUREAU))
    by_kind = form_of(question("unit", "u", options={"kind": "bureau"}))
    assert offered(by_kind) == [own.name, beside.name]
    by_place = form_of(question("unit", "u", options={"below": "own"}))
    assert offered(by_place, unit_id=own.pk) == [below.name]
    assert offered(by_place, unit_id=below.pk) == []


@pytest.fixture
def branches() -> dict[str, Unit]:
    """三亚市 with 吉阳区 and, below that, a station; 海口市 beside."""
    sanya = UnitFactory(name="三亚市", kind=UnitKind.CITY)
    jiyang = sanya.add_child(instance=Unit(name="三亚市吉阳区", kind=UnitKind.DISTRICT))
    station = jiyang.add_child(instance=Unit(name="吉阳区救助站", kind=UnitKind.INSTITUTION))
    haikou = UnitFactory(name="海口市", kind=UnitKind.CITY)
    return {"sanya": Unit.objects.get(pk=sanya.pk), "jiyang": jiyang, "station": station, "haikou": haikou}


def below(unit: Unit, **options: Any) -> FormSchema:
    """A question for a unit below this one, alone and as a column."""
    limit = {"root": {"unit": unit.pk, "name": unit.name}, **options}
    return form_of(question("unit", "u", options=limit), table_of(question("unit", "c", options=limit)))


def test_only_units_below_one_unit_may_be_offered_at_every_level(branches: dict[str, Unit]) -> None:
    schema = below(branches["sanya"])
    assert offered(schema) == ["三亚市吉阳区", "吉阳区救助站"]
    assert offered(below(branches["sanya"], kind="district")) == ["三亚市吉阳区"]
    assert offered(below(branches["sanya"], below="own"), unit_id=branches["jiyang"].pk) == ["吉阳区救助站"]
    schema = form_of(schema.fields[0])
    assert read(schema, u=str(branches["station"].pk)) == {"unit": branches["station"].pk, "name": "吉阳区救助站"}
    assert read(schema, u="吉阳区救助站") == {"unit": branches["station"].pk, "name": "吉阳区救助站"}
    for other in (branches["haikou"], branches["sanya"]):
        assert read(schema, u=str(other.pk)) is None
        assert read(schema, u=other.name) is None


def test_the_unit_that_limits_may_be_renamed_and_comes_by_name_from_elsewhere(branches: dict[str, Unit]) -> None:
    schema = below(branches["sanya"])
    Unit.objects.filter(pk=branches["sanya"].pk).update(name="三亚市人民政府")
    assert offered(schema) == ["三亚市吉阳区", "吉阳区救助站"]
    elsewhere = {"root": {"unit": branches["haikou"].pk, "name": "三亚市吉阳区"}}
    assert offered(form_of(question("unit", "u", options=elsewhere))) == ["吉阳区救助站"]
    gone = {"root": {"unit": 999_999, "name": "三沙市"}}
    assert offered(form_of(question("unit", "u", options=gone))) == []


def test_a_unit_outside_of_the_limit_is_said_once_and_stays_in_the_draft(branches: dict[str, Unit]) -> None:
    schema = below(branches["sanya"])
    haikou = {"unit": branches["haikou"].pk, "name": "海口市"}
    answers = {"u": haikou, "rows": [{"c": haikou}]}
    form = build_form(schema, data=post_data(schema, answers), answers=answers)
    assert not form.is_valid()
    paths = ["u", "rows.0.c"]
    assert [fault.path for fault in form.faults_listed()] == paths
    assert all("海口市" in fault.message for fault in form.faults_listed())
    assert form.draft_answers() == answers
    context = LogicContext(datetime.date(2026, 3, 1))
    assert [fault.path for fault in check_answers(schema, answers, Sources(answers=answers), context)] == paths
    ended = {"u": {"unit": 999_999, "name": "已撤销的单位"}}
    assert check_answers(schema, ended, Sources(answers=ended), context) == []


def test_the_editor_is_told_of_a_limit_that_limits_to_nothing(branches: dict[str, Unit]) -> None:
    kind = FIELD_TYPES["unit"]

    def faults(unit: dict[str, Any]) -> list[str]:
        return list(kind.check({"label": "单位", "root": unit}))

    assert faults({"unit": branches["sanya"].pk, "name": "三亚市"}) == []
    assert faults({"unit": branches["haikou"].pk, "name": "海口市"}) == ["root"]
    assert faults({"unit": branches["sanya"].pk, "name": "三沙市"}) == ["root"]
    assert faults({}) == []
    assert kind.schema("u", {"label": "单位", "root": {}}).options == {}
    limited = below(branches["sanya"]).fields[0]
    assert kind.schema("u", kind.raw(limited)) == limited


def table_form(rows: int, unit: Unit, programme_id: int, data: bool = False) -> AnswerForm:
    """A form with a table of units, tasks, people and regions."""
    columns = [question(kind, kind) for kind in ("unit", "task", "person", "region")]
    schema = form_of(table_of(*columns, max_rows=100), *(question(kind, f"top-{kind}") for kind in ("unit", "task")))
    answer = {
        "unit": {"unit": unit.pk, "name": unit.name},
        "region": {"region": "460203", "name": "海南省三亚市吉阳区"},
    }
    answers: dict[str, Any] = {"rows": [answer] * rows}
    known: dict[str, Any] = {"unit_id": unit.pk, "programme_id": programme_id}
    if data:
        return build_form(schema, data=post_data(schema, answers), answers=answers, **known)
    return build_form(schema, answers=answers, **known)


@pytest.mark.parametrize("rows", [1, 60])
def test_rows_ask_the_database_no_more(django_assert_num_queries: DjangoAssertNumQueries, rows: int) -> None:
    unit = UnitFactory()
    programme = TaskFactory().programme
    with django_assert_num_queries(3):
        form = table_form(rows, unit, programme.pk)
        assert len([str(cell) for row in form.tables["rows"].forms for cell in row.cells()]) >= 4 * rows
    with django_assert_num_queries(3):
        form = table_form(rows, unit, programme.pk, data=True)
        assert form.is_valid(), form.faults_listed()
        assert len(form.answers()["rows"]) == rows
