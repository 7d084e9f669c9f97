"""The local node analyses texts as an official Elasticsearch does."""

from collections.abc import Iterator
from typing import Any

import pytest
from elasticsearch import BadRequestError, Elasticsearch

from tests.search.node.analysis_cases import CASES, Case, index_settings


@pytest.fixture(scope="module")
def index(elasticsearch_client: Elasticsearch) -> Iterator[str]:
    """An index whose settings use every analysis component."""
    name = "test-analysis"
    elasticsearch_client.indices.create(
        index=name,
        settings=index_settings(),
        mappings={"properties": {"code": {"type": "keyword", "normalizer": "folded"}}},
    )
    yield name
    elasticsearch_client.indices.delete(index=name)


def tokens(client: Elasticsearch, **request: Any) -> list[str]:
    return [token["token"] for token in client.indices.analyze(**request)["tokens"]]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_analyzer_gives_the_tokens_of_the_reference(
    elasticsearch_client: Elasticsearch, index: str, case: Case
) -> None:
    assert tokens(elasticsearch_client, index=index, analyzer=case.name, text=case.text) == case.tokens


@pytest.mark.parametrize(
    ("analyzer", "expected"),
    [
        ("cjk", ["abc", "救助", "助管", "管理", "fox"]),
        ("cjk without stop words", ["the", "abc", "救助", "助管", "管理", "fox"]),
        ("stop", ["ａｂc", "救助管理", "fox"]),
        ("stop of one's own", ["the", "ａｂc", "救助管理"]),
        ("whitespace", ["The", "ＡＢc", "救助管理", "fox"]),
        ("simple", ["the", "ａｂc", "救助管理", "fox"]),
        ("keyword", ["The ＡＢc 救助管理 fox"]),
        ("standard", ["the", "ａｂc", "救", "助", "管", "理", "fox"]),
    ],
)
def test_a_ready_made_analyzer_is_there_by_name(
    elasticsearch_client: Elasticsearch, index: str, analyzer: str, expected: list[str]
) -> None:
    assert tokens(elasticsearch_client, index=index, analyzer=analyzer, text="The ＡＢc 救助管理 fox") == expected


def test_components_can_be_tried_without_an_index(elasticsearch_client: Elasticsearch) -> None:
    found = tokens(
        elasticsearch_client,
        tokenizer="standard",
        filter=["cjk_width", "lowercase", "cjk_bigram"],
        text="ＡＢ救助",
    )
    assert found == ["ab", "救助"]


@pytest.mark.parametrize("typed", ["abc-1é", "ＡＢＣ-１E", " Abc-١É "])
def test_a_normalizer_makes_spellings_of_a_code_equal(
    elasticsearch_client: Elasticsearch, index: str, typed: str
) -> None:
    elasticsearch_client.index(index=index, id="code", document={"code": "ABC-1é"}, refresh=True)
    assert elasticsearch_client.count(index=index, query={"term": {"code": typed}})["count"] == 1


def test_a_text_with_single_characters_still_answers_phrases(
    elasticsearch_client: Elasticsearch, index_name: str
) -> None:
    bigrams = {"type": "cjk_bigram", "output_unigrams": True}
    elasticsearch_client.indices.create(
        index=index_name,
        settings={
            "number_of_replicas": 0,
            "analysis": {
                "filter": {"bigrams": bigrams},
                "analyzer": {"chinese": {"type": "custom", "tokenizer": "standard", "filter": ["bigrams"]}},
            },
        },
        mappings={"properties": {"title": {"type": "text", "analyzer": "chinese"}}},
    )
    elasticsearch_client.index(index=index_name, document={"title": "流浪乞讨人员救助管理办法"}, refresh=True)

    def hits(phrase: str) -> int:
        query = {"match_phrase": {"title": phrase}}
        return int(elasticsearch_client.count(index=index_name, query=query)["count"])

    assert [hits(phrase) for phrase in ("救助管理", "救", "管理救助")] == [1, 1, 0]


@pytest.mark.parametrize("written", ["市卫健委", "市卫生健康委员会"])
@pytest.mark.parametrize("sought", ["卫健委", "卫生健康委员会"])
def test_synonyms_at_search_time_find_either_name_as_a_phrase(
    elasticsearch_client: Elasticsearch, index_name: str, written: str, sought: str
) -> None:
    names = {"type": "synonym_graph", "updateable": True, "synonyms": ["卫健委, 卫生健康委员会"]}
    elasticsearch_client.indices.create(
        index=index_name,
        settings={
            "number_of_replicas": 0,
            "analysis": {
                "filter": {"unit_names": names},
                "analyzer": {
                    "stored": {"type": "custom", "tokenizer": "standard", "filter": ["cjk_bigram"]},
                    "sought": {
                        "type": "custom",
                        "tokenizer": "standard",
                        "filter": ["cjk_bigram", "unit_names"],
                    },
                },
            },
        },
        mappings={"properties": {"text": {"type": "text", "analyzer": "stored", "search_analyzer": "sought"}}},
    )
    elasticsearch_client.index(index=index_name, document={"text": f"由{written}牵头"}, refresh=True)
    found = elasticsearch_client.count(index=index_name, query={"match_phrase": {"text": sought}})
    assert found["count"] == 1


@pytest.mark.parametrize(
    ("definition", "complaint"),
    [
        ({"type": "ngram", "min_gram": 1, "max_gram": 3}, "max_ngram_diff"),
        ({"type": "edge_ngram", "side": "middle"}, "invalid side"),
        ({"type": "lowercase", "language": "klingon"}, "klingon"),
        ({"type": "pattern_replace"}, "pattern is missing"),
        ({"type": "truncate"}, "length is missing"),
        ({"type": "synonym_graph"}, "synonym requires"),
        ({"type": "word_delimiter_graph", "type_table": ["ab => DIGIT"]}, "type_table"),
        ({"type": "no_such_filter"}, "no_such_filter"),
    ],
)
def test_a_wrong_definition_is_refused_with_its_reason(
    elasticsearch_client: Elasticsearch, definition: dict[str, Any], complaint: str
) -> None:
    with pytest.raises(BadRequestError, match=complaint):
        elasticsearch_client.indices.analyze(tokenizer="standard", filter=[definition], text="救助")


@pytest.mark.parametrize("splitting", ["edge_ngram", "ngram", {"type": "cjk_bigram", "output_unigrams": True}])
def test_synonyms_after_a_filter_that_tears_words_apart_are_refused(
    elasticsearch_client: Elasticsearch, splitting: str | dict[str, Any]
) -> None:
    synonyms = {"type": "synonym_graph", "synonyms": ["卫健委, 卫生健康委员会"]}
    with pytest.raises(BadRequestError, match="cannot be used to parse synonyms"):
        elasticsearch_client.indices.analyze(tokenizer="standard", filter=[splitting, synonyms], text="卫健委")
