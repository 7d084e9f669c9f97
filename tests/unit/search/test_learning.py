"""What of a question is kept."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.learning.rules import LONGEST, MASK, is_robot, key_of, masked, pseudonym

DAY = datetime.date(2026, 3, 2)


@pytest.mark.parametrize(
    "typed",
    [
        "13800138000",
        "138 0013 8000",
        "138-0013-8000",
        "１３８００１３８０００",
        "110101199003070038",
        "11010119900307003X",
        "110101 19900307 003x",
        "010-66012345",
        "zhang.san@example.gov.cn",
        "6222020200012345678",
        "6222 0202 0001 2345 678",
        "6222-0202-0001-2345-6789",
        "1101 0119 9003 0700 3X",
        "一三八零零一三八零零零",
    ],
)
def test_personal_data_are_masked_and_the_rest_stays(typed: str) -> None:
    kept = masked(f"王某 {typed} 的救助")
    assert MASK in kept
    assert "王某" in kept
    assert "的救助" in kept
    assert not any(character.isdecimal() or character in "一三八零@xX" for character in kept)


@pytest.mark.parametrize(
    "typed",
    ["民发〔2020〕14号", "2020 2021 培训", "２０２０年救助", "第十二条", "110报警", "123456", "2018 2019 2020 2021"],
)
def test_years_and_document_numbers_stay_as_typed(typed: str) -> None:
    assert masked(typed) == typed


@given(st.text(max_size=400))
def test_no_text_keeps_a_long_number_or_outgrows_its_place(typed: str) -> None:
    kept = masked(f"{typed}12345678{typed}")
    assert "12345678" not in kept
    assert len(kept) <= LONGEST
    assert len(key_of(typed)) <= LONGEST


def test_questions_that_differ_in_width_case_and_blanks_are_counted_together() -> None:
    assert key_of("ＡＢＣ　 救助") == key_of(" abc 救助 ") == "abc 救助"


def test_questions_that_differ_in_a_masked_number_are_counted_together() -> None:
    assert key_of("查 13800138000") == key_of("查 13900139000")


def test_an_asker_has_one_name_a_day_another_one_tomorrow_and_another_for_another_key() -> None:
    name = pseudonym(who="user:7", day=DAY, secret="a")
    assert name == pseudonym(who="user:7", day=DAY, secret="a")
    others = {
        pseudonym(who="user:7", day=DAY + datetime.timedelta(days=1), secret="a"),
        pseudonym(who="user:8", day=DAY, secret="a"),
        pseudonym(who="user:7", day=DAY, secret="b"),
    }
    assert len(others) == 3
    assert name not in others


def test_programs_that_say_so_are_no_people() -> None:
    assert is_robot("Mozilla/5.0 (compatible; Baiduspider/2.0)")
    assert is_robot("Googlebot/2.1")
    assert is_robot("curl/8.1")
    assert not is_robot("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36")
    assert not is_robot("")
