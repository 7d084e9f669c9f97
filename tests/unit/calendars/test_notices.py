"""Reading the State Council's notices."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.calendars.enums import DayKind
from portal.calendars.notices import read_notice
from portal.calendars.published import published_days

NOTICE_2026 = """国务院办公厅关于2026年部分节假日安排的通知
经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。
"""
NOTICE_2020 = """一、元旦：2020年1月1日放假，共1天。
二、春节：1月24日至30日放假调休，共7天。1月19日（星期日）、2月1日（星期六）上班。
三、清明节：4月4日至6日放假调休，共3天。
四、劳动节：5月1日至5日放假调休，共5天。4月26日（星期日）、5月9日（星期六）上班。
五、端午节：6月25日至27日放假调休，共3天。6月28日（星期日）上班。
六、国庆节、中秋节：10月1日至8日放假调休，共8天。9月27日（星期日）、10月10日（星期六）上班。
"""


def kinds(year: int) -> dict[datetime.date, DayKind]:
    """What the library knows of a year."""
    return {day: one.kind for day, one in published_days().items() if day.year == year}


@pytest.mark.parametrize("text", [NOTICE_2026, NOTICE_2026.replace("\n", "")])
def test_the_days_of_a_notice_are_those_that_were_worked_and_free(text: str) -> None:
    read = read_notice(text, 2026)
    assert not read.problems
    assert {day: kind for day, (kind, _name) in read.days.items()} == kinds(2026)
    assert read.days[datetime.date(2026, 2, 28)] == (DayKind.WORKED, "春节")


def test_an_older_notice_without_weekdays_in_its_spans_is_read_too() -> None:
    read = read_notice(NOTICE_2020, 2020)
    assert not read.problems
    prolonged = {datetime.date(2020, 1, 31), datetime.date(2020, 2, 1), datetime.date(2020, 2, 2)}  # for the epidemic
    differing = {day for day, kind in kinds(2020).items() if read.days.get(day, (None,))[0] != kind}
    assert differing | (read.days.keys() - kinds(2020).keys()) <= prolonged


def test_a_notice_of_another_year_is_noticed_by_its_weekdays() -> None:
    assert any("2027-01-01" in problem for problem in read_notice(NOTICE_2026, 2027).problems)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("一、元旦：1月1日（周四）至3日（周六）放假调休，共4天。", "4"),
        ("一、元旦：2月30日放假，共1天。", "2月30日"),
        ("一、国庆节：10月7日至1日放假，共7天。", "10月7日至1日"),
    ],
)
def test_what_contradicts_itself_is_said(wrong: str, said: str) -> None:
    assert any(said in problem for problem in read_notice(wrong, 2026).problems)


def test_a_holiday_may_reach_over_new_year() -> None:
    read = read_notice("一、元旦：12月30日至2027年1月1日放假，共3天。", 2026)
    assert list(read.days) == [datetime.date(2026, 12, 30), datetime.date(2026, 12, 31)]


@given(st.text(max_size=400), st.integers(2004, 2100))
def test_any_text_is_read_without_failing_and_names_days_of_that_year_only(text: str, year: int) -> None:
    assert all(day.year == year for day in read_notice(text, year).days)
