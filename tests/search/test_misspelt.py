"""Misspelt questions over the demonstration's library, and what was meant: set right as often as they were."""

import csv
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from home.demo.programme import load_programme
from home.demo.units import load_people, load_units
from home.demo_pages import load_demo_content
from home.policies.services import load_policies
from home.services import ensure_site
from search.answering import answer
from search.evaluation.judged import INSIDERS, read_judged
from search.finding import breaker
from search.parameters import Asked
from tests.integration.search.asking import settle

FLOOR = 0.9
"""A little under what was measured."""


@pytest.fixture(params=["embedded", "elasticsearch"])
def _library(request: pytest.FixtureRequest, db: None, settings: Settings, tmp_path: Path) -> None:
    """What the demonstration has to read, in an index of its own."""
    settings.PORTAL_SEARCH_EMBEDDED_PATH = tmp_path / "search.sqlite3"
    settings.PORTAL_SEARCH_ENGINE = request.param
    if request.param == "elasticsearch":
        settings.PORTAL_ELASTICSEARCH_URL = request.getfixturevalue("elasticsearch_node").url
        settings.PORTAL_ELASTICSEARCH_PREFIX = request.getfixturevalue("index_name")
    breaker.cache_clear()
    ensure_site()
    units = load_units()
    people = load_people(units)
    load_policies()
    load_demo_content()
    load_programme(owner=units["市民政局"], user=people["coordinator"])
    settle()


def _offered(text: str) -> str | None:
    """What was answered instead, or offered; empty for neither; None where the question finds all that it says."""
    given = answer(Asked(text=text), INSIDERS)
    results = given.finding.results
    if given.instead_of:
        return given.asked.text
    if given.meant:
        return given.meant.text
    return None if (results.total if results.complete is None else results.complete) else ""


@pytest.mark.usefixtures("_library")
def test_misspelt_questions_are_set_right() -> None:
    with (Path(__file__).parent / "misspelt.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["typed"], row["meant"]) for row in csv.DictReader(file)]
    offered = {typed: _offered(typed) for typed, _ in rows}
    asked = [(typed, meant) for typed, meant in rows if offered[typed] is not None]
    assert len(asked) >= 80
    # Words that the library has apart come with a blank between them.
    wrong = [typed for typed, meant in asked if _even(offered[typed] or "") != _even(meant)]
    print(f"{len(asked) - len(wrong)} of {len(asked)} set right; {len(rows) - len(asked)} find all that they say")
    assert 1 - len(wrong) / len(asked) >= FLOOR, wrong


@pytest.mark.usefixtures("_library")
def test_questions_that_are_spelt_right_are_left_alone() -> None:
    questions = [question.text for question in read_judged("demo_library")]
    assert len(questions) >= 120
    assert {text: offered for text in questions if (offered := _offered(text))} == {}


def _even(text: str) -> str:
    return text.replace(" ", "")
