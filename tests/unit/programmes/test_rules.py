"""Marks in a text, words found again, kinds of units."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.programmes.plan_import import Span
from portal.programmes.rules import Mark, guess_kind, locate, segments
from portal.units.enums import UnitKind

LENGTH = 40


@st.composite
def marks(draw: st.DrawFn) -> list[Mark]:
    """Marks that overlap, nest, are empty or reach beyond the text."""
    places = st.integers(-5, LENGTH + 5)
    pairs = draw(st.lists(st.tuples(places, places), max_size=12))
    return [Mark(str(number), "unit", start, end) for number, (start, end) in enumerate(pairs)]


@given(marks())
def test_the_segments_are_the_text_without_gap_or_overlap(given_marks: list[Mark]) -> None:
    found = segments(LENGTH, given_marks)
    assert [place for segment in found for place in range(segment.start, segment.end)] == list(range(LENGTH))
    assert all(segment.start < segment.end for segment in found)


@given(marks())
def test_every_character_carries_exactly_the_marks_that_lie_over_it(given_marks: list[Mark]) -> None:
    for segment in segments(LENGTH, given_marks):
        for place in range(segment.start, segment.end):
            assert {mark.key for mark in segment.marks} == {
                mark.key for mark in given_marks if mark.start <= place < mark.end
            }


@given(marks())
def test_every_real_mark_begins_once(given_marks: list[Mark]) -> None:
    begun = [mark.key for segment in segments(LENGTH, given_marks) for mark in segment.begins]
    real = [mark.key for mark in given_marks if max(mark.start, 0) < min(mark.end, LENGTH)]
    assert sorted(begun) == sorted(real)


@given(marks())
def test_the_widest_mark_comes_first(given_marks: list[Mark]) -> None:
    for segment in segments(LENGTH, given_marks):
        widths = [min(mark.end, LENGTH) - max(mark.start, 0) for mark in segment.marks]
        assert widths == sorted(widths, reverse=True)


def test_a_text_without_marks_is_one_segment() -> None:
    assert [(one.start, one.end, one.marks) for one in segments(5, [])] == [(0, 5, ())]


def test_an_empty_text_has_no_segment() -> None:
    assert segments(0, [Mark("a", "unit", 0, 3)]) == []


def test_overlapping_marks_share_their_middle() -> None:
    found = segments(6, [Mark("a", "unit", 0, 4), Mark("b", "deadline", 2, 6)])
    assert [(one.start, one.end, [mark.key for mark in one.marks]) for one in found] == [
        (0, 2, ["a"]),
        (2, 4, ["a", "b"]),
        (4, 6, ["b"]),
    ]


@given(st.text(alphabet="市民政局\n 2020", min_size=1, max_size=30), st.data())
def test_words_are_found_again_whatever_blanks_were_lost(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    words = "".join(text[start:end].split())
    found = locate(text, words)
    if words:
        assert found is not None
        assert "".join(text[found.start : found.end].split()) == words
    else:
        assert found is None


def test_words_broken_by_a_line_end_are_found() -> None:
    assert locate("负责食品\n\n药品安全工作", "食品药品安全") == Span(2, 10)


def test_words_are_looked_for_only_where_they_may_stand() -> None:
    assert locate("市民政局，市民政局", "市民政局", Span(4, 9)) == Span(5, 9)
    assert locate("市民政局，市公安局", "市民政局", Span(4, 9)) is None


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("市民政局", UnitKind.BUREAU),
        ("市卫生健康委员会", UnitKind.BUREAU),
        ("市扶贫办", UnitKind.BUREAU),
        ("市委政法委", UnitKind.PARTY),
        ("市委宣传部", UnitKind.PARTY),
        ("天涯区政府", UnitKind.DISTRICT),
        ("石桥县人民政府", UnitKind.DISTRICT),
        ("育才生态区管委会", UnitKind.DISTRICT),
        ("各区政府", UnitKind.COLLECTIVE),
        ("市有关部门", UnitKind.COLLECTIVE),
        ("市救助管理站", UnitKind.INSTITUTION),
        ("市疾病预防控制中心", UnitKind.INSTITUTION),
        ("市政府", UnitKind.CITY),
        ("城关镇政府", UnitKind.STREET),
        ("社会事务科", UnitKind.DIVISION),
        ("甲乙丙", UnitKind.OTHER),
    ],
)
def test_a_units_name_tells_its_kind(name: str, kind: UnitKind) -> None:
    assert guess_kind(name) == kind
