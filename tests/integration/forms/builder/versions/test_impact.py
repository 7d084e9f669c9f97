"""Before publishing, an editor sees what it does to reports, requirements, exports and the time of the units."""

import datetime
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forms.builder.models import FormPage
from forms.builder.schema import FieldSchema, FormSchema
from forms.builder.versions import rechecking
from forms.builder.versions.impact import Impact, impact_of
from forms.collection.enums import ReportState, RequirementState
from forms.collection.models import Requirement
from portal.accounts.models import User
from portal.units.enums import Role
from tests.factories.builder import form_of, form_page, question, table_of
from tests.factories.collection import ExpectedReportFactory, PeriodFactory, RequirementFactory, publish_version
from tests.factories.submissions import report_in
from tests.factories.units import UnitFactory, person

pytestmark = pytest.mark.django_db

CHOICE = question("choice", "level", "等级")
FORM = form_of(
    question("text", "what", "问题", required=True),
    question("number", "count", "人数"),
    CHOICE,
    table_of(question("text", "c", "地点")),
    title="检查表",
)
ANSWERS: dict[str, Any] = {"what": "漏电", "count": 5, "level": "c1", "rows": [{"c": "鸿港市场"}]}


@pytest.fixture
def page() -> FormPage:
    return form_page(FORM, user=person(Role.EDITOR))


@pytest.fixture
def editor() -> User:
    return person(Role.EDITOR)


def draft(page: FormPage, schema: FormSchema) -> FormPage:
    """The page with an unpublished draft that asks the schema."""
    page.ask(schema)
    page.save_revision(clean=False)
    return FormPage.objects.get(pk=page.pk)


def changed(page: FormPage, editor: User, *fields: FieldSchema, title: str = "检查表") -> Impact:
    """What publishing these questions would do."""
    kept = draft(page, form_of(*fields, title=title))
    return impact_of(kept, kept.get_latest_revision_as_object(), user=editor, now=timezone.now())


def with_reports(page: FormPage, *states: ReportState, answers: dict[str, Any] | None = None) -> Requirement:
    """A requirement of the form with a unit in each state."""
    requirement = RequirementFactory.create(form=page)
    period = PeriodFactory.create(requirement=requirement)
    for state in states:
        report_in(state, ExpectedReportFactory.create(period=period), answers or ANSWERS)
    return requirement


def test_before_the_first_publishing_only_burden_and_obstacles_are_shown(editor: User) -> None:
    page = FormPage(title="新表", slug="new", live=False)
    form_page(FORM).get_parent().add_child(instance=page)
    page.ask(form_of(question("text", "a", "单位名称"), title="新表"))
    page.save_revision()
    page = FormPage.objects.get(pk=page.pk)
    found = impact_of(page, page.get_latest_revision_as_object(), user=editor, now=timezone.now())
    assert found.comparison is None
    assert found.obstacles == []
    assert found.burden.is_assumed
    assert not found.asks_what_to_do


def test_reports_that_lie_with_their_units_are_counted_by_requirement(page: FormPage, editor: User) -> None:
    with_reports(page, ReportState.DRAFT, ReportState.DRAFT, ReportState.RETURNED, ReportState.ACCEPTED)
    found = changed(page, editor, *FORM.fields, question("text", "new", "备注"))
    (row,) = found.in_progress
    assert (row.drafts, row.returned, row.units) == (2, 1, 3)
    assert found.drafts == 3
    assert found.asks_what_to_do


def test_accepted_reports_that_the_new_rules_would_refuse_are_counted_and_reasons_given(
    page: FormPage, editor: User
) -> None:
    with_reports(page, ReportState.ACCEPTED, ReportState.ACCEPTED, ReportState.SUBMITTED)
    found = changed(page, editor, *FORM.fields, question("text", "new", "责任人", required=True))
    assert found.recheck is not None
    assert (found.recheck.accepted, found.recheck.checked, found.recheck.failing) == (2, 2, 2)
    assert dict(found.recheck.by_question) == {"责任人": 2}


def test_reports_are_named_only_to_those_who_may_read_them(page: FormPage, editor: User) -> None:
    requirement = with_reports(page, ReportState.ACCEPTED)
    fields = [*FORM.fields, question("text", "new", "责任人", required=True)]
    hidden = changed(page, editor, *fields).recheck
    assert hidden is not None
    assert hidden.shown == ()
    coordinator = person(Role.COORDINATOR, requirement.owner)
    named = changed(page, coordinator, *fields).recheck
    assert named is not None
    (one,) = named.shown
    assert one.report.url
    assert "责任人" in one.reasons[0]


def test_reports_that_pass_are_said_to_pass(page: FormPage, editor: User) -> None:
    with_reports(page, ReportState.ACCEPTED)
    found = changed(page, editor, *FORM.fields, question("text", "new", "备注"))
    assert found.recheck is not None
    assert (found.recheck.checked, found.recheck.failing) == (1, 0)


def test_an_answer_that_went_out_of_bounds_fails(page: FormPage, editor: User) -> None:
    with_reports(page, ReportState.ACCEPTED)
    what, count, *rest = FORM.fields
    found = changed(page, editor, what, replace(count, options={"maximum": 3}), *rest)
    assert found.recheck is not None
    assert dict(found.recheck.by_question) == {"人数": 1}


def test_no_more_than_the_latest_reports_are_checked(
    page: FormPage, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rechecking, "MOST_CHECKED", 2)
    with_reports(page, *[ReportState.ACCEPTED] * 3)
    recheck = changed(page, editor, *FORM.fields, question("text", "new", "责任人", required=True)).recheck
    assert recheck is not None
    assert (recheck.accepted, recheck.checked, recheck.failing) == (3, 2, 2)
    assert recheck.is_partial


