"""Drawings come from browsers, and from whoever pretends to be one."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.builder.drawings import (
    MAX_BYTES,
    MAX_POINTS,
    MAX_STROKES,
    NoDrawingError,
    SlightDrawingError,
    drawing_of,
    parse_drawing,
)

STROKE = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100]


def drawing(*strokes: Any, **more: Any) -> dict[str, Any]:
    """A drawing of these strokes."""
    return {"strokes": list(strokes), "width": 600, "height": 200} | more


def test_a_drawing_comes_back_as_it_was_drawn_and_with_nothing_else_in_it() -> None:
    found = parse_drawing(json.dumps(drawing(STROKE, [1, 2], script="<script>")))
    assert found == drawing(STROKE, [1, 2])


def test_strokes_are_drawn_as_lines_and_dots_as_lines_to_themselves() -> None:
    shown = drawing_of(drawing(STROKE, [1, 2]))
    assert shown is not None
    assert shown.strokes == ("10,20 30,40 50,60 70,80 90,100", "1,2 1,2")


@pytest.mark.parametrize(
    "forged",
    [
        drawing(),
        drawing([]),
        drawing([1]),
        drawing([1, 2, 3]),
        drawing("1,2"),
        drawing(["1", "2"]),
        drawing([1.5, 2] * 5),
        drawing([True, False] * 5),
        drawing([-1, 2] * 5),
        drawing([601, 2] * 5),
        drawing([2, 201] * 5),
        drawing(STROKE, width=0),
        drawing(STROKE, width=True),
        drawing(STROKE, width="600"),
        drawing(STROKE, height=10**9),
        drawing(STROKE, strokes={"0": STROKE}),
        drawing(STROKE, strokes=None),
        drawing(*[[1, 2]] * (MAX_STROKES + 1)),
        drawing([1, 2] * (MAX_POINTS + 1)),
        {"typed": "张三"},
        {},
        [],
        None,
        5,
    ],
)
def test_forged_drawings_are_no_drawings(forged: Any) -> None:
    with pytest.raises(NoDrawingError):
        parse_drawing(json.dumps(forged))
    assert drawing_of(forged) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "NaN",
        '{"strokes":[[NaN,1]],"width":600,"height":200}',
        "[" * 50_000,
        "9" * 50_000,
        " " * (MAX_BYTES + 1),
    ],
)
def test_what_is_no_json_or_too_long_is_no_drawing(text: str) -> None:
    with pytest.raises(NoDrawingError):
        parse_drawing(text)


def test_a_slip_of_the_finger_is_told_apart() -> None:
    with pytest.raises(SlightDrawingError):
        parse_drawing(json.dumps(drawing([1, 2, 3, 4])))


def test_as_much_as_the_bounds_allow_is_taken() -> None:
    full = drawing(*[[1, 2] * (MAX_POINTS // MAX_STROKES)] * MAX_STROKES)
    assert parse_drawing(json.dumps(full, separators=(",", ":"))) == full


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=3), st.lists, max_leaves=10))
def test_any_json_is_a_drawing_or_none(strokes: Any) -> None:
    drawing_of({"strokes": strokes, "width": 10, "height": 10})
