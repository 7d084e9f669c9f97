"""Parts of things, and how many there are at most."""

from search.documents import MAX_INNER, SearchDocument
from search.parts import MAX_PARTS, PART, Part, parts_of_file, with_parts
from tests.search.contract.library import document


def _made(*parts: Part) -> list[SearchDocument]:
    return list(with_parts(document("report:1", title="排查结果"), parts))


def test_the_whole_has_the_text_of_its_parts_and_what_they_stand_under_once() -> None:
    whole, first, *_ = _made(Part("a", "1", "甲", "清单"), Part("b", "2", "乙", "清单"), Part("c", "1", "丙", "台账"))
    assert whole.inner == "清单\n甲\n乙\n台账\n丙"
    assert (first.id, first.url) == ("report:1#a", "/report:1/#a")


def test_only_what_questions_name_can_be_chosen() -> None:
    whole, article, row = _made(Part("art-1", "第一条", "甲", is_cited=True), Part("cell-t.0", "1 · 清单", "乙"))
    assert whole.all_facets[PART] == ("第一条",)
    assert article.all_facets[PART] == ("第一条",)
    assert PART not in row.all_facets


def test_an_article_is_chosen_by_one_name_however_it_is_written() -> None:
    for written in ("第十二條", "第12条", "第十二条"):
        whole, article = _made(Part("art-12", written, "甲", is_cited=True))
        assert whole.all_facets[PART] == article.all_facets[PART] == ("第十二条",)
        assert article.label == written
    _, inserted = _made(Part("art-120-1", "第一百二十條之一", "甲", is_cited=True))
    assert inserted.all_facets[PART] == ("第一百二十条之一",)


def test_what_comes_after_the_last_part_is_found_in_the_whole() -> None:
    whole, *parts = _made(*(Part(f"cell-t.{number}", str(number), f"第{number}处") for number in range(MAX_PARTS + 1)))
    assert len(parts) == MAX_PARTS
    assert whole.clean_inner.endswith(f"第{MAX_PARTS}处")


def test_no_part_has_what_the_whole_has_not() -> None:
    long = "隐患" * (MAX_INNER // 4)
    whole, *parts = _made(Part("a", "1", long), Part("b", "2", long[:-1]), Part("c", "3", "超出"))
    assert [part.part for part in parts] == ["a", "b"]
    assert whole.clean_inner.endswith(parts[-1].clean_body)


def test_pages_of_a_pdf_and_sheets_of_a_workbook_are_parts() -> None:
    assert parts_of_file("手册.PDF", "目录\f\f附表") == [Part("page=1", "1", "目录"), Part("page=3", "3", "附表")]
    sheets = parts_of_file("台账.xlsx", "隐患台账\n通道\t堵塞\fSheet2\f说明\n填报")
    assert sheets == [
        Part("sheet=1", "隐患台账", "通道\t堵塞", "隐患台账"),
        Part("sheet=3", "说明", "填报", "说明"),
    ]


def test_a_file_of_one_piece_has_no_parts() -> None:
    assert parts_of_file("手册.pdf", "只有一页") == []
    assert parts_of_file("台账.csv", "问题,数量") == []
    assert parts_of_file("报告.docx", "一\f二") == []
    assert parts_of_file("无后缀", "一\f二") == []
