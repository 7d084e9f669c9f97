"""Both engines asked the same: what is found, how much of it, and in which order by date."""

import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.documents import SearchDocument
from search.engines.base import SearchEngine, Sort
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.embedded import EmbeddedEngine
from search.node import LocalNode
from search.parts import Part, with_parts
from search.text import HAN, fold
from tests.search.contract.library import ask, day, document, fill
from tests.search.questions import strange

QUESTIONS = 200
SEED = 7
FACETS = ("kind", "issuer", "year")
OTHER_SCRIPT = re.compile(rf"(?![{HAN}a-z0-9\u00df-\u024f])[^\W_]")
"""Letters of which the engines make words in different ways."""

Engines = tuple[SearchEngine, SearchEngine]


def _documents() -> Iterator[SearchDocument]:
    yield document(
        body="依据民发〔2020〕14号第十二条，签订托养协议。Ⅲ级响应，气温37.5℃，面积100㎡，①排查②整改，№7，CO₂，½。",
        facets={"issuer": ("民政部",)},
        date=day("2020-03-24"),
    )
    yield document("policy:2", title="GB/T 29353 养老机构基本规范", body="title: {{7*7}} <script> 2020年 ﬁ full é")
    yield document("policy:3", title="托养协议管理", body="救助站管理人员", date=day("2021-03-24"))
    yield document("task:4", title="第①项 救助 or 托养", body="管理，救助。⒈2020年 ㈠总则", date=day("2021-03-24"))
    articles = [
        Part("art-12", "第十二条", "管理救助。", "慈善法", is_cited=True),
        Part("art-13", "第十三条", "托养协议。", "慈善法", is_cited=True),
    ]
    yield from with_parts(document("policy:5", title="慈善法", date=day("2016-09-01")), articles)
    yield document("report:3", title="😀 小结 救助", audience=frozenset({"unit:1"}))


@pytest.fixture
def engines(elasticsearch_node: LocalNode, index_name: str, tmp_path: Path) -> Iterator[Engines]:
    """Both engines, holding the same."""
    embedded = EmbeddedEngine(tmp_path / "search.sqlite3")
    elasticsearch = ElasticsearchEngine(elasticsearch_node.url, index_name)
    for engine in (embedded, elasticsearch):
        engine.ensure()
        fill(engine, *_documents())
    yield embedded, elasticsearch
    elasticsearch.close()


def _difference(engines: Engines, text: str) -> str:
    """What the engines answer differently; empty where they agree."""
    for complete in (False, True):
        one, other = (ask(engine, text, facets=FACETS, complete=complete) for engine in engines)
        said = [
            (found.total, found.complete, dict(found.facets), {hit.object_id for hit in found.hits})
            for found in (one, other)
        ]
        if said[0] != said[1]:
            return f"{text!r}: {said}"
    dated = [[hit.object_id for hit in ask(engine, text, sort=Sort.DATE).hits] for engine in engines]
    return "" if dated[0] == dated[1] else f"{text!r}: {dated}"


@pytest.mark.parametrize(
    "texts",
    [
        ["Ⅲ级响应", "III级响应", "“Ⅲ级响应”", "37.5℃", "100㎡", "100m2", "①", "“第①项”", "第1项", "№7", "co2", "CO₂"],
        ["1/2", "½", "2020年", "“1 2020”", "总则", "“㈠总则”", "“一总则”"],
        ["救助 救助 协议", "托养 协议 救助 救助 救助 救助 救助 救助 救助", "救助救助救助 基本", "救助管理 基本救助"],
        ["救助 -托养", "-救助", "救助 -①", '"救助 管理"', "托养 OR 基本", "救 OR 慈"],
        ["第十二条", "第12条", "慈善法第十二条", "民发(2020)14号", "管理 -民发(2020)14号"],
    ],
    ids=["signs for letters", "signs for several", "said twice", "operators", "numbers"],
)
def test_a_question_has_one_answer(engines: Engines, texts: list[str]) -> None:
    assert [wrong for text in texts if (wrong := _difference(engines, text))] == []


def test_questions_nobody_would_think_of_have_one_answer(engines: Engines) -> None:
    chance = random.Random(SEED)
    texts = [text for _ in range(QUESTIONS) if not OTHER_SCRIPT.search(fold(text := strange(chance)))]
    assert len(texts) > QUESTIONS // 2
    assert [wrong for text in texts if (wrong := _difference(engines, text))] == []
