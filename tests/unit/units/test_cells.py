"""From the text of a cell to a value."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.units.enums import Role
from portal.units.importing.cells import read_date, read_word, split_names
from portal.units.importing.columns import KIND_WORDS, ROLE_WORDS


@settings(deadline=None)
@given(st.dates(min_value=datetime.date(1949, 10, 1), max_value=datetime.date(2999, 12, 31)))
def test_a_date_is_read_in_every_way_it_is_written(day: datetime.date) -> None:
    ways = [f"{day}", f"{day:%Y/%m/%d}", f"{day:%Y.%m.%d}", f"{day:%Y%m%d}", f"{day.year}年{day.month}月{day.day}日"]
    assert {read_date(way) for way in ways} == {day}


@pytest.mark.parametrize("text", ["明天", "2026-02-30", "2026", "24-11-2026", "2026-11"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        read_date(text)


def test_an_empty_date_is_open() -> None:
    assert read_date("  ") is None


def test_names_are_separated_in_every_usual_way_and_kept_once() -> None:
    assert split_names("甲局、乙局，丙局;丁局\n甲局、") == ["甲局", "乙局", "丙局", "丁局"]


def test_a_role_is_read_in_both_languages_and_any_width() -> None:
    assert read_word("填报员", ROLE_WORDS) == read_word("Ｒｅｐｏｒｔｅｒ", ROLE_WORDS) == Role.REPORTER
    assert read_word("国王", ROLE_WORDS) is None


def test_every_word_of_the_vocabularies_can_be_reached() -> None:
    assert all(read_word(word, KIND_WORDS) == kind for word, kind in KIND_WORDS.items())
    assert all(read_word(word, ROLE_WORDS) == role for word, role in ROLE_WORDS.items())
    assert set(ROLE_WORDS.values()) == set(Role)
