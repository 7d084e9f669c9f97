"""Folding and cutting text."""

from hypothesis import given
from hypothesis import strategies as st

from search.text import clean, fold, tokens, words


def test_chinese_characters_stand_alone_and_other_words_stay_whole() -> None:
    assert words("救助站2020年GB/T 29353") == ["救", "助", "站", "2020", "年", "gb", "t", "29353"]


def test_width_and_case_are_evened_out() -> None:
    assert fold("ＡＢｃ１２３（）") == "abc123()"


def test_rare_characters_are_characters() -> None:
    assert words("𠮷々〇") == ["𠮷", "々", "〇"]


def test_control_and_private_characters_are_removed() -> None:
    assert clean("救\x00助\ue000  管\n理\ud800") == "救 助 管 理"


@given(st.text())
def test_tokens_lie_in_the_text_one_after_the_other(text: str) -> None:
    end = 0
    for token in tokens(text):
        assert 0 <= token.start < token.end <= len(text)
        assert token.end >= end
        end = token.end


@given(st.text())
def test_words_are_the_tokens_without_places(text: str) -> None:
    assert words(text) == [token.text for token in tokens(text)]


@given(st.text())
def test_folding_twice_changes_nothing_more_for_the_search(text: str) -> None:
    assert words(fold(text)) == words(text)
