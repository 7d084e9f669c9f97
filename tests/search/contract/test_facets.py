"""Filters and counts: the same on both engines."""

from search.engines.base import SearchEngine
from tests.search.contract.library import ask, counts, day, document, fill, found


def _library(engine: SearchEngine) -> None:
    fill(
        engine,
        document("policy:1", date=day("2019-05-01"), facets={"issuer": ("民政部",)}),
        document("policy:2", date=day("2020-05-01"), facets={"issuer": ("民政部", "公安部")}),
        document("training:3", date=day("2020-06-01")),
    )


def test_values_are_counted(engine: SearchEngine) -> None:
    _library(engine)
    results = ask(engine, "救助", facets=("kind", "year", "issuer"))
    assert counts(results, "kind") == {"policy": 2, "training": 1}
    assert counts(results, "year") == {"2020": 2, "2019": 1}
    assert counts(results, "issuer") == {"民政部": 2, "公安部": 1}


def test_a_chosen_value_narrows_the_results(engine: SearchEngine) -> None:
    _library(engine)
    assert found(engine, "救助", filters={"issuer": frozenset({"公安部"})}) == ["policy:2"]


def test_values_of_one_facet_are_alternatives_and_facets_add_up(engine: SearchEngine) -> None:
    _library(engine)
    both = {"year": frozenset({"2019", "2020"})}
    assert len(found(engine, "救助", filters=both)) == 3
    assert found(engine, "救助", filters={**both, "kind": frozenset({"training"})}) == ["training:3"]


def test_a_facet_keeps_counting_the_values_that_were_not_chosen(engine: SearchEngine) -> None:
    _library(engine)
    results = ask(engine, "救助", filters={"year": frozenset({"2019"})}, facets=("kind", "year"))
    assert results.total == 1
    assert counts(results, "year") == {"2020": 2, "2019": 1}
    assert counts(results, "kind") == {"policy": 1}


def test_more_than_ten_values_are_counted(engine: SearchEngine) -> None:
    fill(engine, *(document(f"policy:{year}", date=day(f"{year}-01-01")) for year in range(1990, 2020)))
    assert len(counts(ask(engine, "救助", facets=("year",)), "year")) == 30


def test_an_unknown_value_or_facet_finds_nothing(engine: SearchEngine) -> None:
    _library(engine)
    assert found(engine, "救助", filters={"year": frozenset({"1066"})}) == []
    assert found(engine, "救助", filters={"nonsense": frozenset({"x"})}) == []


def test_an_empty_choice_is_no_filter(engine: SearchEngine) -> None:
    _library(engine)
    assert len(found(engine, "救助", filters={"year": frozenset()})) == 3
