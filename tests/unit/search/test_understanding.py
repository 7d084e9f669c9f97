"""Taking a question apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.understanding import most, needed, understand


def test_chinese_text_is_asked_for_in_pairs_and_other_words_whole() -> None:
    understood = understand("救助管理 GB 29353")
    assert understood.units == (("救", "助"), ("助", "管"), ("管", "理"), ("gb",), ("29353",))
    assert understood.runs == ("救助管理", "gb", "29353")


def test_a_word_that_is_said_twice_is_asked_for_once() -> None:
    understood = understand("救助 托养 救助救助 gb GB")
    assert understood.units == (("救", "助"), ("托", "养"), ("助", "救"), ("gb",))
    assert understood.runs == ("救助", "托养", "救助救助", "gb")


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
    ("units", "enough", "typed"),
    [(0, 0, 0), (1, 1, 1), (2, 2, 2), (3, 1, 3), (4, 1, 3), (8, 2, 6), (9, 1, 6), (40, 1, 30)],
)
def test_how_much_must_be_there_to_be_found_and_to_be_what_was_typed(units: int, enough: int, typed: int) -> None:
    assert (needed(units), most(units)) == (enough, typed)


def test_what_a_minus_stands_before_must_not_be_there() -> None:
    understood = understand('救助 -动物 －"流浪 猫" GB-29353')
    assert understood.excluded == (("动", "物"), ("流", "浪", "猫"))
    assert understood.units == (("救", "助"), ("gb",), ("29353",))


@pytest.mark.parametrize("text", ["救助 - 动物", "救助 -", "-", '-""', "2020-14"])
def test_a_minus_that_stands_before_no_word_leaves_nothing_out(text: str) -> None:
    assert understand(text).excluded == ()


@pytest.mark.parametrize("text", ["救助 OR 托养", "救助|托养", '"救助" | 托养', "“救助” OR 「托养」"])
def test_of_alternatives_one_must_be_there(text: str) -> None:
    understood = understand(text)
    assert understood.alternatives == ((("救", "助"), ("托", "养")),)
    assert (understood.units, understood.phrases) == ((), ())


def test_alternatives_stand_beside_words() -> None:
    understood = understand("护送 救助 OR 托养 OR 安置 返乡")
    assert understood.alternatives == ((("救", "助"), ("托", "养"), ("安", "置")),)
    assert understood.runs == ("护送", "返乡")


@pytest.mark.parametrize("text", ["OR", "OR 救助", "救助 OR", "| 救助", "救助 |", "救助 or 托养", "OR OR"])
def test_an_or_without_a_word_on_both_sides_is_no_operator(text: str) -> None:
    assert understand(text).alternatives == ()


def test_a_lone_character_beside_words_is_not_asked_for() -> None:
    assert understand("救助 我").phrases == ()


@given(st.text())
def test_any_text_is_a_question(text: str) -> None:
    understood = understand(text)
    assert needed(len(understood.units)) <= most(len(understood.units)) <= len(understood.units)
    assert bool(understood.runs) == bool(understood.units)
    assert all(unit and all(unit) for unit in (*understood.wanted, *understood.excluded))
