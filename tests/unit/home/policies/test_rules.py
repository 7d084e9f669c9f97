"""Document numbers, shown validity, year."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home.policies.enums import Validity
from home.policies.rules import CLOSING, OPENING, canonical_doc_number, shown_validity, year_of

DAY = datetime.date(2026, 5, 1)
dates = st.dates(datetime.date(2000, 1, 1), datetime.date(2050, 1, 1))


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("民发[2020]14号", "民发〔2020〕14号"),
        ("民发（2020）14号", "民发〔2020〕14号"),
        ("民发【2020】 14 号", "民发〔2020〕14号"),
        ("民发〔２０２０〕１４号", "民发〔2020〕14号"),
        ("民发 (2020年) 14号", "民发〔2020〕14号"),
        ("粤民规字\u3000［2019］10号\n", "粤民规字〔2019〕10号"),
        ("民政部令第24号", "民政部令第24号"),
        ("", ""),
    ],
)
def test_a_number_has_one_form_however_it_is_copied(written: str, canonical: str) -> None:
    assert canonical_doc_number(written) == canonical


def test_brackets_that_hold_no_year_are_kept() -> None:
    assert canonical_doc_number("人社部函(试行)3号") == "人社部函(试行)3号"


@given(st.text())
def test_the_canonical_form_of_a_canonical_form_is_itself(text: str) -> None:
    once = canonical_doc_number(text)
    assert canonical_doc_number(once) == once


@given(
    st.sampled_from(["民发", "国办发", "琼民通", "粤府"]),
    st.integers(1949, 2099),
    st.integers(1, 9999),
    st.sampled_from(range(len(OPENING))),
    st.lists(st.sampled_from(["", " ", "\u3000", "\u200b"]), min_size=4, max_size=4),
)
def test_brackets_width_and_spaces_never_tell_two_numbers_apart(
    prefix: str, year: int, number: int, pair: int, spaces: list[str]
) -> None:
    wide = str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    a, b, c, d = spaces
    written = f"{prefix}{a}{OPENING[pair]}{b}{year}{CLOSING[pair]}{c}{wide}{d}号"
    assert canonical_doc_number(written) == f"{prefix}〔{year}〕{number}号"


def test_the_year_is_that_of_the_date_and_else_that_of_the_number() -> None:
    assert year_of(datetime.date(2019, 12, 31), "民发〔2020〕14号") == 2019
    assert year_of(None, "民发(2020)14号") == 2020
    assert year_of(None, "民政部令第24号") is None


def test_a_document_is_not_yet_in_force_before_its_first_day_and_in_force_on_it() -> None:
    before = DAY - datetime.timedelta(days=1)
    assert shown_validity(Validity.IN_FORCE, DAY, None, before) == Validity.NOT_YET
    assert shown_validity(Validity.IN_FORCE, DAY, None, DAY) == Validity.IN_FORCE
    assert shown_validity(Validity.NOT_YET, DAY, None, DAY) == Validity.IN_FORCE


def test_a_document_has_expired_on_the_day_it_goes_out_of_force() -> None:
    before = DAY - datetime.timedelta(days=1)
    assert shown_validity(Validity.AMENDED, None, DAY, before) == Validity.AMENDED
    assert shown_validity(Validity.AMENDED, None, DAY, DAY) == Validity.EXPIRED


@given(st.sampled_from([Validity.REPEALED, Validity.EXPIRED]), st.none() | dates, st.none() | dates, dates)
def test_no_date_revives_what_was_repealed(
    stated: Validity, effective: datetime.date | None, expires: datetime.date | None, today: datetime.date
) -> None:
    assert shown_validity(stated, effective, expires, today) == stated


@given(st.sampled_from(list(Validity)), st.none() | dates, st.none() | dates, dates)
def test_nothing_that_ran_out_is_shown_as_in_force(
    stated: Validity, effective: datetime.date | None, expires: datetime.date | None, today: datetime.date
) -> None:
    shown = shown_validity(stated, effective, expires, today)
    if expires and expires <= today:
        assert shown in {Validity.EXPIRED, Validity.REPEALED}
    if shown == Validity.IN_FORCE:
        assert effective is None or effective <= today
