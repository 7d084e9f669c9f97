"""The Word file, read back: page, fonts, numbers, sources, and nothing but text out of text."""

import datetime
import io
import time
import zipfile
from typing import Any

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from hypothesis import example, given
from hypothesis import strategies as st

from portal.files.official import docx
from portal.files.official.document import Heading, OfficialDocument, Paragraph, Sentence, Table
from tests.unit.files.official.sample import official, only, said

ODD = "<w:p/>&amp;]]>\0\x0b\ud800\ufffe\u202e 页\u3000{{ x }}\r\n"
any_text = st.text(st.characters(codec=None), max_size=40)


def opened(document: OfficialDocument) -> Any:
    """The file, as python-docx reads it."""
    return Document(io.BytesIO(docx(document)))


def words_of(document: OfficialDocument) -> list[str]:
    """The text of its paragraphs outside of tables."""
    return [paragraph.text for paragraph in opened(document).paragraphs if paragraph.text]


def style_of(file: Any, name: str) -> Any:
    """A style by the name that Word knows it by."""
    return next(style for style in file.styles if style.name.lower() == name.lower())


def face_of(file: Any, name: str) -> str:
    """The font a style sets Chinese in; that of the body where it says nothing."""
    style = style_of(file, name)
    fonts = style.element.find(f".//{qn('w:rFonts')}")
    return str(fonts.get(qn("w:eastAsia"))) if fonts is not None else face_of(file, style.base_style.name)


def shown(element: Any, tag: str) -> bool:
    """Whether a property is there and not switched off."""
    found = element.find(f".//{qn(tag)}")
    return found is not None and found.get(qn("w:val")) not in ("0", "false")


def test_the_page_is_that_of_the_standard() -> None:
    section = opened(official()).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert section.top_margin.mm == pytest.approx(37, abs=0.1)
    assert section.left_margin.mm == pytest.approx(28, abs=0.1)
    assert (section.page_width - section.left_margin - section.right_margin) / Mm(1) == pytest.approx(156, abs=0.2)
    assert (section.page_height - section.top_margin - section.bottom_margin) / Mm(1) == pytest.approx(225, abs=0.2)


def test_22_lines_of_28_characters_fit() -> None:
    file = opened(official())
    normal = style_of(file, "Normal")
    line = normal.paragraph_format.line_spacing
    section = file.sections[0]
    height = section.page_height - section.top_margin - section.bottom_margin
    assert Pt(28) <= line <= Pt(29)
    assert 22 <= height / line < 23
    closer = int(normal.element.find(f".//{qn('w:rPr')}/{qn('w:spacing')}").get(qn("w:val"))) / 20
    width = section.page_width - section.left_margin - section.right_margin
    assert 28 <= width / Pt(normal.font.size.pt + closer) < 29


def test_fonts_and_sizes_are_those_of_the_standard() -> None:
    file = opened(official(issuer="市专项办文件"))
    faces = {name: face_of(file, name) for name in ("Normal", "公文正文", "Title", *(f"heading {n}" for n in "1234"))}
    assert faces == {
        "Normal": "仿宋_GB2312",
        "公文正文": "仿宋_GB2312",
        "Title": "方正小标宋简体",
        "heading 1": "黑体",
        "heading 2": "楷体_GB2312",
        "heading 3": "仿宋_GB2312",
        "heading 4": "仿宋_GB2312",
    }
    assert (style_of(file, "Normal").font.size, style_of(file, "Title").font.size) == (Pt(16), Pt(22))
    assert style_of(file, "Title").paragraph_format.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert style_of(file, "公文正文").paragraph_format.first_line_indent == Pt(31.5)
    with zipfile.ZipFile(io.BytesIO(docx(official()))) as archive:
        table = archive.read("word/fontTable.xml").decode()
    assert "Noto Serif CJK SC" in table
    assert "FangSong" in table


def test_what_follows_what() -> None:
    assert words_of(official()) == [
        "关于第三季度工作的汇总报告",
        "市专项行动领导小组：",
        "现将第三季度工作情况汇总如下。",
        "一、报送情况",
        "应报60家，已报57家[1–3]。完整率95.0%[5]。",
        "各单位报送情况[4]",
        "二、主要做法",
        "（一）加强领导",
        "1.成立专班",
        "（1）明确分工",
        "各单位主要负责人亲自抓。",
        "（二）突出重点",
        "1.突出重点领域",
        "第一行。",
        "第二行。",
        "附件：1.\t任务清单",
        "2.\t来源说明",
        "市专项办",
        "2020年10月12日",
        "附件2",
        "来源说明",
    ]


