"""When the nightly check is due, and why something cannot be indexed, in plain words."""

import datetime

import pytest

from search.rules import check_is_due
from search.state.wording import kind_of_error, plain_reason

ZONE = datetime.timezone(datetime.timedelta(hours=8))


def _at(day: int, hour: int, minute: int = 0) -> datetime.datetime:
    return datetime.datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("now", "checked_at", "was_away", "is_due"),
    [
        (_at(20, 1), None, False, True),
        (_at(20, 4, 59), None, False, True),
        (_at(20, 0, 59), None, False, False),
        (_at(20, 5), None, False, False),
        (_at(20, 14), None, False, False),
        (_at(20, 2), _at(20, 1, 10), False, False),
        (_at(21, 1), _at(20, 1, 10), False, True),
        (_at(21, 1), _at(20, 5, 20), False, True),  # one that went on into the morning
        (_at(21, 1), _at(20, 23), False, True),  # one by hand in the evening
        (_at(20, 12), _at(10, 1), False, False),  # after days without a worker: the next small hours, not by day
        (_at(21, 3), _at(10, 1), False, True),
        (_at(20, 2), _at(20, 1, 30), True, False),
        (_at(20, 2, 30), _at(20, 1, 30), True, True),
    ],
)
def test_when_the_check_is_due(
    now: datetime.datetime, checked_at: datetime.datetime | None, was_away: bool, is_due: bool
) -> None:
    assert check_is_due(now, checked_at=checked_at, was_away=was_away) is is_due


@pytest.mark.parametrize(
    ("error", "reason", "kind"),
    [
        ("ValueError: 张三 is no number", "整理它的内容时出错，未能编入索引。", "ValueError"),
        ("FileNotFoundError: /files/a.pdf", "无法从磁盘读取它的文件。", "FileNotFoundError"),
        ("MemoryError: ", "内容太大，读取不了。", "MemoryError"),
        ("KeyError", "整理它的内容时出错，未能编入索引。", "KeyError"),
        ("failed to parse field [date] of '张三'", "检索引擎不接受它的内容。", ""),
        ("Document contains at least one immense term: 张三", "检索引擎不接受它的内容。", ""),
        ("", "检索引擎不接受它的内容。", ""),
    ],
)
def test_a_reason_is_told_without_what_it_may_quote(error: str, reason: str, kind: str) -> None:
    assert str(plain_reason(error)) == reason
    assert kind_of_error(error) == kind
