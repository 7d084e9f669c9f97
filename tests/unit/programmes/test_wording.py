"""Rules and dates in words."""

import datetime

import pytest
from django.utils import translation

from portal.programmes.plan_import.proposal import PlanProposal
from portal.programmes.wording import (
    ADDITIONS,
    BY_HAND,
    RULES,
    date_in_words,
    deadline_in_words,
    plan_paragraphs,
    rule_in_words,
)
from tests.factories.programmes import PLAN, read_out_of

DAY = datetime.date(2026, 5, 31)


@pytest.mark.parametrize(
    ("precision", "words"),
    [
        ("day", "2026年5月31日"),
        ("month", "2026年5月底"),
        ("quarter", "2026年第2季度末"),
        ("year", "2026年底"),
        ("", "2026年5月31日"),
    ],
)
def test_a_date_is_said_as_exactly_as_the_plan_does(precision: str, words: str) -> None:
    with translation.override("zh-hans"):
        assert date_in_words(DAY, precision) == words


def test_no_date_is_no_words() -> None:
    assert date_in_words(None, "day") == ""


def test_a_limit_that_repeats_or_lasts_needs_no_date() -> None:
    with translation.override("zh-hans"):
        assert deadline_in_words("recurring", None, "month") == "定期（每月）"
        assert deadline_in_words("recurring", None, "") == "定期"
        assert deadline_in_words("long-term", None, "") == "长期"
        assert deadline_in_words("due", None, "") == "未写明具体日期"


def test_every_rule_that_reads_a_plan_has_a_plain_name() -> None:
    unnamed = rule_in_words("nothing-of-the-kind")
    for item in every_rule(read_out_of(PLAN)):
        assert rule_in_words(item) != unnamed
        assert item.split("+")[0] not in rule_in_words(item)


def test_an_addition_to_a_rule_is_named_too() -> None:
    with translation.override("en"):
        assert rule_in_words("slot-责任+first-leads") == "Words after a label such as 责任单位：; the first unit leads"


def test_what_a_person_typed_says_so() -> None:
    with translation.override("zh-hans"):
        assert rule_in_words(BY_HAND) == "人工填写"


def test_no_rule_hides_behind_a_shorter_one() -> None:
    names = [beginning for beginning, _words in RULES]
    for place, name in enumerate(names):
        assert not any(name.startswith(earlier) for earlier in names[:place]), name
    assert all(isinstance(str(words), str) for words in ADDITIONS.values())


def every_rule(proposal: PlanProposal) -> set[str]:
    """The rules that proposed anything."""
    parts = [*proposal.phases, *proposal.actions, *proposal.tasks, *proposal.reporting, *proposal.citations]
    parts += [part for task in proposal.tasks for part in (*task.units, *task.deadlines)]
    return {part.rule for part in parts} | ({proposal.title.rule} if proposal.title else set())


def test_a_sentence_broken_by_the_printer_is_one_paragraph_again() -> None:
    broken = "1. 对卫生防疫、食品\n\n药品安全开展检查。\n\n（责任单位：市民政局）"
    assert plan_paragraphs(broken) == ["1. 对卫生防疫、食品药品安全开展检查。", "（责任单位：市民政局）"]
