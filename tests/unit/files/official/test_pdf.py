"""The printed page, measured: where its lines lie, how many there are, what stands where."""

import itertools

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from portal.files.official import pdf
from portal.files.official.document import Heading, Paragraph, Sentence, Table
from portal.files.official.page import html
from portal.files.pdf import can_make_pdf
from tests.unit.files.official.sample import WORDS, official, only, page_sizes, pages_of, said, texts_of

pytestmark = pytest.mark.skipif(not can_make_pdf(), reason="Pango is missing; setup.py --services installs it")

TOP, LEFT, RIGHT, FOOT = 37, 28, 28 + 156, 37 + 225
MIXED = "本季度共排查隐患1,286处，完成整改1,203处，整改率93.5%；"
any_text = st.text(st.characters(codec=None), max_size=40)


def test_a_full_page_has_22_lines_of_28_characters() -> None:
    pages = pages_of(pdf(only(said(WORDS * 40))))
    *lines, number = pages[1]
    assert [len(line.text) for line in lines] == [28] * 22
    assert number.text == "—2—"
    for line in lines:
        assert line.left == pytest.approx(LEFT, abs=0.3)
        assert line.right == pytest.approx(RIGHT, abs=0.5)
    pitches = {round(low.foot - high.foot, 1) for high, low in itertools.pairwise(lines)}
    assert {pitch for pitch in pitches if not 28 <= pitch / 25.4 * 72 <= 29.2} == set()
    assert TOP <= lines[0].foot - 16 / 72 * 25.4 <= TOP + 4
    assert lines[-1].foot < FOOT


def test_the_first_line_is_indented_by_two_characters() -> None:
    title, first, second, *_ = pages_of(pdf(only(said(WORDS * 2))))[0]
    assert title.text == "汇总报告"
    assert first.left == pytest.approx(LEFT + 2 * 15.75 / 72 * 25.4, abs=0.3)
    assert (len(first.text), len(second.text)) == (26, 28)


def test_lines_with_figures_reach_both_edges_too() -> None:
    lines = pages_of(pdf(only(said(MIXED * 45))))[1][:-1]
    assert len(lines) == 22
    for line in lines:
        assert line.left == pytest.approx(LEFT, abs=0.3)
        assert line.right == pytest.approx(RIGHT, abs=0.6)


def test_the_page_is_a4_and_keeps_its_margins() -> None:
    content = pdf(official(blocks=(said(WORDS * 9 + MIXED * 9), *official().blocks), draft_mark="汇总稿"))
    assert page_sizes(content) == {(210, 297)}
    for number, page in enumerate(pages_of(content), 1):
        mark, *lines, foot = page
        assert mark.text == "汇总稿"
        assert mark.foot < TOP
        assert foot.text == f"—{number}—"
        assert all(TOP < line.foot < FOOT and line.left > LEFT - 0.3 and line.right < RIGHT + 0.6 for line in lines)


def test_the_number_of_the_page_stands_at_the_outer_side_one_character_in() -> None:
    first, second, *_ = (page[-1] for page in pages_of(pdf(only(said(WORDS * 40)))))
    inside = 14 / 72 * 25.4
    assert first.right == pytest.approx(RIGHT - inside, abs=0.5)
    assert second.left == pytest.approx(LEFT + inside, abs=0.5)
    assert first.size == pytest.approx(14, abs=0.1)
    assert FOOT + 6 < first.foot < FOOT + 10


def test_headings_come_in_order_and_numbered() -> None:
    text = "".join(texts_of(pdf(official())))
    wanted = [
        "一、报送情况",
        "二、主要做法",
        "（一）加强领导",
        "1.成立专班",
        "（1）明确分工",
        "（二）突出重点",
        "1.突出重点领域",
    ]
    places = [text.index(words) for words in wanted]
    assert places == sorted(places)


def test_a_heading_is_never_alone_at_the_foot_of_a_page() -> None:
    blocks = []
    for number in range(1, 40):
        blocks += [Heading(1, "标题"), Heading(2, "标题"), said(WORDS[: 28 * (number % 4 + 1)])]
    for page in pages_of(pdf(only(*blocks))):
        assert not page[-2].text.endswith("标题")