@pytest.mark.parametrize("state", list(ReportState))
def test_a_changed_type_is_refused_once_there_are_answers_in_any_state(
    page: FormPage, editor: User, state: ReportState
) -> None:
    with_reports(page, state)
    what, _count, *rest = FORM.fields
    found = changed(page, editor, what, question("date", "count", "日期"), *rest)
    (obstacle,) = found.obstacles
    assert "日期" in obstacle


def test_a_changed_type_is_allowed_where_nobody_has_answered(page: FormPage, editor: User) -> None:
    with_reports(page, ReportState.ACCEPTED, answers={"what": "漏电"})
    what, _count, *rest = FORM.fields
    assert changed(page, editor, what, question("date", "count", "日期"), *rest).obstacles == []


def test_a_widened_type_is_no_obstacle_and_is_told(page: FormPage, editor: User) -> None:
    with_reports(page, ReportState.ACCEPTED)
    what, *rest = FORM.fields
    found = changed(page, editor, replace(what, type="long_text"), *rest)
    assert found.obstacles == []
    assert [one.path for one in found.widenings] == ["what"]
    assert found.recheck is not None
    assert found.recheck.failing == 0


def test_a_question_that_comes_back_with_another_type_is_refused_too(page: FormPage, editor: User) -> None:
    with_reports(page, ReportState.ACCEPTED)
    what, _count, *rest = FORM.fields
    publish_version(page, form_of(what, *rest, title="检查表"))
    assert changed(page, editor, what, question("date", "count", "日期"), *rest).obstacles != []


def test_questions_that_are_not_asked_any_more_are_told_with_whether_they_were_answered(
    page: FormPage, editor: User
) -> None:
    with_reports(page, ReportState.ACCEPTED, answers={"what": "漏电", "count": 5})
    found = changed(page, editor, FORM.fields[0])
    assert {one.title: one.is_answered for one in found.retired} == {"人数": True, "等级": False, "清单": False}


def test_columns_that_are_not_asked_any_more_are_told_too(page: FormPage, editor: User) -> None:
    with_reports(page, ReportState.ACCEPTED)
    table = table_of(question("text", "d", "责任人"))
    found = changed(page, editor, *FORM.fields[:3], table)
    assert [(one.title, one.is_answered) for one in found.retired] == [("清单 · 地点", True)]


def test_requirements_are_shown_with_their_periods_and_ended_ones_are_not(page: FormPage, editor: User) -> None:
    now = timezone.now()
    requirement = with_reports(page, ReportState.DRAFT)
    soon = {"opens_at": now + datetime.timedelta(days=5), "due_at": now + datetime.timedelta(days=9)}
    PeriodFactory.create(requirement=requirement, version=None, **soon)
    RequirementFactory.create(form=page, state=RequirementState.CLOSED)
    (one,) = changed(page, editor, FORM.fields[0]).demands
    assert one.title == requirement.title
    assert one.upcoming_periods == 1
    assert len(one.open_periods) == 1
    assert one.version_numbers == (1,)
    assert one.url == ""


def test_columns_of_exports_that_come_go_or_are_renamed_are_listed(page: FormPage, editor: User) -> None:
    what, count, choice, _table = FORM.fields
    table = table_of(question("text", "c", "详细地点"), question("text", "d", "责任人"))
    found = changed(page, editor, replace(what, label="存在问题"), choice, table, question("text", "e", "备注"))
    assert found.columns.added == ("清单 · 责任人", "备注")
    assert found.columns.gone == (count.label,)
    assert found.columns.renamed == (("问题", "存在问题"), ("清单 · 地点", "清单 · 详细地点"))


def test_an_unfinished_question_is_named(page: FormPage, editor: User) -> None:
    found = changed(page, editor, *FORM.fields, question("choice", "x", "情形", options={"choices": []}))
    (obstacle,) = found.obstacles
    assert "情形" in obstacle
    inside = changed(page, editor, table_of(question("choice", "x", "列项", options={"choices": []}), label="问题清单"))
    assert any("问题清单" in one and "列项" in one for one in inside.obstacles)


def test_a_question_that_another_form_asks_the_same_units_is_offered(page: FormPage, editor: User) -> None:
    unit = UnitFactory.create()
    other = form_page(form_of(question("text", "z", "问题（简述）"), title="台账"), slug="other")
    for form in (page, other):
        requirement = RequirementFactory.create(form=form, units=[unit])
        PeriodFactory.create(requirement=requirement)
    found = changed(page, editor, replace(FORM.fields[0], label="问题 简述："))
    (twin,) = found.twins
    assert (twin.form_title, twin.units) == ("台账", 1)


@pytest.fixture
def counted(page: FormPage, editor: User) -> Callable[[], int]:
    """How many queries the preview takes."""

    def count() -> int:
        fields = [*FORM.fields, question("unit", "u", "单位"), question("text", "new", "责任人", required=True)]
        kept = draft(page, form_of(*fields, title="检查表"))
        latest = kept.get_latest_revision_as_object()
        with CaptureQueriesContext(connection) as found:
            impact_of(kept, latest, user=editor, now=timezone.now())
        return len(found)

    return count


def test_the_number_of_queries_does_not_grow_with_the_number_of_reports(
    page: FormPage, counted: Callable[[], int]
) -> None:
    with_reports(page, ReportState.ACCEPTED, ReportState.DRAFT)
    few = counted()
    with_reports(page, *[ReportState.ACCEPTED] * 4, *[ReportState.DRAFT] * 3)
    with_reports(page, *[ReportState.ACCEPTED] * 4)
    assert counted() <= few <= 24
