"""Taking a question apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.understanding import needed, understand


def test_chinese_text_is_asked_for_in_pairs_and_other_words_whole() -> None:
    understood = understand("救助管理 GB 29353")
    assert understood.units == (("救", "助"), ("助", "管"), ("管", "理"), ("gb",), ("29353",))
    assert understood.runs == ("救助管理", "gb", "29353")


def test_quotes_of_every_kind_make_phrases() -> None:
    for text in ('"救助 管理"', "“救助管理”", "「救助管理」", "『救助管理』"):
        assert understand(text).phrases == (("救", "助", "管", "理"),)
        assert understand(text).units == ()


def test_an_open_quote_is_no_quote() -> None:
    assert understand('"救助').units == (("救", "助"),)


def test_a_document_number_is_taken_out_of_the_words() -> None:
    understood = understand("民发〔2020〕14号 救助")
    assert len(understood.numbers) == 1
    assert understood.units == (("救", "助"),)


def test_a_single_character_must_be_there_as_it_is() -> None:
    assert understand("法").phrases == (("法",),)


def test_a_character_that_touches_a_number_asks_for_nothing() -> None:
    understood = understand("14号")
    assert (understood.units, understood.phrases) == ((("14",),), ())


@pytest.mark.parametrize(
    ("units", "expected"), [(0, 0), (1, 1), (2, 2), (3, 3), (4, 3), (5, 3), (8, 6), (9, 1), (40, 1)]
)
def test_of_few_words_all_are_needed_of_some_three_quarters_of_a_question_one(units: int, expected: int) -> None:
    assert needed(units) == expected


@given(st.text())
def test_any_text_is_a_question(text: str) -> None:
    understood = understand(text)
    assert understood.needed <= len(understood.units)
    assert bool(understood.runs) == bool(understood.units)
    assert all(unit and all(unit) for unit in (*understood.units, *understood.phrases))
