"""Dates of tasks: which are deadlines, of what kind, and which year they mean."""

from __future__ import annotations

import pytest

from portal.programmes.plan_import.deadlines import find_deadlines, unique_deadlines
from portal.programmes.plan_import.document import Span
from portal.programmes.plan_import.folding import view
from portal.programmes.plan_import.years import Years
from tests.unit.programmes.plan_import.reading import whole

BEFORE = "2023年度工作计划。"


def found(text: str, *, slot: bool = False) -> list[tuple[str | None, str | None, str]]:
    """Return (date, precision, kind) of the deadlines in ``text``, read after a sentence of the year 2023."""
    document = BEFORE + text
    years = Years([whole(document)])
    part = view(document, Span(len(BEFORE), len(document)))
    return [(d.date, d.precision, d.kind) for d in find_deadlines(part, years, slot=slot)]


@pytest.mark.parametrize(
    ("text", "date", "precision"),
    [
        ("2021年6月25日前完成", "2021-06-25", "day"),
        ("2021 年 6 月 25 日前完成", "2021-06-25", "day"),
        ("２０２１年６月２５日前完成", "2021-06-25", "day"),
        ("二〇二一年六月二十五日前完成", "2021-06-25", "day"),
        ("2021.6.25前完成", "2021-06-25", "day"),
        ("2021-06-25前完成", "2021-06-25", "day"),
        ("2024年2月底前完成", "2024-02-29", "month"),
        ("9月底前完成", "2023-09-30", "month"),
        ("十二月底前完成", "2023-12-31", "month"),
        ("6月中旬完成", "2023-06-20", "day"),
        ("6月下旬前完成", "2023-06-30", "day"),
        ("2021年底前完成", "2021-12-31", "year"),
        ("2021年年底前完成", "2021-12-31", "year"),
        ("年底前完成", "2023-12-31", "year"),
        ("今年10月底前完成", "2023-10-31", "month"),
        ("明年3月底前完成", "2024-03-31", "month"),
        ("到2024年底，实现全覆盖", "2024-12-31", "year"),
        ("二季度末完成", "2023-06-30", "quarter"),
        ("2022年第三季度末前完成", "2022-09-30", "quarter"),
        ("上半年完成", "2023-06-30", "quarter"),
        ("2022年下半年完成", "2022-12-31", "quarter"),
        ("2023年4月至次年2月开展排查", "2024-02-29", "month"),
        ("4—6月开展排查", "2023-06-30", "month"),
        ("6月1—15日开展排查", "2023-06-15", "day"),
        ("6月1日至15日开展排查", "2023-06-15", "day"),
        ("即日起至9月30日开展排查", "2023-09-30", "day"),
        ("2024年9月20日17:00前报送", "2024-09-20", "day"),
        ("6月30日（含）前完成", "2023-06-30", "day"),
        ("6.30前完成", "2023-06-30", "day"),
        ("6月上旬至中旬开展排查", "2023-06-20", "day"),
        ("第三季度前完成", "2023-09-30", "quarter"),
        ("2024年1月1日前完成", "2024-01-01", "day"),
    ],
)
def test_an_end_in_running_text_is_a_deadline(text: str, date: str, precision: str) -> None:
    assert found(text) == [(date, precision, "due")]


