"""What may stand in an official document, and how its numbers are written."""

import datetime
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.files.official.columns import TEXT_POINTS, grid_of
from portal.files.official.words import before_stop, day, heading_number, line_of, lines_of, note_label, width


def test_headings_are_numbered_as_the_standard_says() -> None:
    assert [heading_number(level, 2) for level in (1, 2, 3, 4)] == ["二、", "（二）", "2.", "（2）"]


@pytest.mark.parametrize(
    ("notes", "label"),
    [((), ""), ((3,), "[3]"), ((2, 1), "[1,2]"), ((5, 1, 4, 3, 3), "[1,3–5]"), (tuple(range(1, 61)), "[1–60]")],
)
def test_sources_are_named_in_one_bracket(notes: tuple[int, ...], label: str) -> None:
    assert note_label(notes) == label


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("整改率95%。", ("整改率95%", "。")),
        ("为什么？！", ("为什么", "？！")),
        ("他说“好。”", ("他说“好。”", "")),
        ("没有句号", ("没有句号", "")),
        ("。", ("。", "")),
    ],
)
def test_a_source_is_named_before_the_stop(text: str, parts: tuple[str, str]) -> None:
    assert before_stop(text) == parts


def test_the_date_has_arabic_digits_without_zeros_in_front() -> None:
    assert day(datetime.date(2020, 1, 2)) == "2020年1月2日"


@given(st.text(st.characters(codec=None), max_size=60))
def test_every_character_that_can_be_printed_stays_and_no_other(text: str) -> None:
    kept = "".join(lines_of(text))
    assert re.search(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]", kept) is None
    assert [c for c in kept if c.isalnum()] == [c for c in text if c.isalnum()]
    assert "\n" not in line_of(text)
    assert line_of(line_of(text)) == line_of(text)


@given(
    st.lists(st.text(max_size=12), min_size=1, max_size=18),
    st.lists(st.lists(st.text(max_size=60), max_size=20), max_size=6),
)
def test_columns_fill_the_width_of_the_text_and_none_vanishes(head: list[str], rows: list[list[str]]) -> None:
    grid = grid_of(head, rows, frozenset({0}))
    assert sum(grid.widths) == pytest.approx(TEXT_POINTS, abs=0.5)
    assert min(grid.widths) >= 10
    assert {len(row) for row in grid.rows} <= {len(head)}


def test_a_column_is_as_wide_as_its_words_ask() -> None:
    grid = grid_of(("单位", "应报", "情况"), [("一大队", "12", "各单位主要负责人亲自抓" * 5)], frozenset({1}))
    unit, due, words = grid.widths
    assert words > unit + due
    assert due >= 2 * grid.points


def test_many_columns_are_set_in_smaller_type() -> None:
    sizes = [grid_of(["完成情况"] * count, [], frozenset()).points for count in (3, 8, 10, 12, 14)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] == 12
    assert sizes[-1] < 9


def test_widths_are_counted_in_squares() -> None:
    assert (width("汇总"), width("2020"), width("“好”"), width("")) == (2, 2, 3, 0)
