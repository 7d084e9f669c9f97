"""Texts cut into sentences: nothing is lost, and nothing is cut where people would not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.reporting.rollups.cutting import as_read, sentences

TEXTS = st.text(
    alphabet=st.one_of(st.sampled_from("。！？；，、：“”（）《》…\n\r .!?;1a甲乙"), st.characters()), max_size=80
)


@given(TEXTS)
def test_the_pieces_joined_are_the_text(text: str) -> None:
    pieces = sentences(text)
    assert "".join(pieces) == text
    assert all(piece.strip() for piece in pieces) or not text.strip()


@given(TEXTS)
def test_what_is_read_has_the_same_letters(text: str) -> None:
    read = "".join(as_read(piece) for piece in sentences(text))
    assert [one for one in read if one.isalnum()] == [one for one in text if one.isalnum()]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("开展街面巡查。救助12人；护送3人！", ["开展街面巡查。", "救助12人；", "护送3人！"]),
        ("（一是甲；二是乙。）全部完成。", ["（一是甲；二是乙。）全部完成。"]),
        ("他说：“好。”然后走了。", ["他说：“好。”", "然后走了。"]),
        ("群众反映“快。”，评价高。", ["群众反映“快。”，评价高。"]),
        ("支出1.5万元。（未写完。下一句。", ["支出1.5万元。", "（未写完。", "下一句。"]),
        ("一是甲\n二是乙\n\n三是丙", ["一是甲\n", "二是乙\n\n", "三是丙"]),
        ("真的吗？！是。", ["真的吗？！", "是。"]),
        ("We walked 3.5 km. Good!", ["We walked 3.5 km.", " Good!"]),
        ("", []),
    ],
)
def test_sentences_end_where_people_end_them(text: str, pieces: list[str]) -> None:
    assert sentences(text) == pieces


@pytest.mark.parametrize(
    ("piece", "read"),
    [
        ("一是甲\n", "一是甲。"),
        ("  完成；\n", "完成；"),
        ("All done\n", "All done."),
        ("“好。”", "“好。”"),
        (" \n", ""),
    ],
)
def test_a_line_that_just_ends_is_closed_with_a_full_stop(piece: str, read: str) -> None:
    assert as_read(piece) == read
