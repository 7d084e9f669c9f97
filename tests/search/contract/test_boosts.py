"""What administrators let count more or less: the same on both engines."""

import pytest

from search.documents import SearchDocument
from search.engines.base import Boost, SearchEngine, Sort
from search.parts import Part, with_parts
from tests.search.contract.library import ask, day, document, fill, found


def _two() -> tuple[SearchDocument, SearchDocument]:
    """Two things that answer alike, apart from kind, validity and date: by themselves the newer stands first."""
    newer = document("policy:1", body="救助站", date=day("2024-05-01"), facets={"validity": ("in-force",)})
    older = document("training:2", body="救助站", date=day("2015-05-01"), facets={"validity": ("amended",)})
    return newer, older


@pytest.mark.parametrize(
    "boost",
    [
        Boost(2.0, "kind", "training"),
        Boost(0.5, "kind", "policy"),
        Boost(2.0, "validity", "amended"),
        Boost(0.5, since=day("2020-01-01")),
    ],
)
def test_what_counts_more_stands_first_and_nothing_else_changes(engine: SearchEngine, boost: Boost) -> None:
    fill(engine, *_two())
    plain = ask(engine, "救助管理", facets=("kind",))
    assert [hit.id for hit in plain.hits] == ["policy:1", "training:2"]
    boosted = ask(engine, "救助管理", facets=("kind",), boosts=(boost,))
    assert [hit.id for hit in boosted.hits] == ["training:2", "policy:1"]
    assert (boosted.total, boosted.complete, boosted.facets) == (plain.total, plain.complete, plain.facets)


def test_factors_are_multiplied(engine: SearchEngine) -> None:
    fill(engine, *_two())
    plain = {hit.id: hit.score for hit in ask(engine, "救助管理").hits}
    boosts = (Boost(2.0, "kind", "policy"), Boost(1.5, since=day("2020-01-01")), Boost(4.0, "kind", "task"))
    boosted = {hit.id: hit.score for hit in ask(engine, "救助管理", boosts=boosts).hits}
    assert boosted["policy:1"] == pytest.approx(3 * plain["policy:1"], rel=0.01)
    assert boosted["training:2"] == pytest.approx(plain["training:2"], rel=0.01)


def test_the_day_itself_is_new_and_what_has_no_date_is_not(engine: SearchEngine) -> None:
    fill(
        engine,
        document("policy:1", date=day("2020-01-01")),
        document("policy:2"),
        document("policy:3", date=day("2019-12-31")),
    )
    assert found(engine, "救助管理", boosts=(Boost(0.5, since=day("2020-01-01")),))[-1] == "policy:1"


def test_things_found_through_parts_count_more_too(engine: SearchEngine) -> None:
    whole = document("policy:1", title="办法", date=day("2024-05-01"))
    other = document("training:2", title="办法", date=day("2015-05-01"))
    for one in (whole, other):
        fill(engine, *with_parts(one, [Part("a1", "第一条", "救助站应当登记。"), Part("a2", "第二条", "其他。")]))
    assert found_objects(engine, ()) == ["policy:1", "training:2"]
    assert found_objects(engine, (Boost(2.0, "kind", "training"),)) == ["training:2", "policy:1"]


def test_promoted_things_stay_first_in_their_order(engine: SearchEngine) -> None:
    newer, older = _two()
    fill(engine, newer, older, document("task:3", title="救助管理救助管理"))
    boosts = (Boost(0.25, "kind", "policy"), Boost(4.0, "kind", "task"))
    assert found(engine, "救助管理", promoted=("policy:1", "training:2"), boosts=boosts) == [
        "policy:1",
        "training:2",
        "task:3",
    ]


def test_an_order_by_date_knows_no_boosts(engine: SearchEngine) -> None:
    fill(engine, *_two())
    boosts = (Boost(4.0, "kind", "training"),)
    assert found(engine, "救助管理", sort=Sort.DATE, boosts=boosts) == ["policy:1", "training:2"]
    assert found(engine, "", boosts=boosts) == ["policy:1", "training:2"]


def found_objects(engine: SearchEngine, boosts: tuple[Boost, ...]) -> list[str]:
    """Things in their order."""
    return [hit.object_id for hit in ask(engine, "救助站登记", boosts=boosts).hits]


@pytest.mark.parametrize("text", ["救助管理", "救助管理 -没有的"])
def test_what_is_repealed_and_promoted_keeps_its_place(engine: SearchEngine, text: str) -> None:
    repealed = document("policy:1", facets={"validity": ("repealed",)})
    fill(engine, repealed, *(document(f"policy:{number}") for number in (2, 3, 4)))
    names = ["policy:1", "policy:2", "policy:3", "policy:4"]
    assert found(engine, text, promoted=tuple(names[:3])) == names
