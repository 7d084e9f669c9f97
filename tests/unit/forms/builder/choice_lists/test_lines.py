"""What a list of choices keeps, however it was stored, and after it was published."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.builder.choice_lists.lines import Line, lines_of, repeated_label, with_codes, with_published
from forms.builder.schema import KEY

words = st.text(st.characters(codec="utf-8", categories=["L", "N"]), max_size=5)
codes = st.sampled_from(["", "a", "b", "c", "a.b", "DELETE", "x" * 65])
lines = st.lists(st.fixed_dictionaries({"code": codes, "label": words}), max_size=6)


def test_lines_that_pages_stored_before_lists_had_a_control_are_read() -> None:
    before = [{"type": "item", "id": "c1", "value": " 一般\0 "}, {"type": "item", "id": "c2", "value": "重大"}]
    assert lines_of(before) == [{"code": "c1", "label": "一般"}, {"code": "c2", "label": "重大"}]


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        ("丙", {"code": "", "label": "丙"}),
        ({"code": "c", "label": "甲", "retired": True}, {"code": "c", "label": "甲", "retired": True}),
        ({"code": "c", "label": "甲", "retired": False, "within": []}, {"code": "c", "label": "甲"}),
        ({"code": "c", "label": "甲", "retired": "yes"}, {"code": "c", "label": "甲"}),
        ({"code": "c", "label": "甲", "within": ["p", 3, "p"]}, {"code": "c", "label": "甲", "within": ["p"]}),
        ({"code": 5, "label": None, "within": "p"}, {"code": "", "label": ""}),
    ],
)
def test_a_line_keeps_what_it_may_have(raw: Any, line: Line) -> None:
    assert lines_of([raw]) == [line]


@pytest.mark.parametrize("raw", [None, "", "甲", {"code": "c"}, 7])
def test_what_is_no_list_has_no_lines(raw: Any) -> None:
    assert lines_of(raw) == []


@given(lines)
def test_every_line_has_a_code_of_its_own_and_the_first_keeps_it(given_lines: list[Line]) -> None:
    found = with_codes(given_lines)
    kept = [line["code"] for line in found]
    assert len(set(kept)) == len(kept)
    assert all(KEY.fullmatch(code) for code in kept)
    assert [line["label"] for line in found] == [line["label"] for line in given_lines]
    seen: set[str] = set()
    for before, after in zip(given_lines, found, strict=True):
        if KEY.fullmatch(before["code"]) and before["code"] not in seen:
            assert after["code"] == before["code"]
        seen.add(before["code"])


@given(lines.map(with_codes), lines.map(with_codes))
def test_no_published_choice_is_ever_lost(now: list[Line], published: list[Line]) -> None:
    found = with_published(now, published)
    assert found[: len(now)] == now
    assert {line["code"] for line in published} <= {line["code"] for line in found}
    assert all(line["retired"] for line in found[len(now) :])
    assert with_published(found, published) == found


def test_a_renamed_choice_stays_on_offer() -> None:
    now = [{"code": "a", "label": "一般隐患"}]
    assert with_published(now, [{"code": "a", "label": "一般"}]) == now


def test_only_choices_on_offer_must_differ() -> None:
    assert repeated_label([{"code": "a", "label": "甲"}, {"code": "b", "label": "甲"}]) == "甲"
    assert repeated_label([{"code": "a", "label": "甲"}, {"code": "b", "label": "甲", "retired": True}]) is None
