"""By which right an export was made, and whether that right still stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.exchange.exports.enums import Content
from forms.exchange.exports.rules import Depth, Reach, Selection, needed

REACHES = st.builds(Reach, st.sampled_from(Depth), st.frozensets(st.integers(1, 4)))
SELECTIONS = st.builds(
    Selection,
    st.sampled_from(Content),
    st.frozensets(st.integers(1, 9)),
    st.frozensets(st.integers(1, 9)),
    st.sampled_from(["", "accepted"]),
    st.booleans(),
)


@given(REACHES, st.sampled_from(Content))
def test_whoever_made_an_export_may_take_it_as_long_as_nothing_changed(reach: Reach, content: Content) -> None:
    assert reach.covers(needed(content, reach))


@given(REACHES)
def test_a_reach_survives_being_stored(reach: Reach) -> None:
    assert Reach.from_json(reach.to_json()) == reach


@given(SELECTIONS)
def test_a_selection_survives_being_stored(chosen: Selection) -> None:
    assert Selection.from_json(chosen.to_json()) == chosen


@pytest.mark.parametrize(
    ("content", "then", "now", "may"),
    [
        (Content.SENT, Reach(Depth.SENT), Reach(Depth.SENT), True),
        (Content.SENT, Reach(Depth.SENT), Reach(Depth.ACCEPTED), False),
        (Content.ACCEPTED, Reach(Depth.SENT), Reach(Depth.ACCEPTED), True),
        (Content.ACCEPTED, Reach(Depth.ACCEPTED, frozenset({1})), Reach(Depth.ACCEPTED), True),
        (Content.SENT, Reach(Depth.SENT, frozenset({1})), Reach(Depth.SENT), True),
        (Content.WORKING, Reach(Depth.SENT, frozenset({1})), Reach(Depth.SENT), False),
        (Content.ACCEPTED, Reach(Depth.NOTHING, frozenset({1, 2})), Reach(Depth.NOTHING, frozenset({1})), False),
        (Content.SENT, Reach(Depth.ACCEPTED, frozenset({1})), Reach(Depth.ACCEPTED), False),
    ],
)
def test_a_right_that_was_lost_opens_no_file(content: Content, then: Reach, now: Reach, may: bool) -> None:
    assert now.covers(needed(content, then)) is may
