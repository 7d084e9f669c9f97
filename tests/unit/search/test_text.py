"""Folding and cutting text."""

from hypothesis import given
from hypothesis import strategies as st

from portal.files.simplified import SIMPLIFIED
from search.text import clean, fold, folded_characters, tokens, words


def test_chinese_characters_stand_alone_and_other_words_stay_whole() -> None:
    assert words("救助站2020年GB/T 29353") == ["救", "助", "站", "2020", "年", "gb", "t", "29353"]


def test_width_and_case_are_evened_out() -> None:
    assert fold("ＡＢｃ１２３（）") == "abc123()"


def test_traditional_and_simplified_are_one() -> None:
    assert words("臺灣醫療養老") == words("台湾医疗养老")
    assert [token.start for token in tokens("臺灣養老")] == [0, 1, 2, 3]


def test_radicals_and_compatibility_forms_are_the_characters_they_look_like() -> None:
    assert fold("\u2f08\u2f2f\uf902") == "人工车"


def test_an_engine_that_folds_by_itself_does_it_alike() -> None:
    folded = folded_characters()
    assert [folded[written] for written in "臺Ⅲ㎡①㈠ﬁ"] == ["台", "iii", "m2", "1", "(一)", "fi"]
    assert all(fold(written) == to for written, to in folded.items())
    assert {chr(code) for code in SIMPLIFIED} <= folded.keys()


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


@given(st.text() | st.text(st.sampled_from([chr(code) for code in SIMPLIFIED])))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(st.sampled_from([chr(code) for code in SIMPLIFIED])))
def test_folding_traditional_characters_moves_nothing(text: str) -> None:
    assert len(fold(text)) == len(text)
