"""What each analysis component makes of a text: Chinese cases of the portal, and examples of the official reference."""

from dataclasses import dataclass, field
from typing import Any

Component = str | dict[str, Any]


@dataclass(frozen=True)
class Case:
    """One analyzer built of components, by name or by definition, and the tokens it must give."""

    name: str
    text: str
    tokens: list[str]
    tokenizer: Component = "standard"
    filters: list[Component] = field(default_factory=list)
    char_filters: list[Component] = field(default_factory=list)


CHINESE = [
    Case(
        "bigrams find 救助管理 inside a long title",
        "流浪乞讨人员救助管理办法",
        ["流浪", "浪乞", "乞讨", "讨人", "人员", "员救", "救助", "助管", "管理", "理办", "办法"],
        filters=["cjk_bigram"],
    ),
    Case(
        "bigrams with single characters beside them",
        "救助管理",
        ["救", "救助", "助", "助管", "管", "管理", "理"],
        filters=[{"type": "cjk_bigram", "output_unigrams": True}],
    ),
    Case(
        "a script left out of the bigrams",
        "救助カナ",
        ["救", "助", "カナ"],
        filters=[{"type": "cjk_bigram", "ignored_scripts": ["han"]}],
    ),
    Case("full width letters and digits", "ＡＢＣ１２３", ["ABC123"], filters=["cjk_width"]),
    Case("digits of other scripts", "１２３", ["123"], filters=["decimal_digit"]),
    Case(
        "a unit's short name stands for its full name",
        "卫健委",
        ["卫生健康委员会", "卫健委"],
        tokenizer="keyword",
        filters=[{"type": "synonym_graph", "synonyms": ["卫健委, 卫生健康委员会"]}],
    ),
    Case(
        "a rule written for one direction",
        "市局",
        ["公安局"],
        tokenizer="keyword",
        filters=[{"type": "synonym", "synonyms": ["市局 => 公安局"]}],
    ),
    Case(
        "a rule that is not expanded",
        "民警",
        ["警察"],
        tokenizer="keyword",
        filters=[{"type": "synonym", "expand": False, "synonyms": ["警察, 民警"]}],
    ),
    Case(
        "a lenient filter leaves out a rule it cannot read",
        "民警",
        ["民警", "警察"],
        tokenizer="whitespace",
        filters=[
            {"type": "stop", "stopwords": ["的"]},
            {"type": "synonym", "lenient": True, "synonyms": ["的, 之", "民警, 警察"]},
        ],
    ),
    Case(
        "synonyms after bigrams keep the phrase",
        "卫健委",
        ["卫生", "卫健", "生健", "健康", "康委", "委员", "员会", "健委"],
        filters=["cjk_bigram", {"type": "synonym_graph", "synonyms": ["卫健委, 卫生健康委员会"]}],
    ),
    Case(
        "brackets of a document number become one kind",
        "民发[2020]14号",
        ["民发〔2020〕14号"],
        tokenizer="keyword",
        char_filters=[{"type": "mapping", "mappings": ["[ => 〔", "] => 〕"]}],
    ),
    Case(
        "an ideographic space written as an escape is taken away",
        "民\u3000政",
        ["民政"],
        tokenizer="keyword",
        char_filters=[{"type": "mapping", "mappings": ["\\u3000 =>"]}],
    ),
    Case(
        "stop words of one's own",
        "民政 的 通知",
        ["民政", "通知"],
        "whitespace",
        [{"type": "stop", "stopwords": ["的"]}],
    ),
    Case(
        "what is typed so far",
        "救助管理",
        ["救", "救助", "救助管"],
        tokenizer="keyword",
        filters=[{"type": "edge_ngram", "min_gram": 1, "max_gram": 3}],
    ),
    Case(
        "the number inside a document number",
        "琼民通〔2020〕28号",
        ["琼民通", "2020", "28", "号"],
        tokenizer={"type": "pattern", "pattern": r"[〔〕]|(?<=\d)(?=号)"},
    ),
    Case(
        "a unit and every unit above it",
        "市/区/街道",
        ["市", "市/区", "市/区/街道"],
        tokenizer="path_hierarchy",
    ),
]

