"""What is made of answers: exact, and parts add up to the whole."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from forms.builder.fields.base import LogicType
from forms.reporting.indicators.enums import Aggregation, Split
from forms.reporting.indicators.rules import Tally, added, allowed_for, latest_of_all, measured, shown, splits_for

numbers = st.none() | st.integers(-(10**9), 10**9) | st.decimals(-(10**6), 10**6, places=2).map(float)
reports = st.lists(st.tuples(st.integers(0, 4), st.lists(numbers, max_size=4), st.booleans()), max_size=40)


def tallies(some: list[tuple[int, list[Any], bool]], aggregation: Aggregation) -> tuple[Tally, dict[int, Tally]]:
    """Everything, and by unit, in the order of time."""
    whole, by_unit = Tally(), defaultdict[int, Tally](Tally)
    for at, (unit, values, is_nil) in enumerate(some):
        one = measured([] if is_nil else values, aggregation)
        whole.add(one, is_nil=is_nil, at=at)
        by_unit[unit].add(one, is_nil=is_nil, at=at)
    return whole, by_unit


@given(reports)
def test_sums_and_numbers_of_the_units_add_up_to_the_total(some: list[tuple[int, list[Any], bool]]) -> None:
    for aggregation in (Aggregation.SUM, Aggregation.COUNT):
        whole, by_unit = tallies(some, aggregation)
        figures = [tally.figure(aggregation) for tally in by_unit.values()]
        total = whole.figure(aggregation)
        assert (total.value or Decimal()) == added(figure.value for figure in figures if figure.value is not None)
        for name in ("accepted", "nil", "answered", "number"):
            assert getattr(total, name) == sum(getattr(figure, name) for figure in figures)
        assert total.answered + total.nil <= total.accepted


@given(reports)
def test_an_average_is_the_sum_over_the_number(some: list[tuple[int, list[Any], bool]]) -> None:
    whole, _ = tallies(some, Aggregation.AVERAGE)
    found = whole.figure(Aggregation.AVERAGE)
    assert (found.value is None) == (found.number == 0)
    if found.value is not None:
        assert shown(found.value * found.number) == shown(found.total)


@given(reports)
def test_the_latest_values_of_the_units_add_up(some: list[tuple[int, list[Any], bool]]) -> None:
    whole, by_unit = tallies(some, Aggregation.LATEST)
    newest: dict[int, Decimal] = {}
    for unit, values, is_nil in some:
        given = [] if is_nil else [Decimal(str(value)) for value in values if value is not None]
        if given:
            newest[unit] = sum(given, Decimal())
    figures = {unit: tally.figure(Aggregation.LATEST) for unit, tally in by_unit.items()}
    assert {unit: figure.value for unit, figure in figures.items() if figure.value is not None} == newest
    total = latest_of_all(figures.values(), whole.figure(Aggregation.LATEST))
    assert total.value == (sum(newest.values(), Decimal()) if newest else None)


def test_a_tenth_ten_times_is_one() -> None:
    whole = Tally()
    for _ in range(10):
        whole.add(measured([0.1], Aggregation.SUM))
    assert whole.figure(Aggregation.SUM).value == 1
    assert shown(Decimal("2.345")) == Decimal("2.35")
    assert str(shown(Decimal("100"))) == "100"


@given(st.lists(st.sampled_from([True, False, "na", None]), max_size=30))
def test_not_applicable_is_in_no_share(answers: list[Any]) -> None:
    whole = Tally()
    for answer in answers:
        whole.add(measured([answer], Aggregation.SHARE_YES))
    found = whole.figure(Aggregation.SHARE_YES)
    yes, no = answers.count(True), answers.count(False)
    assert (found.hits, found.number) == (yes, yes + no)
    if yes + no:
        assert found.value is not None
        assert shown(found.value) == shown(Decimal(100 * yes) / (yes + no))
    else:
        assert found.value is None


@given(st.lists(st.lists(st.sampled_from("abc"), max_size=3), max_size=20))
def test_a_choice_is_counted_once_for_each_answer(answers: list[list[str]]) -> None:
    whole = Tally()
    for answer in answers:
        whole.add(measured([answer or None], Aggregation.CHOICE, "a"))
    found = whole.figure(Aggregation.CHOICE)
    assert found.value == sum("a" in answer for answer in answers)
    assert whole.choices["a"] == found.hits <= found.number


def test_texts_are_counted_and_nothing_else() -> None:
    assert allowed_for(LogicType.TEXT) == allowed_for(None) == (Aggregation.COUNT,)
    assert allowed_for(LogicType.NUMBER, is_sensitive=True) == (Aggregation.COUNT,)
    assert measured(["甲", None, "乙"], Aggregation.COUNT).number == 2
    assert measured(["甲", True], Aggregation.SUM) == measured([], Aggregation.SUM)


def test_the_latest_value_belongs_to_a_unit() -> None:
    assert splits_for(Aggregation.LATEST, has_choices=False) == (Split.UNIT,)
    assert Split.CHOICE in splits_for(Aggregation.CHOICE, has_choices=True)
    assert Split.CHOICE not in splits_for(Aggregation.SUM, has_choices=False)
