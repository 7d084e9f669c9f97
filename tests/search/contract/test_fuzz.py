"""Whatever is typed is a question: it is answered, and the answer holds together. The same on both engines."""

import random

import pytest

from search.engines.base import SearchEngine
from tests.search.contract.library import ask, document, fill

QUESTIONS = 1500
SEED = 2026

_PIECES = (
    "救助",
    "管理",
    "托养协议",
    "民发〔2020〕14号",
    "第十二条",
    "第",
    "条",
    "号",
    "〔",
    "2020年",
    "gb/t 29353",
    "OR",
    "or",
    "AND",
    "NOT",
    "|",
    "||",
    "-",
    "--",
    "－",
    "+",
    "*",
    "?",
    "~2",
    "^4",
    "\\",
    "/",
    "//",
    ":",
    "title:",
    "_exists_:",
    "[",
    "]",
    "{",
    "}",
    "(",
    ")",
    '"',
    "“",
    "”",
    "「",
    "」",
    "『",
    "'",
    "`",
    "<script>",
    "</mark>",
    "%",
    "%00",
    "\0",
    "\x07",
    "\x7f",
    "\t",
    "\r\n",
    "\u200b",
    "\u202e",
    "\ufeff",
    "\ue000",
    "\ue001",
    "\ud800",
    "\U0001f600",
    "👨‍👩‍👧",
    "é",
    "e\u0301",
    "ﬁ",
    "①",
    "㈱",
    "𠀀",
    "ｆｕｌｌ",
    "İ",
    "ß",
    "NEAR(",
    "MATCH",
    ";--",
    "' OR 1=1",
    "${jndi}",
    "{{7*7}}",
    "🇨🇳",
    "ｱ",
    "한국",
    "\uffff",
)


def _question(chance: random.Random) -> str:
    lot = chance.random()
    if lot < 0.01:
        return chance.choice(_PIECES) * (10_000 // 2)
    if lot < 0.05:
        return "".join(
            chr(chance.choice((chance.randrange(0x20, 0x3000), chance.randrange(0x4E00, 0x9FFF)))) for _ in range(40)
        )
    glue = chance.choice(("", " ", "  ", "\u3000"))
    return glue.join(chance.choice(_PIECES) for _ in range(chance.randint(1, 12)))


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
        text = _question(chance)
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