def test_headings_are_words_own_headings_and_keep_with_what_follows() -> None:
    file = opened(official())
    named = [(one.style.name, one.text) for one in file.paragraphs if one.style.name.lower().startswith("heading")]
    assert named[:4] == [
        ("Heading 1", "一、报送情况"), ("Heading 1", "二、主要做法"), ("Heading 2", "（一）加强领导"),
        ("Heading 3", "1.成立专班"),
    ]  # fmt: skip
    assert all(style_of(file, f"heading {level}").paragraph_format.keep_with_next for level in "1234")


def test_numbers_of_sources_are_raised_and_nothing_else_is() -> None:
    file = opened(official())
    raised = [run.text for one in file.paragraphs for run in one.runs if run.style.name == "来源编号"]
    assert raised == ["[1–3]", "[5]", "[4]"]
    assert style_of(file, "来源编号").font.superscript is True


def test_sources_are_listed_on_a_page_of_their_own() -> None:
    file = opened(official())
    table = file.tables[-1]
    assert [cell.text for cell in table.rows[0].cells] == ["编号", "单位", "报告", "回执号", "报送时间", "出处"]
    assert [cell.text for cell in table.rows[5].cells] == [
        "[5]",
        "第5大队",
        "第三季度小结",
        "R-5",
        "2020-10-09",
        "主要做法",
    ]
    (annex,) = [one for one in file.paragraphs if one.text == "附件2"]
    assert shown(annex._p, "w:pageBreakBefore")


def test_one_attachment_has_no_number() -> None:
    assert "附件：\t来源说明" in words_of(official(attachments=()))
    assert "附件" in words_of(official(attachments=()))
    assert not any("附件" in text for text in words_of(official(attachments=(), sources=())))


def test_the_date_ends_four_characters_before_the_edge_with_the_signature_centred_above() -> None:
    signature, date = [one for one in opened(official()).paragraphs if one.style.name in ("发文机关署名", "Date")]
    assert date.paragraph_format.right_indent == Pt(4 * 15.75)
    # The date is seven squares wide, the signature four.
    assert signature.paragraph_format.right_indent.pt == pytest.approx((4 + 1.5) * 15.75, abs=0.1)
    assert shown(signature._p, "w:keepNext")


def test_a_long_signature_stays_within_the_text() -> None:
    name = "市城市运行安全专项行动工作领导小组办公室综合协调组"
    (signature,) = [one for one in opened(official(signature=name)).paragraphs if one.text == name]
    assert signature.paragraph_format.right_indent is None


def test_a_table_repeats_its_head_and_breaks_no_row() -> None:
    table = opened(official()).tables[0]
    assert [shown(row._tr, "w:tblHeader") for row in table.rows] == [True, False, False]
    assert all(shown(row._tr, "w:cantSplit") for row in table.rows)
    sides = [[cell.paragraphs[0].alignment for cell in row.cells] for row in table.rows[1:]]
    assert sides == [[None, WD_ALIGN_PARAGRAPH.RIGHT]] * 2


def test_two_tables_in_a_row_stay_two() -> None:
    table = Table("", ("单位",), (("一大队",),))
    file = opened(only(table, table))
    assert len(file.tables) == 2
    assert [child.tag.split("}")[1] for child in file.element.body][1:5] == ["tbl", "p", "tbl", "p"]


def test_short_rows_are_filled_and_long_ones_cut() -> None:
    file = opened(only(Table("", ("甲", "乙"), (("1",), ("1", "2", "3"), ("多\n行", "")))))
    assert [[cell.text for cell in row.cells] for row in file.tables[0].rows[1:]] == [
        ["1", ""],
        ["1", "2"],
        ["多\n行", ""],
    ]


def test_pages_are_numbered_on_the_outer_side() -> None:
    file = opened(official())
    section = file.sections[0]
    assert file.settings.odd_and_even_pages_header_footer is True
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert odd.alignment == WD_ALIGN_PARAGRAPH.RIGHT
    assert odd.paragraph_format.right_indent == Pt(14)
    assert even.alignment == WD_ALIGN_PARAGRAPH.LEFT
    assert even.paragraph_format.left_indent == Pt(14)
    for foot in (odd, even):
        assert foot.text == "—  —"
        assert "PAGE" in foot._p.find(qn("w:fldSimple")).get(qn("w:instr"))
        assert foot.style.font.size == Pt(14)


