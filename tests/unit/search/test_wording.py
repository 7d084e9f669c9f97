"""Synonyms and stop phrases in a question."""

from search.tuning.rules import Promoted, Tuning, synonyms_of, wrong_stop_phrase, wrong_words
from search.understanding import understand, understand_all
from search.wording import MAX_VARIANTS, Wording
from tests.search.contract.library import day

CARE = Wording(synonyms=synonyms_of([(["托养", "站外照料"], False), (["NGO", "社会组织"], False)]))  # type: ignore[arg-type]


def _runs(text: str, wording: Wording = CARE) -> list[tuple[str, ...]]:
    return [variant.runs for variant in understand_all(text, wording)]


def test_a_question_without_a_synonym_is_as_it_was() -> None:
    assert understand_all("救助管理 民发〔2020〕14号", CARE) == (understand("救助管理 民发〔2020〕14号"),)


def test_a_term_inside_a_run_is_replaced() -> None:
    assert _runs("托养机构检查") == [("托养机构检查",), ("站外照料机构检查",)]


def test_letters_are_replaced_as_whole_words_whatever_their_case() -> None:
    assert _runs("ngo 参与") == [("ngo", "参与"), ("社会组织", "参与")]
    assert _runs("ngos 参与") == [("ngos", "参与")]


def test_one_way_is_one_way() -> None:
    one_way = Wording(synonyms=synonyms_of([(["站外照料", "托养"], True)]))  # type: ignore[arg-type]
    assert _runs("站外照料", one_way) == [("站外照料",), ("托养",)]
    assert _runs("托养", one_way) == [("托养",)]


def test_there_are_never_more_than_eight_variants_and_the_plainest_come_first() -> None:
    many = Wording(synonyms={f"词{letter}": tuple(f"甲乙{n}" for n in range(5)) for letter in "子丑寅卯"})
    found = _runs("词子词丑词寅词卯", many)
    assert len(found) == MAX_VARIANTS
    assert found[0] == ("词子词丑词寅词卯",)


def test_quotes_numbers_alternatives_and_what_is_left_out_stay_as_typed() -> None:
    for text in ('"托养"', "托养 OR 寄养", "救助 -托养"):
        assert len(understand_all(text, CARE)) == 1


def test_stop_phrases_go_where_something_remains() -> None:
    wording = Wording(stop_phrases=("请问", "怎么办"))
    assert _runs("请问没钱回家怎么办", wording) == [("没钱回家",)]
    assert _runs("请问怎么办", wording) == [("请问怎么办",)]


def test_bad_groups_are_told() -> None:
    assert wrong_words("托养", longest=60)
    assert wrong_words("托养\n站外照料\n托养", longest=60)
    assert wrong_words("托养\n照", longest=60)
    assert wrong_words("托养\n站外照料", longest=60) is None
    assert wrong_stop_phrase("，") is not None


def test_what_went_live_before_words_were_folded_so_far_counts_as_folded_now() -> None:
    tuning = Tuning.of(
        {
            "synonyms": {"託養": ["站外照料"]},
            "stop_phrases": ["請問"],
            "promotions": [{"key": "熱線", "contains": False, "things": ["policy:1"]}],
        }
    )
    assert _runs("请问托养", tuning.wording) == [("托养",), ("站外照料",)]
    assert tuning.promoted("热线", day("2026-01-01")) == ("policy:1",)


def test_promotions_hold_on_their_days_for_their_questions() -> None:
    exact = Promoted("热线", contains=False, things=("policy:1",), begins_on="2026-01-01", ends_on="2026-01-31")
    within = Promoted("热线", contains=True, things=("policy:2", "policy:1"))
    tuning = Tuning(promotions=(within, exact))
    assert tuning.promoted("热 线 电话", day("2026-01-01")) == ()
    assert tuning.promoted("热线电话", day("2026-01-01")) == ("policy:2", "policy:1")
    assert tuning.promoted(" 热线 ", day("2026-01-31")) == ("policy:1", "policy:2")
    assert tuning.promoted("热线", day("2026-02-01")) == ("policy:2", "policy:1")