@pytest.mark.parametrize(
    "text",
    [
        "一般问题7个工作日内整改，24小时内上报",
        "主汛期（5月1日至9月30日）加密巡查",
        "枯水期（11月至次年3月）保障流量",
        "高温天气（6月20日至9月10日）停止作业",
        "春运期间（2023年1月7日至2月15日）值守",
        "2022年起设立专门窗口",
        "自2023年7月1日起停止交易",
        "比2019年底下降5%",
        "截至2023年3月底，已建成12个",
        "对2020年3月前入站的人员逐一登记",
        "2000年底前建成的老旧小区",
        "每年安排不低于3万元",
        "每人每年补助300元",
        "每天24小时值守",
        "按照《关于做好2021年底前工作的通知》（安办〔2021〕9号）执行",
        "2023年9月召开会议",
        "30米内、100元、3个月以上",
    ],
)
def test_limits_seasons_and_descriptions_are_no_deadlines(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("每日巡查", "day"),
        ("每周至少组织1次夜间检查", "day"),
        ("每旬调度", "day"),
        ("每月至少对外开放1次", "month"),
        ("每半月通报一次", "month"),
        ("回访频率不低于每两月一次", "month"),
        ("每季度组织一次演练", "quarter"),
        ("每半年监督抽检1次", "quarter"),
        ("每年开展一次评估", "year"),
        ("每学年组织不少于两次监测", "year"),
        ("每学期全覆盖检查2次", None),
        ("按季度通报进展", "quarter"),
        ("实行一月一调度", "month"),
        ("每年10月底前完成检修", "year"),
        ("每隔一个月抽查一次", "month"),
        ("每15天检查一次", "day"),
        ("一年两次", "year"),
        ("一季度一调度", "quarter"),
        ("每周五更新", "day"),
        ("每月5日前更新", "month"),
    ],
)
def test_duties_that_come_back_are_recurring_with_their_base_period(text: str, precision: str | None) -> None:
    assert found(text) == [(None, precision, "recurring")]


@pytest.mark.parametrize("text", ["长期坚持", "持续推进", "常态化巡查", "长期", "常年坚持", "贯穿全过程"])
def test_a_time_slot_may_say_long_term_in_many_words(text: str) -> None:
    assert found(text, slot=True) == [(None, None, "long-term")]


def test_in_running_text_only_the_words_of_lasting_duty_are_long_term() -> None:
    assert found("持续推进整治，常态化巡查") == []
    assert found("此项工作长期坚持") == [(None, None, "long-term")]


@pytest.mark.parametrize("text", ["6.30", "6.30前", "2023.6.30", "2023/06/30", "2023-06-30", "2023.6.1—6.30"])
def test_a_slot_may_print_dates_in_figures(text: str) -> None:
    assert found(text, slot=True) == [("2023-06-30", "day", "due")]


def test_a_slot_counts_every_date_as_printed() -> None:
    assert found("2022年6月30日", slot=True) == [("2022-06-30", "day", "due")]
    assert found("2022—2024年", slot=True) == [("2024-12-31", "year", "due")]
    assert found("2022年4月至2023年12月", slot=True) == [("2023-12-31", "month", "due")]
    assert found("2022年7月底前，并长期坚持", slot=True) == [
        ("2022-07-31", "month", "due"),
        (None, None, "long-term"),
    ]


def test_days_after_issue_are_due_without_a_date() -> None:
    assert found("自本方案印发之日起30日内出台办法") == [(None, "day", "due")]


def test_several_dates_share_the_word_before() -> None:
    assert [item[0] for item in found("分别于6月10日、12月10日和2024年4月10日前完成")] == [
        "2023-06-10",
        "2023-12-10",
        "2024-04-10",
    ]


def test_years_of_document_numbers_and_of_other_times_are_not_borrowed() -> None:
    text = "2022年4月启动。依据（安办〔2019〕9号）和2005年建成的管网普查，9月底前完成。"
    years = Years([whole(text)])
    dates = [d.date for d in find_deadlines(whole(text), years, slot=False)]
    assert dates == ["2022-09-30"]


def test_without_any_year_a_date_is_left_out() -> None:
    assert find_deadlines(whole("9月底前完成"), Years([whole("9月底前完成")]), slot=False) == []


def test_slot_and_body_that_state_the_same_date_give_one_deadline() -> None:
    text = BEFORE + "9月底前完成。9月30日前，每月检查一次，每月通报一次，每季度评比一次。"
    items = find_deadlines(whole(text), Years([whole(text)]), slot=False)
    assert [(d.date, d.kind) for d in unique_deadlines(items)] == [
        ("2023-09-30", "due"),
        (None, "recurring"),
        (None, "recurring"),
    ]
