"""The measures of an evaluation say what trec_eval's say."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.evaluation.measures import measured, percentile

JUDGED = {"1": {"a", "b"}, "2": {"c"}}


def test_a_perfect_run_is_perfect() -> None:
    assert set(measured(JUDGED, {"1": ["b", "a"], "2": ["c", "x"]}).values()) == {1.0}


def test_places_count() -> None:
    found = measured(JUDGED, {"1": ["x", "a", *"mnopqrst", "b"], "2": []})
    assert found["recall@5"] == found["recall@10"] == 0.25
    assert found["recall@20"] == 0.5
    assert found["mrr@10"] == 0.25
    best = 1 + 1 / math.log2(3)
    assert found["ndcg@10"] == pytest.approx((1 / math.log2(3)) / best / 2)


def test_what_comes_after_the_hundredth_does_not_count() -> None:
    assert measured({"1": {"a"}}, {"1": [*map(str, range(100)), "a"]})["recall@100"] == 0


@given(st.lists(st.sampled_from("abcdefgh"), unique=True), st.sets(st.sampled_from("abcdefgh"), min_size=1))
def test_no_measure_leaves_its_range_and_recall_grows_with_depth(run: list[str], relevant: set[str]) -> None:
    found = measured({"1": relevant}, {"1": run})
    assert all(0 <= value <= 1 for value in found.values())
    assert found["recall@5"] <= found["recall@10"] <= found["recall@20"] <= found["recall@100"]
    assert (found["recall@100"] == 1) == (relevant <= set(run))


@pytest.mark.parametrize(("share", "value"), [(0.5, 50), (0.95, 95), (1.0, 100), (0.001, 1)])
def test_percentiles(share: float, value: float) -> None:
    assert percentile([float(one) for one in range(100, 0, -1)], share) == value
    assert percentile([], share) == 0


def test_what_answers_better_counts_more_and_equal_grades_count_as_none() -> None:
    grades = {"1": {"a": 3, "b": 1}}
    assert measured(grades, {"1": ["a", "b"]})["ndcg@10"] == 1.0
    second = measured(grades, {"1": ["b", "a"]})["ndcg@10"]
    assert second == pytest.approx((1 + 3 / math.log2(3)) / (3 + 1 / math.log2(3)))
    run = {"1": ["x", "a"], "2": ["c"]}
    alike = {question: dict.fromkeys(relevant, 2) for question, relevant in JUDGED.items()}
    assert measured(alike, run) == measured(JUDGED, run)
