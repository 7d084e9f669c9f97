"""Synonyms, stop phrases and promoted things: the same on both engines."""

from search.engines.base import SearchEngine
from search.wording import Wording
from tests.search.contract.library import ask, counts, document, fill, found, marked

CARE = Wording(synonyms={"托养": ("站外照料",), "站外照料": ("托养",)}, stop_phrases=("请问", "怎么办"))


def test_what_is_called_otherwise_is_found_and_marked(engine: SearchEngine) -> None:
    fill(
        engine,
        document(title="站外照料机构检查", body="每季检查一次。"),
        document("policy:2", title="通知", body="托养机构应当备案。"),
        document("policy:3", title="森林防火"),
    )
    results = ask(engine, "托养机构", wording=CARE, facets=("kind",))
    assert {hit.id for hit in results.hits} == {"policy:1", "policy:2"}
    assert results.total == 2
    assert counts(results, "kind") == {"policy": 2}
    by_name = {hit.id: hit for hit in results.hits}
    assert marked(by_name["policy:1"].title) == ["站外照料机构"]
    assert marked(by_name["policy:2"].passage) == ["托养机构"]


def test_synonyms_and_stop_phrases_count_in_traditional_characters(engine: SearchEngine) -> None:
    fill(engine, document(title="站外照料機構檢查"), document("policy:2", title="森林防火，請問怎麼辦"))
    results = ask(engine, "請問託養機構怎麼辦", wording=CARE)
    assert [hit.id for hit in results.hits] == ["policy:1"]
    assert marked(results.hits[0].title) == ["站外照料機構"]


def test_a_thing_with_both_names_is_found_once(engine: SearchEngine) -> None:
    fill(engine, document(title="托养（站外照料）机构名录"))
    results = ask(engine, "托养", wording=CARE)
    assert ([hit.id for hit in results.hits], results.total) == (["policy:1"], 1)


def test_of_each_wording_so_many_words_must_be_there_as_it_needs(engine: SearchEngine) -> None:
    fill(engine, document(title="站外求助"), document("policy:2", title="站外照料"))
    assert found(engine, "托养", wording=CARE) == ["policy:2", "policy:1"] or found(engine, "托养", wording=CARE) == [
        "policy:2"
    ]
    assert found(engine, "托养", wording=CARE, complete=True) == ["policy:2"]
    assert ask(engine, "托养", wording=CARE).complete == 1


def test_other_words_may_be_single_characters(engine: SearchEngine) -> None:
    fill(engine, document(title="公共厕所管理"), document("policy:2", title="厕，以及所。"), document("policy:3"))
    wording = Wording(synonyms={"公共厕所": ("厕 所",)})
    results = ask(engine, "公共厕所", wording=wording)
    assert ({hit.id for hit in results.hits}, results.complete) == ({"policy:1", "policy:2"}, 2)
    assert len(found(engine, "公共厕所", wording=wording, complete=True)) == results.complete


def test_quotes_stay_literal_and_what_is_left_out_is_left_out_of_every_wording(engine: SearchEngine) -> None:
    fill(engine, document(title="站外照料机构"), document("policy:2", title="站外照料费用"))
    assert found(engine, '"托养"', wording=CARE) == []
    assert found(engine, "托养 -费用", wording=CARE) == ["policy:1"]


def test_stop_phrases_are_left_out_unless_nothing_else_is_asked(engine: SearchEngine) -> None:
    fill(engine, document(title="救助站求助"), document("policy:2", title="请问集"))
    assert found(engine, "请问救助怎么办", wording=CARE, complete=True) == ["policy:1"]
    assert found(engine, "请问", wording=CARE) == ["policy:2"]


def test_promoted_things_come_first_once_and_are_counted_once(engine: SearchEngine) -> None:
    fill(
        engine,
        document(title="救助管理办法", body="救助管理 救助管理"),
        document("policy:2", title="救助管理机构名录"),
        document("training:3", title="业务培训"),
    )
    results = ask(engine, "救助管理", promoted=("training:3", "policy:2"), facets=("kind",))
    assert [hit.object_id for hit in results.hits] == ["training:3", "policy:2", "policy:1"]
    assert (results.total, results.complete) == (3, 2)
    assert counts(results, "kind") == {"policy": 2, "training": 1}


def test_promoted_things_are_only_for_those_who_may_find_them(engine: SearchEngine) -> None:
    fill(engine, document(), document("policy:2", title="内部名录", audience=frozenset({"unit:1"})))
    for_all = ask(engine, "救助管理", promoted=("policy:2",))
    assert ([hit.id for hit in for_all.hits], for_all.total) == (["policy:1"], 1)
    assert found(engine, "救助管理", {"unit:1"}, promoted=("policy:2",)) == ["policy:2"]
    assert found(engine, "救助管理", {"unit:1"}, promoted=("policy:2",), withheld=frozenset({"policy:2"})) == []


def test_chosen_values_and_other_orders_hold_for_promoted_things(engine: SearchEngine) -> None:
    fill(engine, document(), document("training:3", title="业务培训"))
    only = {"kind": frozenset({"policy"})}
    assert found(engine, "救助管理", promoted=("training:3",), filters=only) == ["policy:1"]
    assert found(engine, "救助管理", promoted=("training:3",), complete=True) == ["policy:1"]


def test_promoted_things_are_on_the_first_page_only(engine: SearchEngine) -> None:
    fill(engine, *[document(f"policy:{number}") for number in range(1, 5)], document("training:9", title="业务培训"))
    pages = [found(engine, "救助管理", promoted=("training:9",), page=page, size=2) for page in (1, 2, 3)]
    assert pages[0][0] == "training:9"
    assert sorted(name for page in pages for name in page) == [*(f"policy:{n}" for n in range(1, 5)), "training:9"]
