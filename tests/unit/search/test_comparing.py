"""What a draft changes for judged questions."""

from typing import Any

import pytest

from search.previewing.comparing import Move, changed, compared, overall


def _outcome(*rows: tuple[str, dict[str, int], list[str], list[str] | None]) -> dict[str, Any]:
    names = ("question", "grades", "before", "after")
    return {"questions": [dict(zip(names, row, strict=True)) for row in rows], "things": {}, "missing": []}


ROWS = _outcome(
    ("热线", {"a": 3}, ["a", "b"], None),
    ("托养", {"c": 3}, [], ["c"]),
    ("救助", {"a": 3}, ["a", "b", "d"], ["b", "a", "e"]),
)


def test_measures_before_and_after_over_all_questions() -> None:
    ndcg, recall = overall(compared(ROWS))
    assert (recall.before, recall.after) == (pytest.approx(2 / 3), 1.0)
    assert recall.rises
    assert ndcg.before == pytest.approx(2 / 3)
    assert ndcg.after == pytest.approx((1 + 1 + 0.63093) / 3, abs=1e-4)


def test_only_questions_whose_first_ten_change_are_told_and_losses_come_first() -> None:
    rows = changed(compared(ROWS))
    assert [row.question for row in rows] == ["救助", "托养"]
    assert rows[0].shown[0].falls
    assert rows[1].shown[0].rises


def test_what_moved_is_said_on_both_sides() -> None:
    row = compared(ROWS)[2]
    before, after = row.places()
    assert [(place.thing, place.move, place.other) for place in before] == [
        ("a", Move.DOWN, 2),
        ("b", Move.UP, 1),
        ("d", Move.GONE, 0),
    ]
    assert [(place.thing, place.move, place.other) for place in after] == [
        ("b", Move.UP, 2),
        ("a", Move.DOWN, 1),
        ("e", Move.NEW, 0),
    ]
    assert [place.grade for place in before] == [3, 0, 0]


def test_a_difference_that_cannot_be_seen_is_none() -> None:
    measures = overall(compared(_outcome(("热线", {"a": 3}, ["a"], None))))
    assert [(measure.falls, measure.rises) for measure in measures] == [(False, False)] * 2
