"""Highlights: the same on both engines."""

from search.engines.base import SearchEngine
from tests.search.contract.library import ask, document, fill, marked, plain


def test_what_was_asked_for_is_marked_in_title_and_text(engine: SearchEngine) -> None:
    fill(engine, document(body="各救助管理机构应当公开服务标准。"))
    hit = ask(engine, "救助管理").hits[0]
    assert marked(hit.title) == ["救助管理"]
    assert marked(hit.passage) == ["救助管理"]
    assert plain(hit.title) == "流浪乞讨人员救助管理办法"


def test_the_passage_shown_is_where_the_words_stand(engine: SearchEngine) -> None:
    fill(engine, document(body="无关的开头。" * 200 + "接回站外照料的人员。" + "无关的结尾。" * 200))
    passage = ask(engine, "站外照料").hits[0].passage
    assert marked(passage) == ["站外照料"]
    assert len(plain(passage)) <= 400


def test_without_the_word_in_the_text_its_beginning_is_shown(engine: SearchEngine) -> None:
    fill(engine, document(body="为了规范工作，制定本办法。"))
    passage = ask(engine, "流浪乞讨").hits[0].passage
    assert marked(passage) == []
    assert plain(passage).startswith("为了规范工作")


def test_text_is_marked_as_it_was_written(engine: SearchEngine) -> None:
    fill(engine, document(title="ＡＢＣ 标准（２０２０）"))
    assert marked(ask(engine, "abc 2020").hits[0].title) == ["ＡＢＣ", "２０２０"]


def test_traditional_text_is_marked_as_it_was_written(engine: SearchEngine) -> None:
    fill(engine, document(title="臺灣養老機構名錄", body="前言。" * 100 + "設置醫療服務站，𠮷祥里。" + "後記。" * 100))
    hit = ask(engine, "养老机构 医疗服务").hits[0]
    assert marked(hit.title) == ["養老機構"]
    assert marked(hit.passage) == ["醫療服務"]


def test_markup_in_a_document_stays_text(engine: SearchEngine) -> None:
    fill(engine, document(title="<script>alert(1)</script>救助</mark>管理", body="<b>救助</b> &amp;"))
    hit = ask(engine, "救助").hits[0]
    assert plain(hit.title) == "<script>alert(1)</script>救助</mark>管理"
    assert plain(hit.passage).startswith("<b>救助</b> &amp;")
    assert marked(hit.title) == ["救助"]


def test_a_number_is_marked_in_the_text_that_cites_it(engine: SearchEngine) -> None:
    fill(engine, document(body="按照民发[2020]14号的要求"))
    assert "".join(marked(ask(engine, "民发〔2020〕14号").hits[0].passage)) == "民发[2020]14号"
