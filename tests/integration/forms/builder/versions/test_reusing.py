"""What a unit has already answered in another form need not be typed again."""

from typing import Any

import pytest

from forms.builder.models import FormPage
from forms.builder.schema import FieldSchema
from forms.builder.versions.reuse import reused_answers
from forms.collection.enums import ReportState
from portal.units.models import Unit
from tests.factories.builder import form_of, form_page, question
from tests.factories.collection import ExpectedReportFactory, PeriodFactory, RequirementFactory
from tests.factories.submissions import report_in
from tests.factories.units import UnitFactory

pytestmark = pytest.mark.django_db

THERE = {"choices": [{"code": "x1", "label": "市本级"}, {"code": "x2", "label": "区级"}]}
HERE = {"choices": [{"code": "y2", "label": "区级"}, {"code": "y1", "label": "市本级"}]}


@pytest.fixture
def ledger() -> FormPage:
    questions = (
        question("text", "name", "联系人"),
        question("number", "beds", "床位数"),
        question("choice", "level", options=THERE),
    )
    return form_page(form_of(*questions, title="台账"))


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


def taking(kind: str, key: str, ledger: FormPage, field: str, **options: Any) -> FieldSchema:
    """A question that takes its answer from the ledger."""
    return question(kind, key, options={**options, "prefill": {"from": "form", "form": ledger.pk, "field": field}})


def answered(ledger: FormPage, unit: Unit, state: ReportState = ReportState.ACCEPTED, **answers: Any) -> None:
    """A report of the unit."""
    period = PeriodFactory.create(requirement=RequirementFactory.create(form=ledger))
    report_in(state, ExpectedReportFactory.create(period=period, unit=unit), answers)


def test_the_units_last_accepted_answer_is_taken_over(ledger: FormPage, unit: Unit) -> None:
    answered(ledger, unit, name="王某")
    answered(ledger, unit, name="李某")
    answered(ledger, UnitFactory.create(), name="别人")
    answered(ledger, unit, ReportState.SUBMITTED, name="尚未审核")
    assert reused_answers(form_of(taking("text", "a", ledger, "name")), unit_id=unit.pk) == {"a": "李某"}


def test_a_later_report_that_left_the_question_blank_does_not_hide_an_earlier_answer(
    ledger: FormPage, unit: Unit
) -> None:
    answered(ledger, unit, name="王某")
    answered(ledger, unit, beds=3)
    assert reused_answers(form_of(taking("text", "a", ledger, "name")), unit_id=unit.pk) == {"a": "王某"}


def test_a_choice_is_found_again_by_its_label_and_a_narrower_type_widens(ledger: FormPage, unit: Unit) -> None:
    answered(ledger, unit, level="x1", beds=40)
    schema = form_of(
        taking("choice", "one", ledger, "level", **HERE),
        taking("multiple_choice", "some", ledger, "level", **HERE),
        taking("text", "words", ledger, "beds"),
    )
    assert reused_answers(schema, unit_id=unit.pk) == {"one": "y1", "some": ["y1"], "words": "40"}


def test_an_answer_that_does_not_fit_is_left_out(ledger: FormPage, unit: Unit) -> None:
    answered(ledger, unit, level="x1", name="王某")
    other = {"choices": [{"code": "y", "label": "街道"}]}
    schema = form_of(taking("choice", "one", ledger, "level", **other), taking("number", "n", ledger, "name"))
    assert reused_answers(schema, unit_id=unit.pk) == {}


def test_nothing_is_asked_of_the_database_where_nothing_is_taken_over(
    unit: Unit, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        assert reused_answers(form_of(question("text")), unit_id=unit.pk) == {}
