"""Marking what answers a question, and choosing a passage."""

from hypothesis import given
from hypothesis import strategies as st

from search.engines.base import Marked
from search.engines.marking import from_markers, mark, passage, spans
from search.understanding import understand


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


@given(st.lists(st.tuples(st.text(alphabet="甲乙<>&", max_size=5), st.booleans()), max_size=8))
def test_markers_become_pieces(parts: list[tuple[str, bool]]) -> None:
    text = "".join(f"[{part}]" if matched else part for part, matched in parts)
    pieces = from_markers(text, "[", "]")
    assert _plain(pieces) == "".join(part for part, _ in parts)
    assert _marked(pieces) == [part for part, matched in parts if matched and part]
