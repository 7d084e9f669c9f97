"""Which wishes resemble one another."""

from search.learning.wishes.rules import SHOWN, similar, words_of

OPEN = {1: "跨省护送 费用标准", 2: "跨省护送 交接单", 3: "冬季救助物资", 4: "excel 模板"}


def _like(key: str) -> list[int]:
    return similar(key, {number: words_of(text) for number, text in OPEN.items()})


def test_wishes_that_share_words_come_most_alike_first() -> None:
    assert _like("跨省护送费用") == [1, 2]
    assert _like("救助物资清单") == [3]


def test_words_in_latin_letters_count_whole() -> None:
    assert _like("统计 Excel") == [4]
    assert _like("exce") == []


def test_a_single_character_has_no_pairs_and_is_a_word_itself() -> None:
    assert words_of("证") == {"证"}
    assert words_of("") == frozenset()
    assert similar("", {1: words_of("")}) == []


def test_only_a_few_are_named() -> None:
    assert len(similar("跨省护送", {number: words_of("跨省护送") for number in range(40)})) == SHOWN
