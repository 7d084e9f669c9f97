"""Dates that explain themselves."""

import datetime

import pytest
from django.utils import translation

from portal.calendars.enums import LengthUnit
from portal.calendars.published import published_days, published_years
from portal.calendars.rules import Limit, WorkCalendar
from portal.calendars.wording import in_words

KNOWN = WorkCalendar(published_days(), published_years())


@pytest.mark.parametrize(
    ("start", "limit", "language", "said"),
    [
        (
            "2020-09-28",
            Limit(5, LengthUnit.WORKING_DAYS),
            "zh-hans",
            "2020-09-28 后第 5 个工作日 = 2020-10-12：10月1日至10月8日放假（国庆节），10月10日（星期六）上班",
        ),
        (
            "2020-09-28",
            Limit(5, LengthUnit.WORKING_DAYS),
            "en",
            "5 working days after 2020-09-28 = 2020-10-12: October 1 to October 8 are off (国庆节), "
            "Saturday October 10 is worked",
        ),
        ("2020-10-12", Limit(-3), "zh-hans", "2020-10-12 前 3 天 = 2020-10-09"),
        (
            "2020-10-01",
            Limit(0, LengthUnit.WORKING_DAYS),
            "zh-hans",
            "2020-10-01 起第一个工作日 = 2020-10-09：10月1日至10月8日放假（国庆节）",
        ),
        (
            "2026-12-31",
            Limit(2, LengthUnit.WORKING_DAYS),
            "zh-hans",
            "2026-12-31 后第 2 个工作日 = 2027-01-04（估算：2027 年放假安排尚未录入）",
        ),
    ],
)
def test_a_date_says_how_it_came_about(start: str, limit: Limit, language: str, said: str) -> None:
    with translation.override(language):
        assert in_words(KNOWN.reckon(datetime.date.fromisoformat(start), limit)) == said
