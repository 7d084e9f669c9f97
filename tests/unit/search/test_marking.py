"""Marking what answers a question, and choosing a passage."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from search.engines.base import Marked
from search.engines.marking import mark, passage, spans
from search.text import tokens, words
from search.understanding import Unit, understand


def _plain(pieces: Marked) -> str:
    return "".join(piece.text for piece in pieces)


def _marked(pieces: Marked) -> list[str]:
    return [piece.text for piece in pieces if piece.matched]


def test_overlapping_pairs_are_one_mark() -> None:
    text = "流浪乞讨人员救助管理办法"
    assert _marked(mark(text, spans(text, understand("救助管理").wanted))) == ["救助管理"]


def test_the_passage_is_where_most_of_the_words_stand() -> None:
    text = "救助。" + "无关内容。" * 60 + "此处救助管理机构。" + "无关内容。" * 60
    found = passage(text, understand("救助管理").wanted)
    assert _marked(found) == ["救助管理"]
    assert _plain(found).startswith("…")
    assert _plain(found).endswith("…")


def test_without_a_match_the_passage_is_the_beginning() -> None:
    assert _plain(passage("开头" * 100, understand("没有").wanted, size=20)) == "开头" * 10 + "…"


@given(st.text(max_size=300), st.text(max_size=30))
def test_marking_loses_and_adds_nothing(text: str, question: str) -> None:
    assert _plain(mark(text, spans(text, understand(question).wanted))) == text


@given(st.text(alphabet="救助管理abc 。", max_size=400), st.integers(1, 80))
def test_a_passage_is_part_of_the_text_and_no_longer_than_asked(text: str, size: int) -> None:
    found = _plain(passage(text, understand("救助").wanted, size)).strip("…")
    assert found in text
    assert len(found) <= size


def _token_by_token(text: str, units: Sequence[Unit]) -> set[int]:
    """Places that are marked, by comparing every row of tokens."""
    stream = list(tokens(text))
    rows = [(stream[place : place + len(unit)], unit) for place in range(len(stream)) for unit in units]
    found = [row for row, unit in rows if tuple(token.text for token in row) == unit]
    return {place for row in found for place in range(row[0].start, row[-1].end)}


ALPHABET = "救助管aA1Ⅷ㎡ﬁ，_ 。⼀"


@given(
    st.text(alphabet=ALPHABET, max_size=40), st.lists(st.text(alphabet=ALPHABET, min_size=1, max_size=6), max_size=4)
)
def test_what_is_marked_is_every_row_of_tokens_that_was_asked_for(text: str, asked: list[str]) -> None:
    units = [unit for words_ in asked if (unit := tuple(words(words_)))]
    marked = {place for start, end in spans(text, units) for place in range(start, end)}
    assert marked == _token_by_token(text, units)
