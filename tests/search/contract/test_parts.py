"""Things that are found through their parts: the same on both engines."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from search.documents import SearchDocument
from search.engines.base import Place, SearchEngine, Sort
from search.parts import Part, with_parts
from tests.search.contract.library import ask, counts, day, document, fill, found, marked, plain

ARTICLES = (
    Part("art-1", "第一条", "为了规范救助行为，制定本法。", "救助法 第一章 总则"),
    Part("art-2", "第二条", "受助人员应当遵守救助站的各项制度。", "救助法 第一章 总则"),
    Part("art-3", "第三条", "救助站不得向受助人员收取费用。", "救助法 第二章 站内管理"),
)


def law(
    name: str = "policy:1", title: str = "救助法", parts: Sequence[Part] = ARTICLES, **values: Any
) -> list[SearchDocument]:
    return list(with_parts(document(name, title=title, **values), parts))


def test_a_law_is_found_once_through_its_best_article(engine: SearchEngine) -> None:
    fill(engine, *law())
    results = ask(engine, "受助人员 收取费用")
    (hit,) = results.hits
    assert (hit.id, hit.label, hit.url) == ("policy:1#art-3", "第三条", "/policy:1/#art-3")
    assert plain(hit.title) == "救助法"
    assert "不得向受助人员收取费用" in plain(hit.passage)
    assert results.total == 1


def test_by_its_title_a_law_is_found_as_a_whole(engine: SearchEngine) -> None:
    fill(
        engine,
        *law(),
        *law("policy:2", "慈善法", [Part("art-1", "第一条", "本法所称慈善，不是救助法所说的。", "慈善法")]),
    )
    hit = ask(engine, "救助法").hits[0]
    assert (hit.id, hit.label, hit.url) == ("policy:1", "", "/policy:1/")


def test_of_a_law_that_is_called_so_the_best_article_is_shown(engine: SearchEngine) -> None:
    fill(
        engine,
        *law(body="2016年3月16日第十二届全国人民代表大会第四次会议通过"),
        *law("policy:2", "慈善法", [Part("art-1", "第一条", "本法所称慈善，不是救助法所说的。", "慈善法")]),
    )
    hit = ask(engine, "救助法").hits[0]
    assert (hit.id, hit.url) == ("policy:1", "/policy:1/")
    assert hit.quoted in [Place(part.label, f"/policy:1/#{part.name}") for part in ARTICLES]
    assert "救助" in marked(hit.passage)
    assert hit.quoted not in hit.others


def test_where_no_article_says_it_a_law_is_shown_as_it_begins(engine: SearchEngine) -> None:
    history = "2016年3月16日第十二届全国人民代表大会第四次会议通过"
    fill(engine, *law(title="收养法", body=history))
    (hit,) = ask(engine, "收养法").hits
    assert (hit.id, hit.quoted, plain(hit.passage)) == ("policy:1", None, history)


def test_what_a_law_says_itself_is_shown(engine: SearchEngine) -> None:
    fill(engine, *law(body="关于救助法收取费用的说明，不得收取费用。"))
    hit = ask(engine, "救助法 收取费用").hits[0]
    assert (hit.id, hit.quoted) == ("policy:1", None)
    assert "关于救助法收取费用的说明" in plain(hit.passage)


def test_other_articles_that_answer_are_named(engine: SearchEngine) -> None:
    fill(engine, *law())
    (hit,) = ask(engine, "受助人员").hits
    assert {hit.label, *(place.label for place in hit.others)} == {"第二条", "第三条"}
    assert {hit.url, *(place.url for place in hit.others)} == {"/policy:1/#art-2", "/policy:1/#art-3"}


def test_words_that_stand_in_different_articles_find_the_law(engine: SearchEngine) -> None:
    fill(engine, *law())
    assert ask(engine, '"规范救助行为" "收取费用"').total == 1
    assert found(engine, '"规范救助行为" "收取费用"') == ["policy:1"]


def test_an_excluded_word_in_any_article_leaves_the_law_out(engine: SearchEngine) -> None:
    fill(engine, *law(), document("policy:2", title="受助人员须知"))
    assert found(engine, "受助人员 -收取费用") == ["policy:2"]
    assert ask(engine, "受助人员 -收取费用").total == 1


def test_with_an_excluded_word_too_the_law_is_shown_through_the_article_that_answers(engine: SearchEngine) -> None:
    fill(engine, *law())
    (hit,) = ask(engine, "收取费用 -收养").hits
    assert (hit.id, hit.label) == ("policy:1#art-3", "第三条")
    assert "".join(piece.text for piece in hit.passage if piece.matched) == "收取费用"


def test_counts_are_of_laws_not_of_articles(engine: SearchEngine) -> None:
    fill(
        engine,
        *law(facets={"issuer": ("国务院",)}),
        document("policy:2", title="救助须知", facets={"issuer": ("民政部",)}),
    )
    results = ask(engine, "救助", facets=("issuer", "kind"), filters={"issuer": frozenset({"国务院"})})
    assert results.total == 1
    assert [hit.object_id for hit in results.hits] == ["policy:1"]
    assert counts(results, "issuer") == {"国务院": 1, "民政部": 1}
    assert counts(results, "kind") == {"policy": 1}


def test_by_date_laws_stand_once_each(engine: SearchEngine) -> None:
    fill(engine, *law(date=day("2020-01-01")), *law("policy:2", date=day("2021-01-01")))
    assert found(engine, "受助人员", sort=Sort.DATE) == ["policy:2#art-2", "policy:1#art-2"]
    assert found(engine, "", sort=Sort.DATE) == ["policy:2", "policy:1"]


def test_pages_hold_each_law_once_however_many_there_are(engine: SearchEngine) -> None:
    fill(engine, *(one for number in range(150) for one in law(f"policy:{number}")))
    seen = [
        hit.object_id for page in range(1, 9) for hit in ask(engine, "受助人员 救助站", page=page, marked=False).hits
    ]
    assert len(seen) == len(set(seen)) == 150
    assert ask(engine, "受助人员 救助站", size=1).total == 150


def test_a_report_of_a_thousand_rows_leaves_room_for_others(engine: SearchEngine) -> None:
    rows = [Part(f"cell-t.{place}", f"{place + 1} · 问题清单", f"消防通道第{place}处堵塞") for place in range(1000)]
    others = [document(f"policy:{number}", title=f"消防通道管理规定{number}") for number in range(30)]
    fill(engine, *law("report:1", "排查结果", rows), *others)
    results = ask(engine, "消防通道 堵塞", facets=("kind",))
    assert counts(results, "kind") == {"policy": 30, "report": 1}
    seen = [hit.object_id for page in (1, 2) for hit in ask(engine, "消防通道 堵塞", page=page).hits]
    assert len(seen) == len(set(seen)) == 31


def test_the_row_that_answers_best_is_named_with_its_place(engine: SearchEngine) -> None:
    rows = [
        Part("cell-t.0", "1 · 问题清单", "问题：站区照明不足，整改期限：2020-03-01", "排查结果 · 一大队 问题清单"),
        Part("cell-t.1", "2 · 问题清单", "问题：消防通道堵塞，整改期限：2020-04-01", "排查结果 · 一大队 问题清单"),
    ]
    text = "本期共检查场所若干处，发现的问题均已交办，逾期未改的已约谈负责人。" * 3
    others = [document(f"report:{number}", title=f"排查结果 · 第{number}中队", body=text) for number in range(2, 20)]
    fill(engine, *law("report:1", "排查结果 · 一大队", rows), *others)
    (hit,) = ask(engine, "一大队 消防通道堵塞").hits
    assert (hit.label, hit.url) == ("2 · 问题清单", "/report:1/#cell-t.1")
    assert "消防通道堵塞" in marked(hit.passage)


def test_parts_go_with_their_law(engine: SearchEngine) -> None:
    fill(engine, *law())
    fill(engine, *law(parts=ARTICLES[:1]))
    assert found(engine, "收取费用") == []
    engine.replace(["policy:1"], [])
    assert (found(engine, "救助"), engine.count()) == ([], 0)


def test_who_may_not_find_the_law_finds_no_article(engine: SearchEngine) -> None:
    fill(engine, *law(audience=frozenset({"unit:1"})))
    assert ask(engine, "收取费用", {"unit:2"}).total == 0
    assert found(engine, "收取费用", {"unit:2"}) == []
    assert ask(engine, "收取费用", {"unit:1"}, withheld=frozenset({"policy:1"})).hits == ()


def test_parts_can_be_asked_for_one_by_one(engine: SearchEngine) -> None:
    fill(engine, *law())
    results = ask(engine, "受助人员", grouped=False)
    assert {hit.id for hit in results.hits} >= {"policy:1#art-2", "policy:1#art-3"}


@pytest.mark.parametrize("text", ["第三条", "第3条"])
def test_where_only_an_article_is_named_every_law_that_has_it_is_found_through_it(
    engine: SearchEngine, text: str
) -> None:
    cited = [replace(article, is_cited=True) for article in ARTICLES]
    fill(
        engine,
        *law(parts=cited),
        *law("policy:2", parts=cited[:2]),
        document("policy:3", title="关于第三条的答复", body="第三条适用于救助站。"),
    )
    results = ask(engine, text)
    assert {hit.id for hit in results.hits} == {"policy:1#art-3", "policy:3"}
    assert results.total == 2
    assert ask(engine, text, complete=True).total == 2
    assert found(engine, "第九条") == []
