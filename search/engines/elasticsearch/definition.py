"""Analysis, mapping and settings of the index. A change here is noticed by its digest: `rebuild_index` is due then."""

import hashlib
import json
import re
from functools import cache
from itertools import starmap
from typing import Any

from search.dsl import Boolean, Date, Keyword, Mapping, Object, Text, analyzer, char_filter
from search.engines.base import MAX_WINDOW
from search.text import folded_characters

# The standard tokenizer keeps 3.5, a_b and it's together; questions are cut at every sign that is no letter or digit.
_SIGNS = "_.,:;'‘’·‧．，：；＿＇"
_SIGN = re.compile(r"[\W_]")


def _mapping(written: str, folded: str) -> str:
    """What is written as what it is folded to, in which signs are blanks; in the notation of mappings."""
    return f"{written} => " + "".join(f"\\u{ord(character):04x}" for character in _SIGN.sub(" ", folded))


even = char_filter(
    "portal_even",
    "mapping",
    mappings=[*(_mapping(sign, sign) for sign in _SIGNS), *starmap(_mapping, folded_characters().items())],
)
"""What the portal folds, folded as it does, before words are cut."""

single = analyzer("portal_single", tokenizer="standard", char_filter=[even], filter=["cjk_width", "lowercase"])
"""Every Chinese character is a token, other words stay whole."""

paired = analyzer(
    "portal_paired", tokenizer="standard", char_filter=[even], filter=["cjk_width", "lowercase", "cjk_bigram"]
)
"""Pairs of neighbouring Chinese characters: the best single choice for Chinese statutes, better still with `single`."""

TEXT = "text"
"""All of a document's own text in one field, by which it is found and ranked: one field is asked many times faster than
several together. Passages are cut from `body` as it was sent, so nothing else of it is indexed."""

INNER = "inner"
"""The text of a thing's parts: it is found by it; how well it answers, the parts say."""

SIMILARITY = {"default": {"type": "BM25", "k1": 1.6, "b": 0.75}}
"""Said twice, a word counts a little more than by default (1.2): regulations repeat what they are about. Measured."""


def _text(**more: Any) -> Text:
    """Running text: characters with their places, for phrases, and pairs, for words."""
    pairs = Text(analyzer=paired, index_options="freqs")
    return Text(analyzer=single, index_options="positions", fields={"paired": pairs}, **more)


def mapping() -> Mapping:
    """The fields of a document."""
    built = Mapping()
    for name in (TEXT, INNER):
        built.field(name, _text())
    built.field("title", _text(copy_to=TEXT))
    for name in ("extra", "context"):
        built.field(name, Text(analyzer=paired, index_options="freqs", copy_to=TEXT))
    built.field("body", Keyword(index=False, doc_values=False, copy_to=TEXT))
    for name in ("id", "object_id", "kind", "numbers", "audience"):
        built.field(name, Keyword())
    for name in ("name", "label", "url", "content_hash"):
        built.field(name, Keyword(index=False, doc_values=False))
    built.field("whole", Boolean())
    built.field("date", Date(format="strict_date"))
    built.field("facets", Object(dynamic=True))
    built.field("shown", Object(enabled=False))
    built.meta("dynamic", "strict")
    # Nobody reads it, and it may be as long as a law: answers would be read from disk with it.
    built.meta("_source", {"excludes": [INNER]})
    built.meta(
        "dynamic_templates",
        [{"facets": {"path_match": "facets.*", "mapping": {"type": "keyword", "ignore_above": 1024}}}],
    )
    return built


def index_body() -> dict[str, Any]:
    """What every index needs: settings and mappings, with the digest of the definition among its metadata."""
    fields = mapping()
    mappings = fields.to_dict()
    settings = {
        "max_result_window": MAX_WINDOW,
        "similarity": SIMILARITY,
        "analysis": fields._collect_analysis(),
    }
    mappings["_meta"] = {"definition": digest()}
    return {"settings": settings, "mappings": mappings}


@cache
def digest() -> str:
    """SHA-256 of analysis, mapping and weighing; how many shards there are does not matter."""
    fields = mapping()
    text = json.dumps([fields.to_dict(), fields._collect_analysis(), SIMILARITY], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