OFFICIAL = [
    Case("lowercase", "THE Quick FoX JUMPs", ["the", "quick", "fox", "jumps"], filters=["lowercase"]),
    Case("lowercase greek", "ΟΔΟΣ", ["οδοσ"], filters=[{"type": "lowercase", "language": "greek"}]),
    Case("uppercase", "the Quick", ["THE", "QUICK"], filters=["uppercase"]),
    Case("cjk_width", "ｼｰｻｲﾄﾞﾗｲﾅｰ", ["シーサイドライナー"], filters=["cjk_width"]),
    Case(
        "cjk_bigram",
        "東京都は、日本の首都であり",
        ["東京", "京都", "都は", "日本", "本の", "の首", "首都", "都で", "であ", "あり"],
        filters=["cjk_bigram"],
    ),
    Case("asciifolding", "açaí à la carte", ["acai", "a", "la", "carte"], filters=["asciifolding"]),
    Case(
        "asciifolding preserve_original",
        "açaí",
        ["acai", "açaí"],
        filters=[{"type": "asciifolding", "preserve_original": True}],
    ),
    Case("trim", " fox ", ["fox"], tokenizer="keyword", filters=["trim"]),
    Case(
        "length",
        "the quick brown fox jumps over the lazy dog",
        ["the", "fox", "over", "the", "lazy", "dog"],
        filters=[{"type": "length", "min": 0, "max": 4}],
    ),
    Case("limit", "quick fox jumps", ["quick"], filters=["limit"]),
    Case(
        "limit max_token_count",
        "quick fox jumps",
        ["quick", "fox"],
        filters=[{"type": "limit", "max_token_count": 2}],
    ),
    Case("truncate", "the quinquennial", ["the", "quinq"], filters=[{"type": "truncate", "length": 5}]),
    Case(
        "unique",
        "the quick fox jumps the lazy fox",
        ["the", "quick", "fox", "jumps", "lazy"],
        filters=["unique"],
    ),
    Case(
        "unique only_on_same_position",
        "fox the fox",
        ["fox", "the", "fox"],
        filters=["both_spellings", "lowercase", {"type": "unique", "only_on_same_position": True}],
    ),
    Case(
        "remove_duplicates",
        "fox the fox",
        ["fox", "the", "fox"],
        filters=["both_spellings", "lowercase", "remove_duplicates"],
    ),
    Case("reverse", "quick fox jumps", ["kciuq", "xof", "spmuj"], filters=["reverse"]),
    Case(
        "pattern_replace",
        "foxes jump lazy dogs",
        ["foxes", "jump", "lazy", "watchdogs"],
        filters=[{"type": "pattern_replace", "pattern": "(dog)", "replacement": "watch$1"}],
    ),
    Case(
        "pattern_replace first only",
        "aaa",
        ["baa"],
        filters=[
            {
                "type": "pattern_replace",
                "pattern": "A",
                "flags": "CASE_INSENSITIVE",
                "replacement": "b",
                "all": False,
            }
        ],
    ),
    Case("edge_ngram by name", "the quick", ["t", "q"], filters=["edge_ngram"]),
    Case("edge_ngram", "the quick fox", ["t", "th", "q", "qu", "f", "fo"], filters=[{"type": "edge_ngram"}]),
    Case("edge_ngram back", "quick", ["k", "ck"], filters=[{"type": "edge_ngram", "side": "back"}]),
    Case(
        "edge_ngram preserve_original",
        "quick",
        ["q", "qu", "quick"],
        filters=[{"type": "edge_ngram", "preserve_original": True}],
    ),
    Case("ngram", "Quick", ["Q", "Qu", "u", "ui", "i", "ic", "c", "ck", "k"], filters=["ngram"]),
    Case(
        "ngram in a wider range",
        "abc",
        ["a", "ab", "abc", "b", "bc", "c"],
        filters=[{"type": "ngram", "max_gram": 3}],
    ),
    Case(
        "shingle",
        "quick brown fox",
        ["quick", "quick brown", "brown", "brown fox", "fox"],
        filters=["shingle"],
    ),
    Case(
        "stop filter",
        "a quick fox jumps over the dog",
        ["quick", "fox", "jumps", "over", "dog"],
        filters=["stop"],
    ),
    Case(
        "word_delimiter_graph",
        "Neil's-Super-Duper-XL500--42+AutoCoder",
        ["Neil", "Super", "Duper", "XL", "500", "42", "Auto", "Coder"],
        tokenizer="keyword",
        filters=["word_delimiter_graph"],
    ),
    Case(
        "word_delimiter_graph with parameters",
        "GB/T-28223 100% AutoCoder",
        ["GBT28223", "GB", "T", "28223", "100%", "AutoCoder"],
        tokenizer="whitespace",
        filters=[
            {
                "type": "word_delimiter_graph",
                "catenate_all": True,
                "type_table": ["% => DIGIT"],
                "protected_words": ["AutoCoder"],
            }
        ],
    ),
    Case(
        "flatten_graph",
        "dns is",
        ["domain", "dns", "name", "system", "is"],
        filters=[{"type": "synonym_graph", "synonyms": ["dns, domain name system"]}, "flatten_graph"],
    ),
    Case(
        "synonym in WordNet's notation",
        "baby",
        ["baby", "child"],
        filters=[
            {
                "type": "synonym",
                "format": "wordnet",
                "synonyms": ["s(109827683,1,'baby',n,1,0).", "s(109827683,2,'child',n,1,0)."],
            }
        ],
    ),
    Case("mapping", "My license plate is ٢٥٠", ["My license plate is 250"], "keyword", [], ["arabic_digits"]),
    Case(
        "html_strip",
        "<p>I&apos;m so <b>happy</b>!</p>",
        ["\nI'm so <b>happy</b>!\n"],
        tokenizer="keyword",
        char_filters=[{"type": "html_strip", "escaped_tags": ["b"]}],
    ),
    Case("html_strip by name", "<b>救助</b>", ["救", "助"], char_filters=["html_strip"]),
    Case(
        "pattern_replace of characters",
        "My credit card is 123-456-789",
        ["My", "credit", "card", "is", "123_456_789"],
        char_filters=[{"type": "pattern_replace", "pattern": r"(\d+)-(?=\d)", "replacement": "$1_"}],
    ),
    Case("ngram tokenizer", "fox", ["f", "fo", "o", "ox", "x"], tokenizer="ngram"),
    Case(
        "ngram tokenizer of letters and digits",
        "2 Quick Foxes.",
        ["Qui", "uic", "ick", "Fox", "oxe", "xes"],
        tokenizer={"type": "ngram", "min_gram": 3, "max_gram": 3, "token_chars": ["letter", "digit"]},
    ),
    Case("edge_ngram tokenizer", "Quick Fox", ["Q", "Qu"], tokenizer="edge_ngram"),
    Case(
        "edge_ngram tokenizer of characters of one's own",
        "+a-b c",
        ["+a", "+a-"],
        tokenizer={
            "type": "edge_ngram",
            "min_gram": 2,
            "max_gram": 3,
            "token_chars": ["letter", "custom"],
            "custom_token_chars": "+-",
        },
    ),
    Case("pattern tokenizer", "The foo_bar_size's default.", ["The", "foo_bar_size", "s", "default"], "pattern"),
    Case(
        "pattern tokenizer of a group",
        '"value", "value with embedded \\" quote"',
        ["value", 'value with embedded \\" quote'],
        tokenizer={"type": "pattern", "pattern": r'"((?:\\"|[^"]|\\")+)"', "group": 1},
    ),
    Case(
        "char_group tokenizer",
        "The QUICK brown-fox\tjumps。",
        ["The", "QUICK", "brown", "fox", "jumps"],
        tokenizer={"type": "char_group", "tokenize_on_chars": ["whitespace", "-", "\\t", "punctuation"]},
    ),
    Case("whitespace tokenizer", "The 2 QUICK-Foxes.", ["The", "2", "QUICK-Foxes."], tokenizer="whitespace"),
    Case(
        "whitespace tokenizer with a longest token",
        "abcde f",
        ["abc", "de", "f"],
        tokenizer={"type": "whitespace", "max_token_length": 3},
    ),
    Case("keyword tokenizer", "New York", ["New York"], tokenizer={"type": "keyword", "buffer_size": 16}),
    Case("letter tokenizer", "The 2 QUICK dog's", ["The", "QUICK", "dog", "s"], tokenizer="letter"),
    Case(
        "path_hierarchy tokenizer",
        "one-two-three-four",
        ["/three", "/three/four"],
        tokenizer={"type": "path_hierarchy", "delimiter": "-", "replacement": "/", "skip": 2},
    ),
    Case(
        "path_hierarchy tokenizer from the end",
        "one/two",
        ["one/two", "two"],
        tokenizer={"type": "path_hierarchy", "reverse": True},
    ),
]

