"""Whatever the text: the rules never fail, never invent words, and stay fast."""

from __future__ import annotations

import io
import json
import random
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.programmes.plan_import import (
    PlanFileError,
    PlanProposal,
    days_to,
    first_reporting_date,
    propose,
    read_document,
    shift_proposal,
)
from portal.programmes.plan_import.document import Span
from portal.programmes.plan_import.folding import fold, view
from portal.programmes.plan_import.proposal import Proposed
from tests.unit.programmes.plan_import.reading import PLANS, document_of, plan

WORDS = [
    "一、", "（一）", "1.", "①", "一是", "第五条", "2.1.3 ", "重点任务", "工作要求", "实施步骤", "附件",
    "（责任单位：", "牵头单位：", "完成时限：", "市民政局", "市公安局、财政局", "各县（市、区）人民政府", "由",
    "牵头，", "配合。", "负责", "同上", "2021年6月25日前", "9月底前", "二季度末", "即日起至", "2022—2024年",
    "每月", "每两月一次", "长期坚持", "印发之日起30日内", "报送市民政局", "阶段（2021年4月）",
    "（安办〔2020〕14号）", "）", "。", "；", "，", "\n", "\n\n", "　　", "\t", "|", "注：",
    "——", "●", "★", "任务一：", "第一步：", "各市、县人民政府", "6.30前", "责任单位 ", "市住房和城\n乡建设局", "⑴",
    "以上各项任务均由", "未注明时限的，均为", "第一个单位为牵头单位", "99", "13月45日前", "２０２１年",
]  # fmt: skip
printable = st.characters(exclude_categories=("Cs", "Cc"))
plan_like = st.lists(st.sampled_from(WORDS) | st.text(printable, max_size=6), max_size=60).map("".join)
any_text = st.text(printable, max_size=400)


def items_of(proposal: PlanProposal) -> Iterator[Proposed]:
    """Yield everything a proposal proposes."""
    if proposal.title:
        yield proposal.title
    yield from (*proposal.phases, *proposal.actions, *proposal.reporting, *proposal.citations)
    for task in proposal.tasks:
        yield from (task, *task.units, *task.deadlines)


def assert_sound(text: str, proposal: PlanProposal) -> None:
    for item in items_of(proposal):
        assert text[item.span.start : item.span.end] == item.words
        assert 0 <= item.span.start <= item.span.end <= len(text)
        assert 0 < item.confidence <= 1
        assert item.rule
    for task in proposal.tasks:
        assert task.span.start <= task.title_span.start <= task.title_span.end <= len(text)


@settings(max_examples=150, deadline=None)
@given(text=plan_like | any_text)
def test_any_text_gives_a_sound_proposal(text: str) -> None:
    document = document_of("序" + text)
    assert_sound(document.text, propose(document))


@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_politely(data: bytes) -> None:
    try:
        document = read_document(io.BytesIO(data), "x")
    except PlanFileError as error:
        refusal = str(error)
    else:
        refusal = "read"
        assert_sound(document.text, propose(document))
    assert refusal


@pytest.mark.parametrize("path", sorted(PLANS.glob("*.txt")), ids=lambda path: path.stem)
def test_every_item_of_a_plan_points_at_its_words(path: Path) -> None:
    document = read_document(path)
    assert_sound(document.text, propose(document))


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=80))
def test_folding_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text)
    seen = view(text, Span(0, len(text)))
    assert len(seen.plain) == len(seen.key) == len(seen.offsets) - 1
    for index, char in enumerate(seen.plain):
        assert text[seen.offsets[index]] == char


@settings(max_examples=60, deadline=None)
@given(days=st.integers(-5000, 5000))
def test_shifting_there_and_back_changes_nothing(days: int) -> None:
    proposal = plan("shelter.txt")
    assert shift_proposal(shift_proposal(proposal, days), -days) == proposal


def test_shifting_puts_the_first_report_on_the_chosen_day_and_keeps_the_words() -> None:
    proposal = plan("shelter.txt")
    moved = shift_proposal(proposal, days_to(proposal, date(2030, 5, 1)))
    assert first_reporting_date(moved) == date(2030, 5, 1)
    assert [duty.words for duty in moved.reporting] == [duty.words for duty in proposal.reporting]
    assert date.fromisoformat(moved.tasks[0].deadlines[0].date or "") - date(2030, 5, 1) == date(2021, 6, 25) - date(
        2021, 5, 28
    )


@pytest.mark.parametrize("path", sorted(PLANS.glob("*.txt")), ids=lambda path: path.stem)
def test_a_proposal_survives_storage_as_json(path: Path) -> None:
    proposal = propose(read_document(path))
    stored = json.loads(json.dumps(proposal.to_dict()))
    assert PlanProposal.from_dict(stored) == proposal


def hostile_texts(size: int) -> Iterator[str]:
    """Yield texts that invite a pattern to go back and forth."""
    for seed in (
        "（",
        "（责任单位：",
        "市",
        "市民政局、",
        "每月",
        "6月1日、",
        "《",
        "报",
        "由市民政局",
        "1.\n",
        "a\tb\tc\n",
        "，",
        "2020年",
        "第一个",
        "市局 ",
        "各市、县、",
        "——市民政局、\n",
        "●市民政局\n",
        "责任单位\n市民政局\n",
        "6.30、",
        "甲〔2020〕5号、6号、",
        "（动员（3月）、",
        "清理。（责任单位：市民政局）\n",
    ):
        yield seed * (size // len(seed))
    pick = random.Random(7)
    yield "".join(
        pick.choice("一二（）()、，。；：2020年月日前底责任单位市民政局牵头配合每\n①②是由报送至") for _ in range(size)
    )


def test_time_grows_with_the_text_and_not_faster() -> None:
    def seconds(text: str) -> float:
        start = time.perf_counter()
        propose(document_of(text))
        return time.perf_counter() - start

    for small, large in zip(hostile_texts(4_000), hostile_texts(32_000), strict=True):
        assert seconds(large) < 40 * max(seconds(small), 0.02), large[:12]
