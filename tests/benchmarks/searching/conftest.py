"""The laws and questions that the search is measured with: a folder named by PORTAL_SEARCH_CORPUS."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.documents import SearchDocument
from search.evaluation.corpora import documents_of

LAWS = 1500


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder; without it there is nothing to measure."""
    folder = os.environ.get("PORTAL_SEARCH_CORPUS", "")
    assert folder, "PORTAL_SEARCH_CORPUS names no folder"
    return Path(folder)


@pytest.fixture(scope="session")
def documents(corpus: Path) -> list[SearchDocument]:
    """The first laws, whole and by article, in memory, so that reading them is not measured."""
    return list(_laws(documents_of(corpus / "laws" / "laws.jsonl.gz")))


def _laws(rows: Iterator[SearchDocument]) -> Iterator[SearchDocument]:
    wholes = 0
    for row in rows:
        wholes += row.is_whole
        if wholes > LAWS:
            return
        yield row
