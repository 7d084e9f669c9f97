"""Nobody sees a hit, a total or a count that is not theirs: the same on both engines."""

import pytest

from search.engines.base import Query, SearchEngine
from tests.search.contract.library import ask, counts, day, document, fill, found

UNIT_1, UNIT_2, LEADER = frozenset({"public", "unit:1"}), frozenset({"public", "unit:2"}), frozenset({"role:leader"})


def _reports(engine: SearchEngine) -> None:
    for unit in (1, 2):
        fill(
            engine,
            *(
                document(
                    f"report:{unit}{number}",
                    title="隐患检查结果",
                    audience=frozenset({f"unit:{unit}", "role:leader"}),
                    facets={"unit": (f"单位{unit}",)},
                    date=day("2020-06-01"),
                )
                for number in range(unit * 2)
            ),
        )


def test_a_question_without_an_asker_cannot_be_put() -> None:
    with pytest.raises(ValueError, match="audience"):
        Query(tokens=frozenset(), text="救助")


def test_only_what_shares_a_token_with_the_asker_is_found(engine: SearchEngine) -> None:
    _reports(engine)
    assert set(found(engine, "隐患", UNIT_1)) == {"report:10", "report:11"}
    assert len(found(engine, "隐患", UNIT_2)) == 4
    assert len(found(engine, "隐患", LEADER)) == 6
    assert found(engine, "隐患") == []


def test_totals_and_counts_are_those_of_the_asker(engine: SearchEngine) -> None:
    _reports(engine)
    results = ask(engine, "隐患", UNIT_1, facets=("unit", "kind", "year"))
    assert results.total == 2
    assert counts(results, "unit") == {"单位1": 2}
    assert counts(results, "kind") == {"report": 2}
    assert counts(results, "year") == {"2020": 2}


def test_nobody_finds_what_has_no_audience(engine: SearchEngine) -> None:
    fill(engine, document(audience=frozenset()))
    assert found(engine, "救助", {"public", "insider", "role:administrator"}) == []


def test_a_token_does_not_open_what_merely_begins_alike(engine: SearchEngine) -> None:
    fill(engine, document(audience=frozenset({"unit:12"})))
    assert found(engine, "救助", {"unit:1", "unit:1:staff"}) == []
    assert found(engine, "救助", {"unit:12"}) == ["policy:1"]


def test_what_is_withheld_is_neither_found_nor_counted(engine: SearchEngine) -> None:
    fill(engine, document("policy:1"), document("policy:2"))
    results = ask(engine, "救助", withheld=frozenset({"policy:1"}), facets=("kind",))
    assert [hit.id for hit in results.hits] == ["policy:2"]
    assert (results.total, counts(results, "kind")) == (1, {"policy": 1})


def test_a_changed_audience_holds_from_the_next_question(engine: SearchEngine) -> None:
    fill(engine, document())
    fill(engine, document(audience=frozenset({"insider"})))
    assert found(engine, "救助") == []
    assert found(engine, "救助", {"insider"}) == ["policy:1"]
