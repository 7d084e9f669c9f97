"""Flags: numbers that lie far from others, texts that are the same."""

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.builder.logic.outcome import LogicContext
from forms.builder.schema import FormSchema, RuleSchema
from forms.submissions.review.comparing import aligned
from forms.submissions.review.flags import (
    FEWEST,
    SAME_FROM,
    SHORTEST,
    Flag,
    FlagKind,
    Other,
    flags_of,
    likeness,
    normalised,
    outlier,
)
from forms.submissions.review.wording import flag_in_words
from tests.factories.builder import question, table_of

NUMBERS = st.integers(-10_000, 10_000)
MANY = st.lists(NUMBERS, min_size=FEWEST, max_size=20)
CONTEXT = LogicContext(today=datetime.date(2020, 9, 1))
LONG = (
    "区政府召开部署会，组织民政、公安、综合执法和各村（社区）开展街面巡查，"
    "对重点区域实行夜间巡查，发现流浪乞讨人员及时引导至救助管理站求助。"
)
FITS = {"<=": [{"var": "answers.people"}, {"var": "answers.beds"}]}
FORM = FormSchema(
    "进展",
    fields=(
        question("long_text", "summary", "工作情况"),
        question("integer", "people", "救助人次"),
        question("integer", "beds", "床位"),
    ),
    rules=(
        RuleSchema(
            "fit", "people", {"<=": [{"var": "answers.people"}, {"var": "answers.beds"}]}, "人多于床。", "warning"
        ),
    ),
)


@given(MANY, NUMBERS)
def test_the_order_of_the_others_does_not_matter(others: list[int], value: int) -> None:
    assert outlier(value, others) == outlier(value, others[::-1])


@given(MANY, NUMBERS, st.integers(1, 1000))
def test_what_is_far_stays_far_when_it_goes_on(others: list[int], value: int, step: int) -> None:
    far = outlier(value, others)
    if far is not None:
        further = value + step if value > far.median else value - step
        assert outlier(further, others) is not None


