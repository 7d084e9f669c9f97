"""What a form costs to fill in, and what is asked twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.builder.fields import FIELD_TYPES
from forms.builder.schema import FieldSchema
from forms.builder.versions.burden import OtherForm, burden_of, plain, size_of, taken_from, twins_of
from forms.builder.versions.providers import Demand, FillTime
from tests.factories.builder import form_of, question, table_of

FORM = form_of(question("section", "s"), question("text", "a"), table_of(question("text", "b"), question("text", "c")))
SECONDS = FIELD_TYPES["text"].seconds


def demand(units: int, periods: int, title: str = "月报") -> Demand:
    """A requirement with so many units and periods."""
    return Demand(1, title, "", "", True, units, (), periods, ())


def test_a_table_counts_as_five_rows_and_a_heading_as_nothing() -> None:
    size = size_of(FORM)
    assert (size.questions, size.tables, size.columns) == (2, 1, 2)
    assert size.seconds == SECONDS + 5 * 2 * SECONDS


def test_hours_are_units_times_periods_times_the_time_of_one_report() -> None:
    burden = burden_of(FORM, demands=[demand(42, 3), demand(10, 0)])
    (share,) = burden.shares
    assert share.hours == pytest.approx(42 * 3 * 11 * SECONDS / 3600)
    assert burden.hours == share.hours
    assert burden.measured is None


def test_without_a_requirement_units_are_assumed_and_it_is_said() -> None:
    burden = burden_of(FORM, assumed_units=20)
    assert burden.is_assumed
    assert burden.hours == pytest.approx(20 * 11 * SECONDS / 3600)


def test_measured_times_replace_the_estimate_in_proportion_to_what_is_asked_now() -> None:
    twice = form_of(*FORM.fields, *(question("text", f"x{n}") for n in range(11)))
    burden = burden_of(twice, old=FORM, measured=FillTime(12, 600.0), demands=[demand(1, 1)])
    assert burden.seconds == pytest.approx(1200)
    assert burden.measured == FillTime(12, 600.0)


def test_a_few_measured_reports_are_no_measure() -> None:
    assert burden_of(FORM, old=FORM, measured=FillTime(2, 6.0)).measured is None


@given(st.integers(0, 60), st.integers(0, 24))
def test_more_units_or_periods_never_cost_less(units: int, periods: int) -> None:
    less = burden_of(FORM, demands=[demand(units, periods)]).hours
    assert burden_of(FORM, demands=[demand(units + 1, periods)]).hours >= less
    assert burden_of(FORM, demands=[demand(units, periods + 1)]).hours >= less


@pytest.mark.parametrize(
    "label", ["填报人（姓名）", "填报人 姓名：", "填报人(姓名)", "填报人-姓名？", "\u3000填报人　姓名"]
)
def test_spaces_and_punctuation_make_no_other_question(label: str) -> None:
    assert plain(label) == "填报人姓名"


def other(*questions: FieldSchema, units: frozenset[int] = frozenset({1, 2, 3})) -> OtherForm:
    """Another live form, asked of three units."""
    return OtherForm(7, "台账", form_of(*questions), units)


def test_a_question_asked_elsewhere_of_the_same_units_is_found() -> None:
    schema = form_of(question("long_text", "a", "联系人 姓名"), question("text", "b", "别的"))
    (twin,) = twins_of(schema, [other(question("text", "z", "联系人（姓名）"))], units=frozenset({2, 3, 4}))
    assert (twin.question.key, twin.form_id, twin.other.key, twin.units, twin.is_reused) == ("a", 7, "z", 2, False)


@pytest.mark.parametrize(
    ("here", "there", "units"),
    [
        (question("text", "a", "联系人"), question("text", "z", "联系人"), frozenset({9})),
        (question("number", "a", "联系人"), question("text", "z", "联系人"), frozenset({1})),
        (question("file", "a", "照片"), question("file", "z", "照片"), frozenset({1})),
        (question("section", "a", "联系人"), question("text", "z", "联系人"), frozenset({1})),
    ],
)
def test_other_units_other_types_and_files_are_not_asked_twice(
    here: FieldSchema, there: FieldSchema, units: frozenset[int]
) -> None:
    assert twins_of(form_of(here), [other(there)], units=units) == []


def test_a_reused_question_says_so() -> None:
    taking = question("text", "a", "联系人", options={"prefill": {"from": "form", "form": 7, "field": "z"}})
    assert taken_from(taking) == (7, "z")
    (twin,) = twins_of(form_of(taking), [other(question("text", "z", "联系人"))], units=frozenset())
    assert twin.is_reused


@pytest.mark.parametrize(
    "prefill", [{}, {"from": "last"}, {"from": "form", "form": "7", "field": "z"}, {"from": "form"}]
)
def test_other_prefilling_takes_nothing_from_a_form(prefill: dict[str, object]) -> None:
    assert taken_from(question("text", options={"prefill": prefill})) is None
