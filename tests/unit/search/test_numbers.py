"""Document numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.numbers import number_key, numbers_in


@pytest.mark.parametrize(
    "number",
    [
        "民发〔2020〕14号",
        "民发[2020]14号",
        "民发（2020）14号",
        "民发【2020】第14号",
        "民发﹝２０２０﹞１４号",
        "民发 2020 14号",
        "民发〔2020年〕14号",
    ],
)
def test_every_way_of_writing_a_number_has_one_key(number: str) -> None:
    assert number_key(number) == "民发-2020-14-号"


def test_numbers_that_differ_have_different_keys() -> None:
    keys = {
        number_key(number)
        for number in ("民发〔2020〕14号", "民发〔2020〕1号", "民发〔2002〕14号", "琼民发〔2020〕14号")
    }
    assert len(keys) == 4


def test_a_number_is_found_in_a_sentence_with_the_keys_it_may_have() -> None:
    (number,) = numbers_in("根据民发〔2020〕14号")
    assert "民发-2020-14-号" in number.keys
    assert number.keys[0] == "根据民发-2020-14-号"


def test_several_numbers_are_found_in_their_order() -> None:
    found = numbers_in("民发〔2020〕14号、琼民通〔2020〕28号和琼府办〔2016〕207号，国务院令第381号")
    assert [number.phrases[0][-2] for number in found] == ["14", "28", "207", "381"]


def test_the_phrase_leaves_the_sentence_before_the_number_out() -> None:
    (number,) = numbers_in("贯彻落实民发〔2020〕14号")
    assert number.phrases == (("民", "发", "2020", "14", "号"), ("民", "发", "2020", "第", "14", "号"))


@pytest.mark.parametrize("text", ["14号楼", "2020年工作总结", "救助管理", "第14号台风", "", "〔2020〕"])
def test_other_text_has_no_number(text: str) -> None:
    assert numbers_in(text) == []


@given(st.text())
def test_any_text_may_be_asked(text: str) -> None:
    number_key(text)
    for number in numbers_in(text):
        assert number.keys
        assert all(phrase for phrase in number.phrases)
