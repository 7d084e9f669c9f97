"""Whatever is typed is a question: it is answered, and the answer holds together. The same on both engines."""

import random

import pytest

from search.engines.base import SearchEngine
from tests.search.contract.library import ask, document, fill
from tests.search.questions import strange

QUESTIONS = 1500
SEED = 2026


def test_no_question_is_an_error(engine: SearchEngine) -> None:
    fill(
        engine,
        document(
            title="流浪乞讨人员救助管理办法",
            body="依据民发〔2020〕14号第十二条，签订托养协议。",
            facets={"issuer": ("民政部",)},
        ),
        document("policy:2", title="GB/T 29353 养老机构基本规范", body="title: {{7*7}} <script> 2020年"),
        document("report:3", title="😀 小结", audience=frozenset({"unit:1"})),
    )
    chance = random.Random(SEED)
    answered = 0
    for _ in range(QUESTIONS):
        text = strange(chance)
        results = ask(engine, text, facets=("issuer", "kind"))
        found = {hit.object_id for hit in results.hits}
        assert len(found) == len(results.hits) == results.total, repr(text)
        assert "report:3" not in found, repr(text)
        assert sum(one.count for one in results.facets["kind"]) == results.total, repr(text)
        answered += bool(found)
    assert answered > QUESTIONS // 4


@pytest.mark.parametrize("text", ["救" * 10_000, '"' * 10_000, "a " * 5_000, "救助 OR " * 2_000, " -救助" * 2_000])
def test_a_very_long_question_is_one_too(engine: SearchEngine, text: str) -> None:
    fill(engine, document())
    assert ask(engine, text).total in {0, 1}