def test_a_draft_says_so_at_the_top_of_every_page() -> None:
    section = opened(official(draft_mark="汇总稿")).sections[0]
    assert section.header.paragraphs[0].text == section.even_page_header.paragraphs[0].text == "汇总稿"
    assert opened(official()).sections[0].header.paragraphs[0].text == ""


def test_the_red_head_is_there_only_with_an_issuer() -> None:
    file = opened(official(issuer="市专项办文件", number="市专办〔2020〕12号"))
    assert [one.text for one in file.paragraphs[:3]] == [
        "市专项办文件",
        "市专办〔2020〕12号",
        "关于第三季度工作的汇总报告",
    ]
    assert str(style_of(file, "发文机关标志").font.color.rgb) == "FF0000"
    assert file.paragraphs[0].runs[0].font.size >= Pt(36)
    line = style_of(file, "发文字号").element.find(f".//{qn('w:bottom')}")
    assert line.get(qn("w:color")) == "FF0000"
    assert words_of(official(number="市专办〔2020〕12号"))[0] == "关于第三季度工作的汇总报告"
    unnumbered = opened(official(issuer="市专项办文件"))
    assert unnumbered.paragraphs[1].style.name == "版头分隔线"


def test_a_long_title_is_set_in_lines_of_about_one_length() -> None:
    title = "关于城市运行安全专项行动开展情况的汇总报告"  # one character more than a line takes
    first = opened(official(title=title)).paragraphs[0]
    room = 442 - first.paragraph_format.left_indent.pt - first.paragraph_format.right_indent.pt
    assert len(title) / 2 <= room / 22 <= len(title) / 2 + 2
    assert words_of(official(title="关于第三季度工作的\n汇总报告"))[:2] == ["关于第三季度工作的", "汇总报告"]


def test_the_same_document_is_the_same_file() -> None:
    first = docx(official())
    assert docx(official()) == first
    properties = opened(official()).core_properties
    assert (properties.title, properties.author) == ("关于第三季度工作的汇总报告", "市专项办")
    assert properties.created.date() == properties.modified.date() == datetime.date(2020, 10, 12)
    assert opened(official(title="长" * 3000)).core_properties.title == "长" * 255


def test_an_empty_document_opens() -> None:
    assert [one.text for one in opened(OfficialDocument("", (), date=None)).paragraphs] == []
    nothing = OfficialDocument(" \n", (Paragraph(()), said(" \u3000\n"), Heading(1, ""), Table("", (), ())), date=None)
    assert [one.text for one in opened(nothing).paragraphs if one.text] == ["一、"]


@given(any_text, any_text, st.lists(any_text, max_size=3))
@example(ODD, ODD, [ODD, ODD])
def test_text_is_text_whatever_it_is(title: str, sentence: str, cells: list[str]) -> None:
    document = official(
        title=title,
        addressee=title,
        issuer=sentence,
        draft_mark=title,
        signature=sentence,
        attachments=tuple(cells),
        blocks=(
            Heading(1, title),
            Paragraph((Sentence(sentence, (1,)), Sentence(title))),
            Table(title, tuple(cells), (tuple(cells),)),
        ),
    )
    file = opened(document)
    read = "".join(one.text for one in file.paragraphs) + "".join(c.text for r in file.tables[0].rows for c in r.cells)
    for letter in (c for c in title + sentence + "".join(cells) if c.isalnum()):
        assert letter in read
    assert len(file.tables) == 2
    assert file.element.body.find(f".//{qn('w:p')}/{qn('w:p')}") is None


def test_a_long_document_is_written_quickly() -> None:
    paragraphs = tuple(Paragraph((Sentence("各单位主要负责人亲自抓。" * 5, (n,)),)) for n in range(5_000))
    table = Table("", tuple("列" * 8), tuple(tuple("单位" * 4 for _ in range(8)) for _ in range(1_000)))
    begun = time.process_time()
    content = docx(only(*paragraphs, table))
    assert time.process_time() - begun < 10
    assert len(Document(io.BytesIO(content)).paragraphs) > 5_000