CASES = CHINESE + OFFICIAL

SHARED: dict[str, dict[str, Any]] = {
    # Two tokens at one place, which are equal once they are in lower case.
    "filter": {"both_spellings": {"type": "synonym", "synonyms": ["fox => fox, FOX"]}},
    "char_filter": {
        "arabic_digits": {
            "type": "mapping",
            "mappings": [f"{chr(0x660 + digit)} => {digit}" for digit in range(10)],
        }
    },
    "tokenizer": {},
}


def index_settings() -> dict[str, Any]:
    """Settings of one index with an analyzer per case, and the ready-made analyzers with parameters."""
    analysis: dict[str, dict[str, Any]] = {kind: dict(definitions) for kind, definitions in SHARED.items()}

    def named(kind: str, component: Component, name: str) -> str:
        if isinstance(component, str):
            return component
        analysis[kind][name] = component
        return name

    analysis["analyzer"] = {
        case.name: {
            "type": "custom",
            "tokenizer": named("tokenizer", case.tokenizer, case.name),
            "filter": [named("filter", step, f"{case.name} {n}") for n, step in enumerate(case.filters)],
            "char_filter": [named("char_filter", step, f"{case.name} {n}") for n, step in enumerate(case.char_filters)],
        }
        for case in CASES
    }
    analysis["analyzer"]["cjk without stop words"] = {"type": "cjk", "stopwords": "_none_"}
    analysis["analyzer"]["stop of one's own"] = {"type": "stop", "stopwords": ["fox"]}
    analysis["normalizer"] = {
        "folded": {
            "type": "custom",
            "char_filter": ["arabic_digits"],
            "filter": ["lowercase", "cjk_width", "asciifolding", "trim", "decimal_digit"],
        }
    }
    return {"number_of_shards": 1, "number_of_replicas": 0, "max_ngram_diff": 2, "analysis": analysis}
