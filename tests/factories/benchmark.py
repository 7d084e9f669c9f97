"""A relevance benchmark of four articles."""

import json
from pathlib import Path

ARTICLES = [
    ("A1", "L1", "第三章 慈善募捐", "慈善组织开展公开募捐，应当取得公开募捐资格。"),
    ("A2", "L1", "第四章 慈善捐赠", "捐赠人可以要求签订捐赠协议。"),
    ("A3", "L2", "第二章 救助", "救助站不得向受助人员收取费用。"),
    ("A4", "L2", "第二章 救助", "救助站应当提供食物和住处。"),
]
QUESTIONS = [("1", "去救助站住要不要交钱，会不会收取费用？", "救助站 收费"), ("2", "谁能公开募捐", None)]
RELEVANT = [("1", "A3"), ("2", "A1")]


def benchmark(folder: Path) -> list[str]:
    """The options of `evaluate_search` for it."""
    corpus = [
        {"id": key, "doc_id": law, "law_title": f"中华人民共和国{law}法", "heading": heading, "text": text}
        for key, law, heading, text in ARTICLES
    ]
    queries = [{"qid": int(key), "query": text, "keywords": words} for key, text, words in QUESTIONS]
    for name, rows in (("corpus", corpus), ("queries", queries)):
        lines = [json.dumps(row, ensure_ascii=False) for row in rows]
        (folder / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (folder / "qrels.tsv").write_text("".join(f"{key}\t0\t{found}\t1\n" for key, found in RELEVANT), encoding="utf-8")
    named = {"corpus": "corpus.jsonl", "queries": "queries.jsonl", "qrels": "qrels.tsv"}
    return [part for name, file in named.items() for part in (f"--{name}", str(folder / file))]
