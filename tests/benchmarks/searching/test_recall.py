"""Whether a word finds every law that has it, in both engines, beside the laws in which the word simply stands.

Needs a folder with laws/laws.jsonl.gz, named by PORTAL_SEARCH_CORPUS. Stock Wagtail's database search finds 11 to 16 of
a hundred such laws.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from search.documents import SearchDocument
from search.engines.base import Query, SearchEngine
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.embedded import EmbeddedEngine
from search.evaluation.asking import EVERYBODY, Ours
from search.node import LocalNode
from search.text import is_han
from tests.benchmarks.searching import AS_A_SERVER
from tests.benchmarks.searching.conftest import LAWS

WORDS, LONGEST = 200, 4


@pytest.fixture(params=["embedded", "elasticsearch"])
def filled(
    request: pytest.FixtureRequest, tmp_path: Path, documents: Sequence[SearchDocument]
) -> Iterator[SearchEngine]:
    """An engine that holds the laws."""
    if request.param == "embedded":
        engine: SearchEngine = EmbeddedEngine(tmp_path / "search.sqlite3")
        Ours(engine).load(documents)
        yield engine
        return
    with LocalNode(heap="1g", jvm_options=AS_A_SERVER) as node:
        cluster = ElasticsearchEngine(node.url, "recall", seconds=30)
        Ours(cluster).load(documents)
        yield cluster
        cluster.close()


@pytest.mark.parametrize("written", ["{}", "“{}”"], ids=["plain", "quoted"])
def test_a_word_finds_every_law_that_has_it(
    filled: SearchEngine, documents: Sequence[SearchDocument], written: str
) -> None:
    texts = _texts(documents)
    asked, found, lacking = 0, 0, []
    for word in _words(documents):
        having = {name for name, text in texts.items() if word in text}
        query = Query(tokens=EVERYBODY, text=written.format(word), marked=False, size=LAWS)
        answered = {hit.object_id for hit in filled.search(query).hits}
        asked, found = asked + len(having), found + len(having & answered)
        lacking += [(word, name) for name in sorted(having - answered)]
    print(f"\n{filled.name}, {written.format('…')}: {WORDS} words, {found:,} of {asked:,} laws that have them")
    assert lacking == []


def _texts(documents: Sequence[SearchDocument]) -> Mapping[str, str]:
    """Everything a law says, its articles on lines of their own."""
    lines: dict[str, list[str]] = {}
    for document in documents:
        lines.setdefault(document.object_id, []).extend((document.clean_title, document.clean_body))
    return {name: "\n".join(said) for name, said in lines.items()}


def _words(documents: Sequence[SearchDocument]) -> Iterator[str]:
    """Two to four Chinese characters as they stand somewhere in a law."""
    chance, made = random.Random(2026), 0
    while made < WORDS:
        text, length = chance.choice(documents).clean_body, chance.randint(2, LONGEST)
        begin = chance.randrange(max(1, len(text) - length))
        word = text[begin : begin + length]
        if len(word) == length and all(map(is_han, word)):
            made += 1
            yield word