@given(MANY)
def test_the_median_itself_is_never_far(others: list[int]) -> None:
    assert outlier(sorted(others)[len(others) // 2], others) is None or len(set(others)) > 1


@given(st.lists(NUMBERS, max_size=FEWEST - 1), NUMBERS)
def test_few_others_say_nothing(others: list[int], value: int) -> None:
    assert outlier(value, others) is None


@given(st.lists(st.integers(95, 105), min_size=FEWEST, max_size=15))
def test_one_odd_period_hides_no_other(others: list[int]) -> None:
    assert outlier(1000, [*others, 900]) is not None


@pytest.mark.parametrize(
    ("value", "others", "is_far"),
    [
        (11, [10] * 6, False),
        (13, [10] * 6, True),
        (120, [100, 104, 98, 101, 99], True),
        (110, [100, 104, 98, 101, 99], False),
        (0.9, [0.1, 0.11, 0.1, 0.12, 0.1], True),
    ],
)
def test_examples(value: float, others: list[float], is_far: bool) -> None:
    assert (outlier(value, others) is not None) == is_far


@given(st.text(max_size=80), st.text(max_size=80))
def test_likeness_is_a_share_and_the_same_both_ways(one: str, other: str) -> None:
    mine, theirs = normalised(one), normalised(other)
    assert likeness(mine, theirs) == likeness(theirs, mine)
    assert 0 <= likeness(mine, theirs) <= 1
    assert likeness(mine, mine) == 1


@given(st.text(alphabet="一二三四五六七八九十", max_size=60))
def test_width_spaces_and_punctuation_make_no_other_text(text: str) -> None:
    assert normalised(f" {'，'.join(text)}。\n") == normalised(text)


def flags(answers: dict[str, Any], **beside: Any) -> list[tuple[FlagKind, str]]:
    return [(one.kind, one.path) for one in flags_of(FORM, answers, context=CONTEXT, **beside)]


def test_a_text_of_last_time_and_of_another_unit_is_flagged_with_its_name() -> None:
    found = flags_of(
        FORM,
        {"summary": LONG.replace("夜间", "日间")},
        context=CONTEXT,
        history=[Other("上月", {"summary": LONG})],
        peers=[Other("甲区", {"summary": "别的"}), Other("乙区", {"summary": LONG})],
    )
    assert [(one.kind, one.why["name"]) for one in found] == [
        (FlagKind.COPIED_LAST, "上月"),
        (FlagKind.COPIED_PEER, "乙区"),
    ]
    assert all(SAME_FROM <= one.why["share"] < 1 for one in found)


def test_a_short_text_may_be_the_same() -> None:
    assert len(normalised("本期无新增情况。")) < SHORTEST
    assert flags({"summary": "本期无新增情况。"}, history=[Other("上月", {"summary": "本期无新增情况。"})]) == []


def test_numbers_are_held_against_history_and_peers() -> None:
    history = [Other(f"{month}月", {"people": 10 + month % 2}) for month in range(6)]
    peers = [Other(f"{unit}区", {"people": 90 + unit}) for unit in range(6)]
    assert flags({"people": 92, "beds": 99}, history=history, peers=peers) == [(FlagKind.OWN_HISTORY, "people")]
    assert flags({"people": 11, "beds": 99}, history=history, peers=peers) == [(FlagKind.PEERS, "people")]


TABLE = FormSchema(
    "进展",
    fields=(
        table_of(
            question("text", "what", "问题"),
            question("integer", "n", "数量"),
            question("percentage", "share", "占比"),
            key="list",
            label="问题清单",
        ),
    ),
)


def rows(*numbers: int | None, share: int = 50) -> dict[str, Any]:
    return {"list": [{"what": "占道", "n": number, "share": share} for number in numbers]}


def test_the_sum_of_a_tables_column_is_held_against_history_and_peers() -> None:
    history = [Other(f"{month}月", rows(4, 5 + month % 2, None)) for month in range(6)]
    peers = [Other(f"{unit}区", rows(40, 50 + unit)) for unit in range(6)]

    def told(answers: dict[str, Any]) -> list[tuple[FlagKind, str, Any]]:
        found = flags_of(TABLE, answers, context=CONTEXT, history=history, peers=peers)
        return [(one.kind, one.path, one.why["column"]) for one in found]

    assert told(rows(30, 30, 33)) == [(FlagKind.OWN_HISTORY, "list", "数量")]
    assert told(rows(3, 3, 3)) == [(FlagKind.PEERS, "list", "数量")]
    assert told(rows(3, 3, 3, share=1)) == [(FlagKind.PEERS, "list", "数量")], "shares are not summed"
    assert told(rows(None)) == []
    assert told({}) == []
    flag = next(iter(flags_of(TABLE, rows(30, 30, 33), context=CONTEXT, history=history)))
    assert flag_in_words(Flag(**flag.to_json())).startswith("“数量”合计：93 ")


def test_an_explained_warning_is_a_flag_with_its_explanation() -> None:
    (found,) = flags_of(FORM, {"people": 3, "beds": 2, ".reasons": {"fit": "有加床"}}, context=CONTEXT)
    assert (found.kind, found.path, found.why) == (
        FlagKind.WARNING,
        "people",
        {"warning": "人多于床。", "reason": "有加床"},
    )


ROWS = st.lists(st.fixed_dictionaries({"n": st.integers(0, 3)}), max_size=8)


@given(ROWS, ROWS)
def test_every_row_stands_in_one_pair_and_in_its_order(new: list[dict[str, Any]], old: list[dict[str, Any]]) -> None:
    pairs = aligned(new, old)
    assert [newer for newer, _older in pairs if newer is not None] == list(range(len(new)))
    assert [older for _newer, older in pairs if older is not None] == list(range(len(old)))
    assert (None, None) not in pairs


@given(ROWS, st.integers(0, 8))
def test_rows_around_an_inserted_one_are_the_same_rows(rows: list[dict[str, Any]], place: int) -> None:
    new = [*rows[:place], {"n": 9}, *rows[place:]]
    same = [(newer, older) for newer, older in aligned(new, rows) if newer is not None and older is not None]
    assert len(same) == len(rows)
    assert all(new[newer] == rows[older] for newer, older in same)
