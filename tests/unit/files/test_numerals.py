"""Chinese numbers are read as they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.files.numerals import chinese, number_of

NUMBERS = [
    (1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (99, "九十九"), (100, "一百"),
    (101, "一百零一"), (110, "一百一十"), (111, "一百一十一"), (120, "一百二十"), (1000, "一千"), (1001, "一千零一"),
    (1010, "一千零一十"), (1100, "一千一百"), (2020, "二千零二十"),
]  # fmt: skip


@pytest.mark.parametrize(("number", "said"), NUMBERS)
def test_numbers_are_said_as_in_documents(number: int, said: str) -> None:
    assert chinese(number) == said


@given(st.integers(1, 9999))
def test_what_is_written_is_read_back(number: int) -> None:
    assert number_of(chinese(number)) == number


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("十", 10),
        ("十二", 12),
        ("一十二", 12),
        ("一百零三", 103),
        ("一百〇三", 103),
        ("一千二百六十", 1260),
        ("二〇二〇", 2020),
    ],
)
def test_the_forms_that_documents_use(written: str, number: int) -> None:
    assert number_of(written) == number


@pytest.mark.parametrize("written", ["", "第一", "几", "一点五", "12"])
def test_anything_else_is_no_number(written: str) -> None:
    assert number_of(written) is None


def test_what_chinese_does_not_count_so_high_is_written_in_arabic_digits() -> None:
    assert [chinese(number) for number in (0, 10_000)] == ["0", "10000"]
