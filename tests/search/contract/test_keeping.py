"""Writing, deleting, rebuilding: the same on both engines."""

from search.engines.base import SearchEngine
from tests.search.contract.library import ask, document, fill, found, plain


def test_making_the_index_twice_keeps_what_it_holds(engine: SearchEngine) -> None:
    fill(engine, document())
    assert engine.ensure() is False
    assert engine.count() == 1


def test_a_changed_document_is_found_by_its_new_words_only(engine: SearchEngine) -> None:
    fill(engine, document(title="旧标题文字"))
    fill(engine, document(title="新题目内容"))
    assert found(engine, "旧标题") == []
    assert found(engine, "新题目") == ["policy:1"]
    assert engine.count() == 1


def test_a_deleted_object_is_gone_with_its_parts(engine: SearchEngine) -> None:
    fill(engine, document(), document(part="1"), document(part="2"), document("policy:11"))
    engine.replace(["policy:1"], [])
    assert found(engine, "救助") == ["policy:11"]
    assert engine.count() == 1


def test_parts_that_are_no_more_disappear_with_the_change(engine: SearchEngine) -> None:
    fill(engine, document(part="1"), document(part="2"), document(part="3"))
    engine.replace(["policy:1"], [document(part="2"), document(part="4")])
    assert {hit.id for hit in ask(engine, "", grouped=False).hits} == {"policy:1#2", "policy:1#4"}


def test_deleting_what_is_not_there_is_no_fault(engine: SearchEngine) -> None:
    assert engine.replace(["policy:404"], []) == []


def test_what_is_shown_comes_back_as_given(engine: SearchEngine) -> None:
    fill(engine, document(shown={"number": "民发〔2020〕14号", "validity": "in_force"}, url="/policies/1/?a=b&c"))
    hit = ask(engine, "救助").hits[0]
    assert hit.shown == {"number": "民发〔2020〕14号", "validity": "in_force"}
    assert (hit.url, hit.kind, hit.object_id) == ("/policies/1/?a=b&c", "policy", "policy:1")


def test_control_characters_in_a_document_do_no_harm(engine: SearchEngine) -> None:
    fill(engine, document(title="救助\x00管理\x0b\ue000办法", body="\ud800正文\ufffe"))
    assert plain(ask(engine, "办法").hits[0].title) == "救助 管理 办法"


def test_a_new_index_is_searched_only_once_it_is_switched_to(engine: SearchEngine) -> None:
    fill(engine, document("policy:1", title="旧有文件"))
    rebuild = engine.begin_rebuild()
    rebuild.load([document("policy:2", title="新有文件")])
    assert found(engine, "文件") == ["policy:1"]
    rebuild.switch()
    assert found(engine, "文件") == ["policy:2"]
    assert engine.count() == 1


def test_a_new_index_takes_changes_before_it_is_switched_to(engine: SearchEngine) -> None:
    rebuild = engine.begin_rebuild()
    rebuild.load([document("policy:1"), document("policy:2")])
    engine.resume_rebuild(rebuild.target).replace(["policy:1", "policy:2"], [document("policy:2", title="改后文件")])
    assert rebuild.count() == 1
    rebuild.switch()
    assert found(engine, "文件") == ["policy:2"]


def test_an_abandoned_index_leaves_no_trace_and_the_old_one_stays(engine: SearchEngine) -> None:
    fill(engine, document())
    rebuild = engine.begin_rebuild()
    rebuild.load([document("policy:2")])
    engine.abandon_rebuild(rebuild.target)
    engine.abandon_rebuild(rebuild.target)
    assert found(engine, "救助") == ["policy:1"]


def test_the_index_in_use_cannot_be_abandoned(engine: SearchEngine) -> None:
    rebuild = engine.begin_rebuild()
    rebuild.load([document()])
    rebuild.switch()
    engine.abandon_rebuild(rebuild.target)
    assert found(engine, "救助") == ["policy:1"]


def test_health_tells_how_much_there_is(engine: SearchEngine) -> None:
    fill(engine, document())
    health = engine.health()
    assert (health.name, health.documents, health.fault, health.outdated) == (engine.name, 1, "", False)


def test_parts_that_come_to_a_new_index_in_several_loads_are_all_there(engine: SearchEngine) -> None:
    new = engine.begin_rebuild()
    new.load([document(part="1"), document(part="2")])
    new.load([document(part="3"), document(part="2")])
    new.switch()
    assert engine.count() == 3


def test_a_document_removed_by_its_own_name_is_not_found_and_leaves_room_for_another(engine: SearchEngine) -> None:
    fill(engine, document(), document(part="1", body="残留条文"), document(part="2"))
    engine.discard(["policy:1#2", "policy:1#1"])
    assert found(engine, "残留条文") == []
    engine.replace([], [document("policy:2", title="残留条文")])
    assert found(engine, "残留条文") == ["policy:2"]
    assert engine.count() == 2


def test_a_new_index_knows_whether_it_is_there_and_in_use(engine: SearchEngine) -> None:
    new = engine.begin_rebuild()
    assert (new.exists(), new.in_use()) == (True, False)
    new.switch()
    assert (new.exists(), new.in_use()) == (True, True)
    other = engine.begin_rebuild()
    assert new.exists()
    engine.abandon_rebuild(other.target)
    assert (other.exists(), other.in_use()) == (False, False)


def test_a_new_index_that_nobody_finished_is_removed_by_the_next(engine: SearchEngine) -> None:
    left = engine.begin_rebuild()
    new = engine.begin_rebuild()
    assert (left.exists(), new.exists()) == (False, True)