def test_numbers_of_sources_are_small_and_raised() -> None:
    lines = pages_of(pdf(only(said("整改率93.5%。", 1, 2, 3), said("另起一段。"))))[0]
    words = next(line for line in lines if line.text == "整改率93.5%。")
    (note,) = [line for line in lines if line.text == "[1–3]"]
    assert note.size < words.size
    assert words.foot - 4 < note.foot < words.foot - 1


def test_a_number_of_a_source_is_not_parted_from_its_words() -> None:
    for length in range(20, 32):
        lines = pages_of(pdf(only(Paragraph((Sentence(WORDS[:length] + "。", (12,)), Sentence(WORDS))))))[0]
        (note,) = [line for line in lines if line.text == "[12]"]
        assert note.left > LEFT + 5


def test_the_head_of_a_table_is_on_every_page_of_it_and_no_row_is_parted() -> None:
    rows = tuple((f"第{n}大队甲\n第{n}大队乙", str(n)) for n in range(1, 61))
    pages = texts_of(pdf(only(Table("报送情况", ("单位", "应报数"), rows, frozenset({1})))))
    assert len(pages) > 2
    for text in pages:
        assert "应报数" in text
    for number in range(1, 61):
        (page,) = [text for text in pages if f"第{number}大队甲" in text]
        assert f"第{number}大队乙" in page


def test_a_row_higher_than_a_page_loses_nothing() -> None:
    text = "".join(f"{number:04d}号" for number in range(1_500))
    pages = texts_of(pdf(only(Table("", ("单位", "情况"), (("一大队", text), ("二大队", "无"))))))
    printed = "".join(pages)
    assert all(f"{number:04d}" in printed for number in range(1_500))
    assert "二大队" in printed


def test_figures_end_at_the_right_of_their_column() -> None:
    table = Table("", ("单位", "应报数"), (("一大队", "3"), ("二大队", "12345")), frozenset({1}))
    small, large = [line for line in pages_of(pdf(only(table)))[0] if "大队" in line.text]
    assert small.right == pytest.approx(large.right, abs=0.3)


def test_signature_and_date() -> None:
    lines = {line.text: line for page in pages_of(pdf(official())) for line in page}
    signature, date = lines["市专项办"], lines["2020年10月12日"]
    assert date.right == pytest.approx(RIGHT - 4 * 15.75 / 72 * 25.4, abs=0.5)
    assert (signature.left + signature.right) / 2 == pytest.approx((date.left + date.right) / 2, abs=2)
    assert date.foot - signature.foot == pytest.approx(28.95 / 72 * 25.4, abs=0.2)


def test_a_signature_has_words_above_it() -> None:
    for count in range(14, 22):
        pages = pages_of(pdf(only(*[said("各单位主要负责人亲自抓。")] * count, signature="市专项办")))
        assert len(pages[-1]) > 2, count


def test_the_annex_begins_a_page() -> None:
    pages = texts_of(pdf(official()))
    assert pages[-1].startswith("附件2来源说明编号单位")
    assert "附件：1.任务清单2.来源说明" in pages[-2]


def test_the_red_head() -> None:
    issuer, number, title, *_ = pages_of(pdf(official(issuer="市专项办文件", number="市专办〔2020〕12号")))[0]
    assert issuer.size >= 36
    assert issuer.foot - issuer.size / 72 * 25.4 == pytest.approx(TOP + 35, abs=4)
    assert (number.text, title.text) == ("市专办〔2020〕12号", "关于第三季度工作的汇总报告")
    for line in (issuer, number, title):
        assert (line.left + line.right) / 2 == pytest.approx(LEFT + 78, abs=2)


def test_the_same_document_is_the_same_file() -> None:
    assert pdf(official()) == pdf(official())


def test_no_element_comes_out_of_text() -> None:
    bad = '"><script>alert(1)</script><img src=x style="x">&lt;'
    page = html(official(title=bad, signature=bad, draft_mark=bad, issuer=bad, blocks=(said(bad), Heading(1, bad))))
    assert "<script" not in page
    assert "<img" not in page
    assert "alert(1)" in "".join(texts_of(pdf(only(said(bad)))))


@settings(max_examples=15)
@given(any_text, any_text)
@example("<p>&amp;\0\x0b\ud800\ufffe\u202e", "]]>\r\n")
def test_any_text_can_be_printed(title: str, text: str) -> None:
    content = pdf(only(said(text, 1), Heading(2, title), Table(title, (text, title), ((title, text),)), issuer=text))
    assert content.startswith(b"%PDF")
