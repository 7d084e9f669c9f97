"""The portal's own judged questions over the demonstration's library: no engine may answer them worse than it did."""

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django.fixtures import Settings

from home.demo.programme import load_programme
from home.demo.units import load_people, load_units
from home.demo_pages import load_demo_content
from home.policies.services import load_policies
from home.services import ensure_site
from search.engines.base import SearchEngine
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.embedded import EmbeddedEngine
from search.evaluation.asking import Ours
from search.evaluation.judged import INSIDERS, ask_all, failing, names_here, read_judged, scores, unknown
from search.kinds import CAMPAIGN, POLICY, TASK, TRAINING
from search.sources.registry import source

FLOORS = {
    "embedded": {"ndcg@10": 0.945, "recall@10": 0.965},
    "elasticsearch": {"ndcg@10": 0.945, "recall@10": 0.965},
}
"""A little (0.02) under what was measured."""


@pytest.fixture(params=["embedded", "elasticsearch"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SearchEngine]:
    """An engine with an empty index of its own."""
    if request.param == "embedded":
        yield EmbeddedEngine(tmp_path / "search.sqlite3")
        return
    node = request.getfixturevalue("elasticsearch_node")
    elasticsearch = ElasticsearchEngine(node.url, request.getfixturevalue("index_name"))
    yield elasticsearch
    elasticsearch.close()


@pytest.fixture
def _library(db: None) -> None:
    """What the demonstration has to read: policies, classes, campaigns, and the tasks of its programme."""
    ensure_site()
    units = load_units()
    people = load_people(units)
    load_policies()
    load_demo_content()
    load_programme(owner=units["市民政局"], user=people["coordinator"])


def _fill(engine: SearchEngine) -> None:
    Ours(engine).load(
        document
        for kind in (POLICY, TRAINING, CAMPAIGN, TASK)
        for document in source(kind).documents([str(pk) for pk in source(kind).all_pks()])
    )


@pytest.mark.usefixtures("_library")
def test_the_judged_questions_are_answered_as_well_as_they_were(engine: SearchEngine) -> None:
    questions = read_judged("demo_library")
    names = names_here(questions)
    assert len(questions) >= 120
    assert unknown(questions, names) == []
    _fill(engine)
    run = ask_all(engine, questions, names, INSIDERS)
    found = scores(questions, run)
    for measure, floor in FLOORS[engine.name].items():
        assert found[measure] >= floor, f"{measure} {found[measure]:.3f}; not found: {failing(questions, run)}"


@pytest.mark.usefixtures("_library")
def test_the_command_measures_the_index_in_use(settings: Settings, tmp_path: Path) -> None:
    settings.PORTAL_SEARCH_ENGINE = "embedded"
    settings.PORTAL_SEARCH_EMBEDDED_PATH = tmp_path / "search.sqlite3"
    _fill(EmbeddedEngine(tmp_path / "search.sqlite3"))
    out = StringIO()
    call_command("evaluate_search", "--judgements", "demo_library", "--json", stdout=out)
    found = json.loads(out.getvalue())
    assert (found["engine"], found["questions"]) == ("embedded", len(read_judged("demo_library")))
    assert found["ndcg@10"] >= FLOORS["embedded"]["ndcg@10"]
